import { createRequire } from "node:module";
import type * as Api from "@opentelemetry/api";
import type * as Otlp from "@opentelemetry/exporter-trace-otlp-http";
import type * as Resources from "@opentelemetry/resources";
import type * as Sdk from "@opentelemetry/sdk-trace-node";
import { formatTraceparent, parseTraceparent } from "./traceparent";
import type { Span, Tracing } from "./telemetry";

export interface TracingOptions {
  service: string;
  nodeId: number;
  /** Base address of an OTLP/HTTP receiver, e.g. http://127.0.0.1:4318. */
  otlpEndpoint: string;
  /** Share of new traces that are recorded; a trace that came with a parent follows the parent. */
  sampleRatio: number;
  /** Uniform in [0, 1). */
  random?: () => number;
  /** Receives finished spans in place of the OTLP exporter, for tests. */
  exporter?: Sdk.SpanExporter;
}

export interface RunningTracing extends Tracing {
  /** Sends what waits, for at most two seconds. */
  shutdown(): Promise<void>;
}

const SHUTDOWN_MS = 2000;

/** Nothing is recorded and nothing is loaded. */
export const noTracing: RunningTracing = { start: () => undefined, shutdown: () => Promise.resolve() };

/**
 * Tracing by OpenTelemetry, exported in batches over OTLP/HTTP. The decision to sample is made before anything is
 * allocated; context travels by hand (`traceparent` in every internal call), so there is no async hook to pay for.
 * The OpenTelemetry packages are loaded here and nowhere else.
 */
export function startTracing(options: TracingOptions): RunningTracing {
  const load = createRequire(__filename);
  const api = load("@opentelemetry/api") as typeof Api;
  const sdk = load("@opentelemetry/sdk-trace-node") as typeof Sdk;
  const resources = load("@opentelemetry/resources") as typeof Resources;
  const exporter = options.exporter ?? otlpExporter(load, options.otlpEndpoint);
  const provider = new sdk.NodeTracerProvider({
    resource: resources.resourceFromAttributes({
      "service.name": options.service,
      "service.namespace": "moldau",
      "service.instance.id": String(options.nodeId),
    }),
    sampler: new sdk.AlwaysOnSampler(),
    spanProcessors: [options.exporter ? new sdk.SimpleSpanProcessor(exporter) : new sdk.BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer("moldau");
  const random = options.random ?? Math.random;

  return {
    start(name, parent, attributes) {
      const above = parseTraceparent(parent);
      if (above ? !above.sampled : random() >= options.sampleRatio) return undefined;
      const context = above
        ? api.trace.setSpanContext(api.ROOT_CONTEXT, {
            traceId: above.traceId,
            spanId: above.spanId,
            traceFlags: api.TraceFlags.SAMPLED,
            isRemote: true,
          })
        : api.ROOT_CONTEXT;
      const kind = above ? api.SpanKind.INTERNAL : api.SpanKind.SERVER;
      return spanOf(api, tracer.startSpan(name, { attributes, kind }, context));
    },
    async shutdown() {
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, SHUTDOWN_MS);
      });
      await Promise.race([provider.shutdown().catch(() => undefined), deadline]);
      clearTimeout(timer);
    },
  };
}

/**
 * A step below another: like `tracing.start`, but never the beginning of a trace. For roles behind the gateway, whose
 * callers send an empty traceparent where they record nothing.
 */
export function startBelow(
  tracing: Tracing,
  name: string,
  parent: string,
  attributes?: Record<string, string | number>,
): Span | undefined {
  return parent === "" ? undefined : tracing.start(name, parent, attributes);
}

function spanOf(api: typeof Api, span: Api.Span): Span {
  const { traceId, spanId } = span.spanContext();
  return {
    traceparent: formatTraceparent({ traceId, spanId, sampled: true }),
    setAttribute: (key, value) => void span.setAttribute(key, value),
    end(error) {
      if (error !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, message: error });
      span.end();
    },
  };
}

function otlpExporter(load: NodeJS.Require, endpoint: string): Sdk.SpanExporter {
  const { OTLPTraceExporter } = load("@opentelemetry/exporter-trace-otlp-http") as typeof Otlp;
  const base = endpoint.replace(/\/+$/, "");
  return new OTLPTraceExporter({ url: base.endsWith("/v1/traces") ? base : `${base}/v1/traces` });
}
