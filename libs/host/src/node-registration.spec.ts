import { setTimeout as delay } from "node:timers/promises";
import { KafkaError } from "@moldau/base";
import { DynamicConfig, loadConfig } from "@moldau/config";
import type {
  ControllerDefinition,
  NodeHeartbeatReply,
  NodeHeartbeatRequest,
  RegisterNodeReply,
  RegisterNodeRequest,
} from "@moldau/contracts";
import { emptyImage } from "@moldau/metadata";
import { PeerUnavailable, type Service } from "@moldau/rpc";
import { createTestTelemetry } from "@moldau/telemetry";
import { advertisedEndpoints, startNodeRegistration, type NodeRegistration } from "./node-registration";
import type { RoleContext } from "./role";

const incarnationId = "AAAAAAAAAAAAAAAAAAAAAw";

const config = (extra: Record<string, string> = {}) =>
  loadConfig({
    overrides: new Map(
      Object.entries({
        listeners: "PLAINTEXT://127.0.0.1:9092,RPC://127.0.0.1:9192",
        "broker.heartbeat.interval.ms": "20",
        ...extra,
      }),
    ),
  });

/** A controller whose answers the test decides. */
function controllerOf(answers: {
  register?: (request: RegisterNodeRequest) => Partial<RegisterNodeReply>;
  heartbeat?: (request: NodeHeartbeatRequest) => Partial<NodeHeartbeatReply>;
}) {
  const registrations: RegisterNodeRequest[] = [];
  const heartbeats: NodeHeartbeatRequest[] = [];
  const service: Partial<Service<typeof ControllerDefinition>> = {
    registerNode: async (request) => {
      registrations.push(request);
      const reply = { errorCode: 0, errorMessage: "", nodeEpoch: 5, leaderId: 1, clusterId: "c" };
      return { ...reply, ...answers.register?.(request) };
    },
    heartbeat: async (request) => {
      heartbeats.push(request);
      const reply = {
        errorCode: 0,
        isFenced: false,
        isCaughtUp: true,
        shouldShutDown: request.wantShutDown,
        leaderId: 1,
      };
      return { ...reply, ...answers.heartbeat?.(request) };
    },
  };
  return { registrations, heartbeats, service: service as Service<typeof ControllerDefinition> };
}

describe("a node's registration", () => {
  let registration: NodeRegistration | undefined;
  const fatal: Error[] = [];
  afterEach(() => {
    registration?.stop();
    fatal.length = 0;
  });
  let dynamic: DynamicConfig;
  beforeEach(() => (dynamic = new DynamicConfig(config({ "process.roles": "coordinator,broker" }))));
  const start = (controller: Service<typeof ControllerDefinition>) => {
    const context = {
      nodeId: 3,
      incarnationId,
      config: dynamic,
      random: { next: Math.random },
      telemetry: createTestTelemetry(),
      observer: { image: emptyImage(), subscribe: () => () => undefined },
      peers: { controller: () => controller },
      fatal: (error: Error) => fatal.push(error),
    } as unknown as RoleContext;
    registration = startNodeRegistration(context, "broker", { logDirs: [], clusterId: "c" });
    return registration;
  };
  const until = async (condition: () => boolean) => {
    while (!condition()) await delay(2);
  };

  it("registers with all roles and endpoints, then reports that it is alive", async () => {
    const { registrations, heartbeats, service } = controllerOf({});
    const node = start(service);
    expect(node.notReady()).toEqual(["not registered yet"]);
    expect(await node.registered).toBe(5);
    await until(() => node.notReady().length === 0 && heartbeats.length >= 3);
    expect(registrations).toHaveLength(1);
    expect(registrations[0]).toMatchObject({ nodeId: 3, roles: ["broker", "coordinator"], previousNodeEpoch: -1 });
    expect(registrations[0]!.endpoints.map(({ name, port }) => `${name} ${port}`)).toEqual([
      "PLAINTEXT 9092",
      "RPC 9192",
    ]);
    expect(heartbeats.at(-1)).toMatchObject({ nodeId: 3, nodeEpoch: 5, wantShutDown: false });
  });

  it("goes on trying while nobody answers, and while the old incarnation is still alive", async () => {
    let attempts = 0;
    const node = start(
      controllerOf({
        register: () => {
          attempts++;
          if (attempts === 1) throw new PeerUnavailable("nobody there", false);
          if (attempts === 2)
            return { errorCode: KafkaError.DUPLICATE_BROKER_REGISTRATION, errorMessage: "still alive" };
          return {};
        },
      }).service,
    );
    expect(await node.registered).toBe(5);
    expect(attempts).toBe(3);
  });

  it("registers again when the controller has forgotten it", async () => {
    let epoch = 5;
    const { registrations, service } = controllerOf({
      register: () => ({ nodeEpoch: ++epoch }),
      heartbeat: ({ nodeEpoch }) => (nodeEpoch === 6 ? { errorCode: KafkaError.STALE_BROKER_EPOCH } : {}),
    });
    const node = start(service);
    await until(() => node.nodeEpoch === 7 && !node.isFenced);
    expect(registrations[1]!.incarnationId).toBe(registrations[0]!.incarnationId);
  });

  it("tells the controller when it listens elsewhere, until that has heard it, and goes on as it is", async () => {
    const told = (): string[] => registrations.at(-1)!.endpoints.map(({ name, port }) => `${name} ${port}`);
    let failures = 2;
    const { registrations, heartbeats, service } = controllerOf({
      register: () => {
        if (registrations.length > 1 && failures-- > 0) throw new PeerUnavailable("nobody there", false);
        return {};
      },
    });
    const node = start(service);
    await until(() => node.notReady().length === 0);
    const own = new Map([
      ["listeners", "PLAINTEXT://127.0.0.1:9099,OUT://127.0.0.1:9094,RPC://127.0.0.1:1"],
      ["listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,OUT:PLAINTEXT"],
    ]);
    dynamic.update({ own, clusterDefault: new Map() });
    await until(() => registrations.length === 4);
    expect(told()).toEqual(["PLAINTEXT 9099", "OUT 9094", "RPC 9192"]);
    const before = heartbeats.length;
    await until(() => heartbeats.length > before + 2);
    expect(registrations).toHaveLength(4);
    expect([node.nodeEpoch, node.isFenced, heartbeats.at(-1)!.nodeEpoch]).toEqual([5, false, 5]);
  });

  it("gives up where its data belong to another cluster", async () => {
    start(
      controllerOf({ register: () => ({ errorCode: KafkaError.INCONSISTENT_CLUSTER_ID, errorMessage: "other" }) })
        .service,
    );
    await until(() => fatal.length > 0);
    expect(fatal[0]!.name).toBe("RegistrationRefused");
    expect(fatal[0]!.message).toMatch(/^other .*choose other directories/);
  });

  it("asks before it stops, for as long as it may", async () => {
    let leave = false;
    const { service } = controllerOf({ heartbeat: ({ wantShutDown }) => ({ shouldShutDown: wantShutDown && leave }) });
    const node = start(service);
    await node.registered;
    expect(await node.shutDown(60)).toBe(false);
    leave = true;
    expect(await node.shutDown(5_000)).toBe(true);
  });
});

it.each([
  ["broker,coordinator,gateway", ["broker"]],
  ["coordinator,gateway", ["coordinator"]],
  ["gateway", ["gateway"]],
])("leaves it to the first of %s to register the node", async (roles, expected) => {
  const { registrations, service } = controllerOf({});
  const context = {
    nodeId: 3,
    incarnationId,
    config: new DynamicConfig(config({ "process.roles": roles })),
    telemetry: createTestTelemetry(),
    observer: { image: emptyImage(), subscribe: () => () => undefined },
    peers: { controller: () => service },
  } as unknown as RoleContext;
  const registrars = roles.split(",").filter((role) => {
    const registration = startNodeRegistration(context, role as "gateway");
    registration?.stop();
    return registration !== undefined;
  });
  expect(registrars).toEqual(expected);
  expect(registrations.map((request) => request.roles)).toEqual([roles.split(",")]);
});

it("advertises what clients are to be told, and a name instead of a wildcard address", () => {
  const advertised = config({
    listeners: "PLAINTEXT://:9092,RPC://0.0.0.0:9192",
    "advertised.listeners": "PLAINTEXT://kafka.example.org:29092",
  });
  expect(advertisedEndpoints({ config: advertised })).toEqual([
    { name: "PLAINTEXT", host: "kafka.example.org", port: 29092, securityProtocol: 0 },
    { name: "RPC", host: expect.stringMatching(/^[^0:]/) as string, port: 9192, securityProtocol: 0 },
  ]);
});
