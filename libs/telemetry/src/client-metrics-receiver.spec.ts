import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startClientMetricsReceiver } from "./client-metrics-receiver";
import { createMetrics } from "./metrics";
import { exportMetricsRequest } from "./otlp-metrics";

const text = (out: BinaryWriter, number: number, value: string) =>
  out.tag(number, WireType.LengthDelimited).string(value);

/** One ResourceMetrics with a resource that has one attribute, an unknown number, and a name where the metrics would be. */
function report(): Uint8Array {
  const out = new BinaryWriter();
  out.tag(1, WireType.LengthDelimited).fork();
  out.tag(1, WireType.LengthDelimited).fork();
  out.tag(1, WireType.LengthDelimited).fork();
  text(out, 1, "transactional_id");
  out.tag(2, WireType.LengthDelimited).fork();
  text(out, 1, "t").join().join().join();
  out.tag(99, WireType.Varint).uint32(5);
  text(out, 2, "scope");
  return out.join().finish();
}

it("adds attributes to a report's resource and leaves the rest as it came", () => {
  const request = Buffer.from(exportMetricsRequest(report(), { client_id: "billing" })).toString("latin1");
  expect(request).toBe(
    "\n=" + // resource_metrics
      "\n1" + // its resource: the client's own attribute, then ours
      "\n\x17\n\x10transactional_id\x12\x03\n\x01t" +
      "\n\x16\n\tclient_id\x12\t\n\x07billing" +
      "\x98\x06\x05" +
      "\x12\x05scope",
  );
});

it("makes a resource where the report has none", () => {
  const request = exportMetricsRequest(Uint8Array.of(10, 0), { a: "b" });
  expect([...request]).toEqual([10, 12, 10, 10, 10, 8, 10, 1, 97, 18, 3, 10, 1, 98]);
});

it.each([
  ["a length beyond the end", [10, 5, 1]],
  ["a resource that is none", [10, 3, 10, 1, 255]],
  ["a tag that is none", [7, 1]],
])("throws for %s", (_what, bytes) => {
  expect(() => exportMetricsRequest(Uint8Array.from(bytes), {})).toThrow();
});

describe("a receiver", () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  const collector = async (status: number) => {
    const got: string[] = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        got.push(`${request.url} ${request.headers["content-type"]} ${Buffer.concat(chunks).includes("billing")}`);
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const metrics = createMetrics();
    const warned: string[] = [];
    const log = { warn: (_fields: object, message: string) => void warned.push(message) } as never;
    const receiver = startClientMetricsReceiver({ otlpEndpoint: `http://127.0.0.1:${port}/`, metrics, log });
    return { got, receiver, metrics, warned };
  };

  it("posts each report to the collector", async () => {
    const { got, receiver, metrics } = await collector(200);
    receiver.receive(report(), { client_id: "billing" });
    await receiver.shutdown();
    expect(got).toEqual(["/v1/metrics application/x-protobuf true"]);
    expect(await metrics.render()).toContain('moldau_client_metrics_reports_total{outcome="sent"} 1');
  });

  it("counts what the collector does not take, and says so once", async () => {
    const { receiver, metrics, warned } = await collector(400);
    for (let i = 0; i < 3; i++) receiver.receive(report(), {});
    await receiver.shutdown();
    expect(await metrics.render()).toContain('moldau_client_metrics_reports_total{outcome="failed"} 3');
    expect(warned).toHaveLength(1);
  });

  it("drops what would have to wait in more memory than it may take", async () => {
    const { receiver, metrics } = await collector(200);
    const out = new BinaryWriter();
    out.tag(1, WireType.LengthDelimited).fork();
    out.tag(2, WireType.LengthDelimited).bytes(Buffer.alloc(5_000_000));
    const large = out.join().finish();
    // Four are under way at once, three fit behind them.
    for (let i = 0; i < 9; i++) receiver.receive(large, {});
    expect(await metrics.render()).toContain('moldau_client_metrics_reports_total{outcome="dropped"} 2');
    await receiver.shutdown();
  });
});
