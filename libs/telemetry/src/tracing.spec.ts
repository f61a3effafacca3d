import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseTraceparent, startTracing } from "./tracing";

it("makes nothing without an endpoint", () => {
  const tracing = startTracing({ service: "s", nodeId: 1, otlpEndpoint: "", sampleRatio: 1 });
  expect(tracing.start("a", "")).toBeUndefined();
});

it("exports a request and its child under one trace id", async () => {
  const bodies: string[] = [];
  const collector = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += String(data)));
    request.on("end", () => {
      bodies.push(`${request.url} ${body}`);
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const otlpEndpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const program = [
    ...["--require", "tsx/cjs", "--conditions", "@moldau/source"],
    join(__dirname, "testing/export-a-trace.ts"),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...program, otlpEndpoint]);
  collector.close();
  const [request, append] = stdout
    .trim()
    .split("\n")
    .map((line) => parseTraceparent(line)!);
  expect(append!.traceId).toBe(request!.traceId);
  const sent = bodies.join("\n");
  expect(sent).toMatch(/^\/v1\/traces /);
  for (const part of ["kafka.Produce", "broker.append", "disk is full", request!.traceId]) expect(sent).toContain(part);
});

it("follows the decision of the first span", () => {
  const options = { service: "s", nodeId: 1, otlpEndpoint: "http://127.0.0.1:9", sampleRatio: 0 };
  const tracing = startTracing(options);
  expect(tracing.start("a", "")).toBeUndefined();
  expect(tracing.start("a", `00-${"a".repeat(32)}-${"b".repeat(16)}-00`)).toBeUndefined();
  expect(tracing.start("a", `00-${"a".repeat(32)}-${"b".repeat(16)}-01`)).toBeDefined();
});
