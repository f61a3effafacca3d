import { ConnectionRates } from "./connection-rates";
import { QuotaKey } from "./quota-keys";

const unlimited = () => 2 ** 31 - 1;
const options = { samples: 11, sampleMs: 1000 };
const from = (address: string) => ({ address, listener: "PLAINTEXT" });
const forIp = (ip: string | null, limit: number) => ({
  entity: new Map([["ip", ip]]),
  values: new Map([[QuotaKey.CONNECTION_CREATION_RATE, limit]]) as Map<string, number>,
});

it("takes up connections at once while there is no limit", () => {
  const rates = new ConnectionRates(options, { broker: unlimited, listener: unlimited });
  for (let i = 0; i < 1000; i++) expect(rates.arrived(from("10.0.0.1"), 0)).toEqual({ kind: "accept", afterMs: 0 });
  expect(rates.brokerRate(0)).toBe(100);
  expect([...rates.listenerReadings(0)]).toEqual([
    { listener: "PLAINTEXT", rate: 100, throttleTimeMs: 0, ipThrottleTimeMs: 0 },
  ]);
});

it("delays connections beyond the rate of the process or the listener, by a sample at most", () => {
  let limit = 2;
  const rates = new ConnectionRates(options, { broker: unlimited, listener: () => limit });
  for (let i = 0; i < 20; i++) expect(rates.arrived(from("10.0.0.1"), 0).afterMs).toBe(0);
  expect(rates.arrived(from("10.0.0.1"), 0)).toEqual({ kind: "accept", afterMs: 500 });
  expect(rates.arrived(from("10.0.0.1"), 0)).toEqual({ kind: "accept", afterMs: 1000 });
  expect(rates.arrived(from("10.0.0.1"), 0)).toEqual({ kind: "accept", afterMs: 1000 });
  expect([...rates.listenerReadings(0)][0]).toMatchObject({ throttleTimeMs: 2_500 / 3, ipThrottleTimeMs: 0 });
  limit = 1000;
  expect(rates.arrived(from("10.0.0.1"), 0).afterMs).toBe(0);
});

it("closes, some time later, connections beyond the rate of their address, and does not count them", () => {
  const rates = new ConnectionRates(options, { broker: unlimited, listener: unlimited });
  rates.update([forIp("10.0.0.1", 1), forIp(null, 5)], (ip) => ip);
  for (let i = 0; i < 10; i++) expect(rates.arrived(from("10.0.0.1"), 0).kind).toBe("accept");
  for (let i = 0; i < 3; i++) {
    expect(rates.arrived(from("10.0.0.1"), 0)).toEqual({ kind: "close", afterMs: 1000 });
  }
  expect(rates.brokerRate(0)).toBe(1);
  expect([...rates.listenerReadings(0)][0]).toMatchObject({ rate: 1, throttleTimeMs: 0, ipThrottleTimeMs: 1000 });
  for (let i = 0; i < 50; i++) expect(rates.arrived(from("10.0.0.2"), 0).kind).toBe("accept");
  expect(rates.arrived(from("10.0.0.2"), 0).kind).toBe("close");
  expect([...rates.addressRates(0)]).toEqual([
    ["10.0.0.1", 1],
    ["10.0.0.2", 5],
  ]);
});

it("knows addresses by the name that sockets give them; without a quota none is kept", () => {
  const rates = new ConnectionRates(options, { broker: unlimited, listener: unlimited });
  rates.update([forIp("localhost", 1), forIp("nowhere", 1)], (ip) => (ip === "localhost" ? "127.0.0.1" : undefined));
  for (let i = 0; i < 11; i++) rates.arrived(from("127.0.0.1"), 0);
  expect(rates.arrived(from("127.0.0.1"), 0).kind).toBe("close");
  rates.arrived(from("10.9.9.9"), 0);
  expect([...rates.addressRates(0)].map(([address]) => address)).toEqual(["127.0.0.1"]);
  rates.update([], (ip) => ip);
  expect(rates.arrived(from("127.0.0.1"), 0).kind).toBe("accept");
});
