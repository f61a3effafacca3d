import { KafkaError, type NodeId, type Random } from "@moldau/base";
import { applyRecords, emptyImage, type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import type { CreateTopicsRequest } from "@moldau/protocol";
import type { CreateTopicsContext } from "../create-topics";
import { createTopics } from "../create-topics";
import { type AdmitPartitions, apiError, type Decision } from "../decision";
import { fenceNode, unfenceNode } from "../heartbeat";
import { assignShards, touchesShards } from "../shard-owners";
import type { ControlSettings } from "../settings";

/** A cluster whose controller is this object: decisions take effect at once. */
export class World {
  image: MetadataImage = emptyImage();
  readonly settings: ControlSettings;
  /** The quota on changes. */
  admit: AdmitPartitions = () => true;
  private ids = 0;
  private seed = 12345;
  readonly random: Random = {
    next: () => (this.seed = (this.seed * 16_807) % 2_147_483_647) / 2_147_483_647,
  };

  constructor(
    topicDefaults: Record<string, string> = {},
    readonly shards = false,
  ) {
    this.settings = {
      defaultPartitions: 1,
      defaultReplicationFactor: 1,
      deleteTopicEnabled: true,
      sessionTimeoutMs: 9_000,
      topicDefaults: new Map(Object.entries(topicDefaults)),
      configRules: {
        validate: (_type, _name, values) =>
          values.has("bad") ? apiError(KafkaError.INVALID_CONFIG, "bad is bad") : undefined,
        isList: (_type, key) => key === "cleanup.policy",
        defaultOf: (_type, key) => (key === "cleanup.policy" ? "delete" : undefined),
      },
    };
  }

  /** Records take effect; shards follow where that is wanted. */
  apply(records: readonly MetadataRecord[]): void {
    if (records.length === 0) return;
    const position = { offset: this.image.offset + 1, epoch: 1 };
    const next = applyRecords(this.image, records, position);
    this.image = next.image;
    if (this.shards && touchesShards(next.delta)) {
      this.image = applyRecords(this.image, assignShards(this.image), position).image;
    }
  }

  decide<R>(decision: Decision<R>): R {
    this.apply(decision.records);
    return decision.reply;
  }

  node(nodeId: NodeId, options: { rack?: string; roles?: string[] } = {}): void {
    this.apply([
      record("RegisterBrokerRecord", {
        brokerId: nodeId,
        incarnationId: `${nodeId}`.padStart(22, "A"),
        brokerEpoch: -1,
        endPoints: [],
        rack: options.rack ?? null,
        fenced: true,
        inControlledShutdown: false,
        logDirs: [],
      }),
      record("NodeRolesRecord", { nodeId, roles: options.roles ?? ["broker"] }),
    ]);
    this.unfence(nodeId);
  }

  fence(nodeId: NodeId): void {
    this.apply(fenceNode(this.image, this.settings, nodeId));
  }
  unfence(nodeId: NodeId): void {
    this.apply(unfenceNode(this.image, this.settings, nodeId));
  }

  get context(): CreateTopicsContext {
    const newUuid = () => `${++this.ids}`.padStart(22, "T");
    return { image: this.image, settings: this.settings, random: this.random, newUuid, admit: this.admit };
  }

  /** Creates topics as a client would ask for them. */
  create(...topics: Partial<CreateTopicsRequest["topics"][number]>[]) {
    return this.decide(createTopics(this.context, createRequest(topics)));
  }

  /** `leader/isr/elr` of a partition. */
  partition(topic: string, partition = 0): string {
    const { leader, isr, elr } = this.image.topicsByName.get(topic)!.partitions[partition]!;
    return `${leader}/${isr.join()}/${elr.join()}`;
  }
}

export function createRequest(topics: Partial<CreateTopicsRequest["topics"][number]>[]): CreateTopicsRequest {
  return {
    topics: topics.map((each) => ({
      name: "t",
      numPartitions: each.assignments === undefined ? 1 : -1,
      replicationFactor: each.assignments === undefined ? 1 : -1,
      assignments: [],
      configs: [],
      ...each,
    })),
    timeoutMs: 1000,
    validateOnly: false,
  };
}

/** A manual assignment: one list of nodes a partition. */
export const on = (...partitions: NodeId[][]) =>
  partitions.map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds }));
