import { createServer } from "node:net";
import { once } from "node:events";
import { chooseFreePorts, portsOf } from "./free-ports";
import type { ClusterShape } from "./topology";

const shape: ClusterShape = {
  split: true,
  controllers: 3,
  brokers: 2,
  coordinators: 2,
  gateways: 2,
  dataDir: "/d",
  port: 0,
  advertise: "ports",
  overrides: new Map(),
};

it("knows every port of a cluster: of clients, of the other roles, a gateway's for each node", () => {
  expect(portsOf({ ...shape, port: 9092, controllers: 1, gateways: 1, coordinators: 1 }).sort((a, b) => a - b)).toEqual(
    [9092, 9093, 9094, 9193, 9293, 9393, 19_093, 19_094, 19_193, 19_293],
  );
  expect(portsOf({ ...shape, port: 9092, split: false, controllers: 1, advertise: "self" })).toEqual([9092, 9093]);
});

it("chooses all of them where the system takes none for outgoing connections", async () => {
  for (let i = 0; i < 50; i++) {
    const ports = portsOf(await chooseFreePorts(shape));
    expect(Math.min(...ports)).toBeGreaterThan(1024);
    expect(Math.max(...ports)).toBeLessThan(32_768);
  }
});

it("passes over a place where a port of another role is taken", async () => {
  const random = jest.spyOn(Math, "random").mockReturnValueOnce(0).mockReturnValueOnce(0.5);
  const taken = createServer().listen(20_001, "127.0.0.1");
  await once(taken, "listening");
  try {
    expect((await chooseFreePorts({ ...shape, advertise: "self" })).port).toBe(16_000);
  } finally {
    taken.close();
    random.mockRestore();
  }
});

it("leaves a port that was named", async () => {
  expect((await chooseFreePorts({ ...shape, port: 1 })).port).toBe(1);
});
