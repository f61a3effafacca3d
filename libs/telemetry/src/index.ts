export type { Logger } from "pino";
export { createTelemetry, createTestTelemetry, type OwnedTelemetry, type TelemetryOptions } from "./create-telemetry";
export { createLogger } from "./logger";
export type { Cell, GaugeReading, Metrics, Span, Telemetry, Tracing } from "./telemetry";
export { parseTraceparent } from "./tracing";
