import { loadConfig } from "@moldau/config";
import { applyRecords, emptyImage, record } from "@moldau/metadata";
import { createMetrics } from "@moldau/telemetry";
import { ConnectionQuotas } from "./connection-quotas";

function start(config: Record<string, string> = {}) {
  let image = emptyImage();
  const loaded = loadConfig({ overrides: new Map(Object.entries(config)) });
  const quotas = new ConnectionQuotas(loaded, { monotonicMs: () => 0 }, () => image);
  const set = (ip: string | null, value: number) => {
    const entity = [{ entityType: "ip", entityName: ip }];
    const change = record("ClientQuotaRecord", { entity, key: "connection_creation_rate", value, remove: value === 0 });
    image = applyRecords(image, [change], { offset: image.offset + 1, epoch: 1 }).image;
  };
  /** How many of so many connections are not closed. */
  const served = (address: string, count: number) =>
    Array.from({ length: count }, () => quotas.arrived(address, "PLAINTEXT").kind).filter((kind) => kind === "accept")
      .length;
  return { quotas, set, served };
}

it("knows an address in all its forms", () => {
  const { set, served } = start();
  expect(served("127.0.0.1", 100)).toBe(100);
  set("127.0.0.1", 1);
  expect(served("::ffff:127.0.0.1", 15)).toBe(10);
  expect(served("127.0.0.1", 5)).toBe(0);
  expect(served("127.0.0.2", 50)).toBe(50);
  set("0:0:0:0:0:0:0:1", 2);
  expect(served("::1", 30)).toBe(20);
  set(null, 3);
  expect(served("10.0.0.1", 40)).toBe(30);
  // The default holds for it now; ten of its thirty have come already.
  set("127.0.0.1", 0);
  expect(served("127.0.0.1", 40)).toBe(20);
});

it("finds the address of a name", async () => {
  const { set, served } = start();
  set("localhost", 1);
  // The first connection has the name looked up.
  served("10.0.0.1", 1);
  for (let i = 0; i < 400 && served("127.0.0.1", 1) + served("::1", 1) === 2; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(Math.min(served("127.0.0.1", 50), served("::1", 50))).toBeLessThan(50);
});

it("slows down connections beyond max.connection.creation.rate, and tells how fast they come", async () => {
  const { quotas } = start({ "max.connection.creation.rate": "2" });
  const metrics = createMetrics();
  quotas.register(metrics);
  const waits = Array.from({ length: 22 }, () => quotas.arrived("127.0.0.1", "PLAINTEXT").afterMs);
  expect(waits.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0));
  expect(waits.slice(20)).toEqual([500, 1000]);
  const told = await metrics.render();
  expect(told).toMatch(/kafka_server_socket_server_metrics_broker_connection_accept_rate 2\.2/);
  expect(told).toMatch(/connection_accept_rate\{listener="PLAINTEXT",ip=""\} 2\.2/);
  expect(told).toMatch(/_connection_accept_throttle_time\{listener="PLAINTEXT"\} 750/);
});
