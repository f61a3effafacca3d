import type { Span as OtelSpan } from "@opentelemetry/api";
import type { Span, Tracing } from "./telemetry";

export interface TracingOptions {
  service: string;
  nodeId: number;
  otlpEndpoint: string;
  sampleRatio: number;
}

export interface OwnedTracing extends Tracing {
  /** Sends what is buffered; waits a few seconds at most. */
  shutdown(): Promise<void>;
}

const sampledFlag = 1;

/**
 * Traces exported by OTLP over HTTP. Without an endpoint nothing of OpenTelemetry is loaded and `start` returns
 * undefined at once. A span costs microseconds, so where a trace is not sampled none is made: the decision is taken once,
 * at the request's first span, and travels in the traceparent.
 */
export function startTracing(options: TracingOptions): OwnedTracing {
  if (options.otlpEndpoint === "") return { start: () => undefined, shutdown: async () => undefined };
  /* eslint-disable @typescript-eslint/no-require-imports -- loaded only where traces are wanted */
  const api = require("@opentelemetry/api") as typeof import("@opentelemetry/api");
  const { BatchSpanProcessor, NodeTracerProvider } =
    require("@opentelemetry/sdk-trace-node") as typeof import("@opentelemetry/sdk-trace-node");
  const { OTLPTraceExporter } =
    require("@opentelemetry/exporter-trace-otlp-http") as typeof import("@opentelemetry/exporter-trace-otlp-http");
  const { resourceFromAttributes } = require("@opentelemetry/resources") as typeof import("@opentelemetry/resources");
  /* eslint-enable @typescript-eslint/no-require-imports */
  const url = `${options.otlpEndpoint.replace(/\/$/, "")}/v1/traces`;
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      "service.name": options.service,
      "service.instance.id": String(options.nodeId),
    }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer("moldau");

  const start = (name: string, parent: string, attributes?: Record<string, string | number>): Span | undefined => {
    const remote = parent === "" ? undefined : parseTraceparent(parent);
    if (remote ? (remote.traceFlags & sampledFlag) === 0 : Math.random() >= options.sampleRatio) return undefined;
    const context = remote ? api.trace.setSpanContext(api.ROOT_CONTEXT, remote) : api.ROOT_CONTEXT;
    return wrap(tracer.startSpan(name, { attributes }, context), api.SpanStatusCode.ERROR);
  };
  return { start, shutdown: () => provider.shutdown().catch(() => undefined) };
}

function wrap(span: OtelSpan, errorStatus: number): Span {
  const { traceId, spanId } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-01`,
    setAttribute: (key, value) => void span.setAttribute(key, value),
    end(error) {
      if (error !== undefined) span.setStatus({ code: errorStatus, message: error });
      span.end();
    },
  };
}

/** Reads a W3C traceparent; undefined for anything else. */
export function parseTraceparent(
  text: string,
): { traceId: string; spanId: string; traceFlags: number; isRemote: true } | undefined {
  const match = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text);
  if (!match) return undefined;
  return { traceId: match[1]!, spanId: match[2]!, traceFlags: parseInt(match[3]!, 16), isRemote: true };
}
