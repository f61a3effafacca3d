import { advertise, nodeOfPort, type AdvertisedNode } from "./advertise";

const node = (nodeId: number, options: Partial<AdvertisedNode> & { kafkaPort?: number } = {}): AdvertisedNode => ({
  nodeId,
  roles: ["broker"],
  fenced: false,
  rack: null,
  endpoints: new Map([
    ["RPC", { host: "10.0.0.9", port: 19092 }],
    ...(options.kafkaPort ? [["PLAINTEXT", { host: `host-${nodeId}`, port: options.kafkaPort }] as const] : []),
  ]),
  ...options,
});

describe("self", () => {
  const policy = { kind: "self", listener: "PLAINTEXT" } as const;
  const doors = advertise(
    [
      node(2, { kafkaPort: 9093 }),
      node(1, { kafkaPort: 9092, rack: "a" }),
      node(3, { kafkaPort: 9094, fenced: true }),
      node(101),
    ],
    policy,
  );

  it("names each live broker at its own listener, in order", () => {
    expect(doors.all()).toEqual([
      { nodeId: 1, host: "host-1", port: 9092, rack: "a" },
      { nodeId: 2, host: "host-2", port: 9093, rack: null },
    ]);
    expect(doors.of(3)).toBeUndefined();
  });

  it("lets a broker stand in for a coordinator that has no door, always the same one", () => {
    expect(doors.of(101)).toBeUndefined();
    expect(doors.standInFor(101)).toEqual(doors.of(2));
    expect(doors.standInFor(1)).toEqual(doors.of(1));
  });

  it("has no stand-in for a node that is not there", () => {
    expect(doors.standInFor(77)).toBeUndefined();
    expect(doors.standInFor(3)).toBeUndefined();
  });

  it("has every port stand for the node itself", () => {
    expect(nodeOfPort(policy, 9092)).toBeUndefined();
  });
});

describe("ports", () => {
  const policy = { kind: "ports", host: "gw", bootstrapPort: 9292 } as const;

  it("gives every node a port of this gateway, coordinators included", () => {
    expect(advertise([node(1), node(101)], policy).all()).toEqual([
      { nodeId: 1, host: "gw", port: 9293, rack: null },
      { nodeId: 101, host: "gw", port: 9393, rack: null },
    ]);
  });

  it("knows which node a port stands for", () => {
    expect(nodeOfPort(policy, 9292)).toBeUndefined();
    expect(nodeOfPort(policy, 9393)).toBe(101);
  });
});
