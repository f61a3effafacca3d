import { advertise, nodeOfPort, type AdvertisedNode } from "./advertise";

const node = (nodeId: number, options: Partial<AdvertisedNode> & { kafkaPort?: number } = {}): AdvertisedNode => ({
  nodeId,
  roles: ["broker"],
  fenced: false,
  inControlledShutdown: false,
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
});

describe("ports", () => {
  const policy = { kind: "ports", listener: "PLAINTEXT", own: { host: "gw", port: 9292 } } as const;
  const gateway = (nodeId: number, options: Partial<AdvertisedNode> = {}) =>
    node(nodeId, { roles: ["gateway"], kafkaPort: 9092, ...options });
  const brokers = Array.from({ length: 12 }, (_, i) => node(i + 1));
  const doorsBy = (nodes: AdvertisedNode[]) =>
    new Map(
      advertise(nodes, policy)
        .all()
        .map(({ nodeId, host, port }) => [nodeId, `${host}:${port}`]),
    );

  it("gives every node a port of a gateway, coordinators included, and lists no gateway", () => {
    expect(advertise([node(1), node(101, { roles: ["coordinator"] }), gateway(301)], policy).all()).toEqual([
      { nodeId: 1, host: "host-301", port: 9093, rack: null },
      { nodeId: 101, host: "host-301", port: 9193, rack: null },
    ]);
  });

  it("names its own ports while the cluster knows of no gateway", () => {
    expect(advertise([node(1)], policy).of(1)).toMatchObject({ host: "gw", port: 9293 });
  });

  it("has a coordinator answer at its door for as long as it is registered, a broker only while it lives", () => {
    const doors = advertise([node(1, { fenced: true }), node(101, { roles: ["coordinator"], fenced: true })], policy);
    expect(doors.all().map(({ nodeId }) => nodeId)).toEqual([101]);
  });

  it("spreads the doors over the gateways; every gateway names the same", () => {
    const nodes = [...brokers, gateway(301), gateway(302), gateway(303)];
    const doors = doorsBy(nodes);
    expect(new Set([...doors.values()].map((address) => address.split(":")[0])).size).toBe(3);
    const other = { ...policy, own: { host: "gw-2", port: 19292 } };
    expect(advertise([...nodes].reverse(), other).all()).toEqual(advertise(nodes, policy).all());
  });

  it.each([
    ["that is dead", { fenced: true }],
    ["that is about to stop", { inControlledShutdown: true }],
  ])("moves the doors of a gateway %s to the others, and no other door", (_, gone) => {
    const before = doorsBy([...brokers, gateway(301), gateway(302), gateway(303)]);
    const after = doorsBy([...brokers, gateway(301), gateway(302, gone), gateway(303)]);
    for (const [nodeId, address] of before) {
      if (address.startsWith("host-302")) expect(after.get(nodeId)).not.toMatch(/^host-302/);
      else expect(after.get(nodeId)).toBe(address);
    }
  });

  it("knows which node a port stands for", () => {
    expect(nodeOfPort(9292, 9292)).toBeUndefined();
    expect(nodeOfPort(9292, 9393)).toBe(101);
  });
});
