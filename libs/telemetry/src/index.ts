export type { Logger } from "pino";
export type { Cell, GaugeReading, Metrics, Span, Telemetry, Tracing } from "./telemetry";
