import { planTopology, TopologyError, type ClusterShape } from "./topology";

const base: ClusterShape = {
  split: false,
  controllers: 1,
  brokers: 1,
  coordinators: 1,
  gateways: 1,
  dataDir: "/d",
  port: 9092,
  advertise: "self",
  overrides: new Map(),
};
const summary = (options: Partial<ClusterShape>) =>
  planTopology({ ...base, ...options }).map((plan) =>
    `${plan.role}-${plan.nodeId} ${plan.roles.join("+")} ${plan.config.get("listeners")}`.trimEnd(),
  );

it("makes a one-process cluster look like one broker", () => {
  expect(summary({})).toEqual([
    "controller-201 controller",
    "broker-1 broker+coordinator+gateway PLAINTEXT://127.0.0.1:9092",
  ]);
});

it("gives each role instance a node of its own when split, gateways apart", () => {
  expect(summary({ split: true, brokers: 2, coordinators: 2, gateways: 2, advertise: "ports" })).toEqual([
    "controller-201 controller RPC://127.0.0.1:19293",
    "broker-1 broker RPC://127.0.0.1:19093",
    "broker-2 broker RPC://127.0.0.1:19094",
    "coordinator-101 coordinator RPC://127.0.0.1:19193",
    "coordinator-102 coordinator RPC://127.0.0.1:19194",
    "gateway-301 gateway PLAINTEXT://127.0.0.1:9092",
    "gateway-302 gateway PLAINTEXT://127.0.0.1:9292",
  ]);
});

it("keeps the same directories in both shapes", () => {
  const dirs = (split: boolean) =>
    planTopology({ ...base, split, brokers: 3 }).flatMap(
      (plan) => plan.config.get("log.dirs") ?? plan.config.get("metadata.log.dir") ?? [],
    );
  expect(dirs(true)).toEqual(dirs(false));
});

it("lets the user's keys win, and names every voter to every node", () => {
  const plans = planTopology({
    ...base,
    controllers: 3,
    overrides: new Map([["offsets.topic.replication.factor", "1"]]),
  });
  for (const plan of plans) {
    expect(plan.config.get("controller.quorum.voters")).toBe(
      "201@127.0.0.1:19293,202@127.0.0.1:19294,203@127.0.0.1:19295",
    );
    expect(plan.config.get("offsets.topic.replication.factor")).toBe("1");
  }
});

it.each([
  [{ controllers: 2 }, "--controllers 2: a quorum has 1, 3 or 5 controllers"],
  [{ advertise: "ports" as const, gateways: 0 }, "--advertise ports needs at least one gateway"],
  [{ port: 60_000 }, "--port 60000"],
])("refuses %j with a line that says what to do", (options, message) => {
  expect(() => summary(options)).toThrow(TopologyError);
  expect(() => summary(options)).toThrow(message);
});

it("gives the brokers their racks in turn", () => {
  const shape = { split: true, controllers: 1, brokers: 3, coordinators: 1, gateways: 1, dataDir: "/d", port: 9092 };
  const plans = planTopology({ ...shape, advertise: "ports", racks: ["a", "b"], overrides: new Map() });
  const racks = plans.filter(({ role }) => role === "broker").map(({ config }) => config.get("broker.rack"));
  expect(racks).toEqual(["a", "b", "a"]);
});
