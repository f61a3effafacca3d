import { randomUuid } from "@moldau/base";
import { createTestTelemetry, type OwnedTelemetry } from "@moldau/telemetry";
import { DynamicConfig, loadConfig } from "@moldau/config";
import {
  ControllerDefinition,
  type KafkaAnswer,
  type MetadataUpdate,
  QuorumDefinition,
  type RegisterNodeReply,
} from "@moldau/contracts";
import { type RoleContext, type RunningRole, systemEnvironment } from "@moldau/host";
import { applyRecords, emptyImage, imageOf, type MetadataImage, readMetadataRecord } from "@moldau/metadata";
import { apis, Reader, Writer } from "@moldau/protocol";
import { createServiceRegistry, type LocalServices, noContext, PeerUnavailable, type Service } from "@moldau/rpc";
import { controllerRole } from "../controller-role";

export interface ControllerNode {
  readonly nodeId: number;
  readonly role: RunningRole;
  readonly service: Service<typeof ControllerDefinition>;
  readonly telemetry: OwnedTelemetry;
  readonly failures: Error[];
}

/** Controller roles on real directories, with a network between them that can be cut. */
export class RoleCluster {
  readonly nodes = new Map<number, ControllerNode>();
  private readonly registries = new Map<number, LocalServices>();
  private readonly cut = new Set<number>();

  constructor(
    private readonly ids: readonly number[],
    private readonly directory: string,
    private readonly config: Readonly<Record<string, string>> = {},
  ) {}

  async start(nodeId: number, config: Readonly<Record<string, string>> = {}): Promise<ControllerNode> {
    const services = createServiceRegistry();
    const telemetry = createTestTelemetry();
    const failures: Error[] = [];
    const overrides = {
      "node.id": String(nodeId),
      "controller.quorum.voters": this.ids.map((id) => `${id}@127.0.0.1:${10_000 + id}`).join(","),
      "metadata.log.dir": `${this.directory}/controller-${nodeId}`,
      ...this.config,
      ...config,
    };
    const context: RoleContext = {
      nodeId,
      incarnationId: randomUuid(systemEnvironment.random),
      config: new DynamicConfig(loadConfig({ overrides: new Map(Object.entries(overrides)) })),
      ...systemEnvironment,
      telemetry,
      peers: {
        quorum: (to: number) => ({
          step: async (request: never, call: never) => {
            await new Promise((resolve) => setImmediate(resolve));
            const target = this.registries.get(to)?.implementation(QuorumDefinition);
            if (target === undefined || this.cut.has(to) || this.cut.has(nodeId)) {
              throw new PeerUnavailable(`no way from ${nodeId} to ${to}`, false);
            }
            return target.step(request, call);
          },
        }),
      } as unknown as RoleContext["peers"],
      services,
      observer: undefined as unknown as RoleContext["observer"],
      fatal: (error) => failures.push(error),
    };
    this.cut.delete(nodeId);
    this.registries.set(nodeId, services);
    const role = await controllerRole.start(context);
    const service = services.implementation(ControllerDefinition)!;
    const node = { nodeId, role, service, telemetry, failures };
    this.nodes.set(nodeId, node);
    return node;
  }

  /** Nothing that it says is heard any more, and nothing is told to it. */
  disconnect(nodeId: number): void {
    this.cut.add(nodeId);
  }

  async stop(nodeId: number): Promise<void> {
    const node = this.nodes.get(nodeId);
    this.nodes.delete(nodeId);
    await node?.role.drain();
    await node?.role.stop();
    this.registries.delete(nodeId);
  }

  async stopAll(): Promise<void> {
    for (const nodeId of [...this.nodes.keys()]) await this.stop(nodeId);
  }

  /** The active controller among those that are connected. */
  async active(): Promise<ControllerNode> {
    return until("an active controller", async () => {
      for (const node of this.nodes.values()) {
        if (this.cut.has(node.nodeId)) continue;
        const reply = await node.service.allocateProducerIds({ nodeId: -1, nodeEpoch: -1 }, noContext);
        if (reply.errorCode === 0) return node;
      }
      return undefined;
    });
  }
}

/** Follows a controller's stream as an observer does; `image` is what it knows. */
export class Follower {
  image: MetadataImage = emptyImage();
  readonly updates: MetadataUpdate[] = [];
  done = false;
  private pieces: MetadataUpdate[] = [];
  private readonly aborter = new AbortController();
  private readonly running: Promise<void>;

  constructor(service: Service<typeof ControllerDefinition>, fromOffset = 0) {
    this.running = this.run(service, fromOffset);
  }

  private async run(service: Service<typeof ControllerDefinition>, fromOffset: number): Promise<void> {
    const call = { ...noContext, signal: this.aborter.signal };
    for await (const update of service.watchMetadata({ nodeId: 9, fromOffset, clusterId: "" }, call)) {
      this.updates.push(update);
      const position = { offset: update.lastOffset, epoch: update.epoch };
      if (update.snapshotBegin) this.pieces = [];
      if (update.snapshotBegin || this.pieces.length > 0) {
        this.pieces.push(update);
        if (!update.snapshotEnd) continue;
        const records = this.pieces.flatMap((piece) => piece.records);
        this.image = imageOf(records.map(readMetadataRecord), position);
        this.pieces = [];
      } else if (update.records.length > 0) {
        if (this.image.offset < 0) throw new Error("a tail came before any snapshot");
        this.image = applyRecords(this.image, update.records.map(readMetadataRecord), position).image;
      }
    }
    this.done = true;
  }

  async stop(): Promise<void> {
    this.aborter.abort();
    await this.running;
  }

  /** Resolves when the stream has ended by itself. */
  ended(): Promise<void> {
    return this.running;
  }
}

/** Sends a client's request and reads the answer. */
export async function ask<S>(
  node: Pick<ControllerNode, "service">,
  apiKey: number,
  apiVersion: number,
  request: object,
): Promise<{ answer: KafkaAnswer; response: S }> {
  const api = apis.get(apiKey)!;
  const writer = new Writer();
  api.writeRequest(writer, request, apiVersion);
  const answer = await node.service.handle(kafkaCall(apiKey, apiVersion, writer.toBytes()), noContext);
  const response = answer.errorCode === undefined ? api.readResponse(new Reader(answer.body), apiVersion) : undefined;
  return { answer, response: response as S };
}

export function kafkaCall(apiKey: number, apiVersion: number, body: Uint8Array) {
  return {
    apiKey,
    apiVersion,
    body,
    clientId: "test",
    principal: "User:ANONYMOUS",
    clientHost: "127.0.0.1",
    listener: "PLAINTEXT",
    targetNodeId: -1,
  };
}

/** Registers a node and lets it take part. */
export async function join(
  node: Pick<ControllerNode, "service">,
  nodeId: number,
  roles: string[] = ["broker", "coordinator"],
): Promise<RegisterNodeReply> {
  const reply = await node.service.registerNode(
    {
      nodeId,
      clusterId: "",
      incarnationId: `${nodeId}`.padStart(22, "A"),
      roles,
      endpoints: [{ name: "RPC", host: "127.0.0.1", port: 20_000 + nodeId, securityProtocol: 0 }],
      logDirs: [],
      previousNodeEpoch: -1,
      previousIncarnationIds: [],
    },
    noContext,
  );
  if (reply.errorCode === 0) await beat(node, nodeId, reply.nodeEpoch);
  return reply;
}

export function beat(node: Pick<ControllerNode, "service">, nodeId: number, nodeEpoch: number) {
  return node.service.heartbeat(
    { nodeId, nodeEpoch, metadataOffset: nodeEpoch, wantFence: false, wantShutDown: false, offlineLogDirs: [] },
    noContext,
  );
}

/** Waits for a condition, up to ten seconds. */
export async function until<T>(
  what: string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
