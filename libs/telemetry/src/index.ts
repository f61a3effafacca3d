export type { Logger } from "pino";
export { createTelemetry, createTestTelemetry, type OwnedTelemetry, type TelemetryOptions } from "./create-telemetry";
export { createLogger, type LoggingOptions } from "./logging";
export { Loggers, logLevels, ROOT_LOGGER } from "./loggers";
export { createMetrics, type MetricsOptions } from "./metrics";
export { startClientMetricsReceiver } from "./client-metrics-receiver";
export type { Cell, ClientMetricsReceiver, GaugeReading, Metrics, Span, Telemetry, Tracing } from "./telemetry";
export { formatTraceparent, parseTraceparent, type TraceContext } from "./traceparent";
export { startBelow } from "./tracing";
