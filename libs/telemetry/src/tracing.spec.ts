import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { InMemorySpanExporter } from "@opentelemetry/sdk-trace-node";
import { formatTraceparent, parseTraceparent, startBelow } from "./index";
import { noTracing, startTracing, type RunningTracing } from "./tracing";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";

it("reads and writes W3C's traceparent", () => {
  const header = `00-${traceId}-${spanId}-01`;
  expect(parseTraceparent(header)).toEqual({ traceId, spanId, sampled: true });
  expect(formatTraceparent(parseTraceparent(header)!)).toBe(header);
  expect(parseTraceparent(`00-${traceId}-${spanId}-00`)!.sampled).toBe(false);
  // A later version may carry more.
  expect(parseTraceparent(`01-${traceId}-${spanId}-01-more`)).toBeDefined();
  for (const bad of [
    "",
    "x",
    `ff-${traceId}-${spanId}-01`,
    `00-${"0".repeat(32)}-${spanId}-01`,
    `00-${traceId}-1-01`,
  ]) {
    expect(parseTraceparent(bad)).toBeUndefined();
  }
});

describe("tracing", () => {
  let exporter: InMemorySpanExporter;
  let tracing: RunningTracing;
  let drawn: number;
  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    const random = (): number => drawn;
    tracing = startTracing({ service: "test", nodeId: 1, otlpEndpoint: "", sampleRatio: 0.5, random, exporter });
    drawn = 0;
  });
  afterEach(() => tracing.shutdown());

  it("a request's steps are one trace", () => {
    const request = tracing.start("kafka.Produce", "", { "kafka.api_version": 9 })!;
    const append = startBelow(tracing, "broker.append", request.traceparent)!;
    append.setAttribute("bytes", 42);
    append.end();
    request.end("refused");
    const [inner, outer] = exporter.getFinishedSpans();
    expect(inner!.spanContext().traceId).toBe(outer!.spanContext().traceId);
    expect(inner!.parentSpanContext?.spanId).toBe(outer!.spanContext().spanId);
    expect(parseTraceparent(request.traceparent)!.spanId).toBe(outer!.spanContext().spanId);
    expect([inner!.name, inner!.attributes, inner!.status.code]).toEqual(["broker.append", { bytes: 42 }, 0]);
    expect([outer!.attributes, outer!.status]).toEqual([{ "kafka.api_version": 9 }, { code: 2, message: "refused" }]);
  });

  it("a new trace is recorded by the ratio, a passed one as its parent was", () => {
    drawn = 0.5;
    expect(tracing.start("kafka.Fetch", "")).toBeUndefined();
    expect(tracing.start("step", `00-${traceId}-${spanId}-00`)).toBeUndefined();
    const span = tracing.start("step", `00-${traceId}-${spanId}-01`)!;
    expect(parseTraceparent(span.traceparent)!.traceId).toBe(traceId);
    drawn = 0.49;
    expect(tracing.start("kafka.Fetch", "")).toBeDefined();
    expect(startBelow(tracing, "step", "")).toBeUndefined();
  });
});

it("spans arrive at an OTLP receiver", async () => {
  const received: string[] = [];
  const receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += String(data)));
    request.on("end", () => {
      received.push(`${request.url} ${body}`);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const program = [
    ...["--require", "tsx/cjs", "--conditions", "@moldau/source"],
    join(__dirname, "testing/export-a-trace.ts"),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...program, endpoint]);
  receiver.close();
  const [request, append] = stdout.trim().split("\n").map(parseTraceparent);
  expect(append!.traceId).toBe(request!.traceId);
  const sent = received.join("\n");
  expect(sent).toMatch(/^\/v1\/traces /);
  for (const part of ["kafka.Produce", "broker.append", "disk is full", "moldau-broker", request!.traceId]) {
    expect(sent).toContain(part);
  }
});

it("off means off", () => {
  expect(noTracing.start("kafka.Fetch", `00-${traceId}-${spanId}-01`)).toBeUndefined();
});
