import { KafkaError } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import { ApiKey, Reader, readCreateTopicsResponse, Writer, writeCreateTopicsRequest } from "@moldau/protocol";
import type { Call } from "./call";
import type { Gateway } from "./gateway";

const createVersion = 7;
const timeoutMs = 5_000;

interface WantedTopic {
  name: string;
  numPartitions: number;
  replicationFactor: number;
  configs: readonly [string, string][];
}

/** In whose name a topic is created: it counts against his quota. */
type Creator = Pick<Call, "user" | "clientId">;

const itself: Creator = { user: "ANONYMOUS", clientId: "moldau-gateway" };

/** Creations under way, so that a crowd of clients asks the controller once. */
const underWay = new WeakMap<Gateway, Map<string, Promise<number>>>();

/**
 * Creates a topic through the controller unless it is being created already. Resolves with Kafka's error code;
 * TOPIC_ALREADY_EXISTS is as good as success.
 */
export function createTopicOnce(gateway: Gateway, topic: WantedTopic, wantedBy: Creator = itself): Promise<number> {
  let creations = underWay.get(gateway);
  if (!creations) underWay.set(gateway, (creations = new Map()));
  let creation = creations.get(topic.name);
  if (!creation) {
    creation = create(gateway, topic, wantedBy).finally(() => creations.delete(topic.name));
    creations.set(topic.name, creation);
  }
  return creation;
}

async function create(gateway: Gateway, topic: WantedTopic, wantedBy: Creator): Promise<number> {
  const writer = new Writer();
  writeCreateTopicsRequest(
    writer,
    {
      topics: [
        {
          name: topic.name,
          numPartitions: topic.numPartitions,
          replicationFactor: topic.replicationFactor,
          configs: topic.configs.map(([name, value]) => ({ name, value })),
        },
      ],
      timeoutMs,
    },
    createVersion,
  );
  const { context } = gateway;
  try {
    const reply = await context.peers.controller().handle(
      {
        apiKey: ApiKey.CreateTopics,
        apiVersion: createVersion,
        clientId: wantedBy.clientId ?? "",
        principal: `User:${wantedBy.user}`,
        clientHost: "",
        listener: "",
        body: writer.toBytes(),
        targetNodeId: -1,
      },
      { traceparent: "", deadlineMs: timeoutMs, callerNodeId: context.nodeId },
    );
    if (reply.errorCode) return reply.errorCode;
    if (reply.metadataOffset !== undefined)
      await context.observer.waitFor(reply.metadataOffset, timeoutMs).catch(() => undefined);
    const created = readCreateTopicsResponse(new Reader(reply.body), createVersion).topics[0];
    if (created && created.errorCode !== 0 && created.errorCode !== KafkaError.TOPIC_ALREADY_EXISTS) {
      context.telemetry.log.warn({ topic: topic.name, error: created.errorMessage }, "topic was not created");
    }
    return created?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR;
  } catch (error) {
    context.telemetry.log.warn(
      { err: error, topic: topic.name },
      "topic was not created: the controller did not answer",
    );
    return KafkaError.NOT_CONTROLLER;
  }
}

/** Creates the topic whose partitions are coordinator shards, with Kafka's settings for it. */
export function ensureShardTopic(gateway: Gateway, name: string): Promise<number> {
  const { config } = gateway;
  const prefix = name === GROUP_METADATA_TOPIC ? "offsets.topic" : "transaction.state.log";
  return createTopicOnce(gateway, {
    name,
    numPartitions: config.number(`${prefix}.num.partitions`),
    replicationFactor: config.number(`${prefix}.replication.factor`),
    configs: [
      ["cleanup.policy", "compact"],
      ["compression.type", "producer"],
      ["segment.bytes", String(config.number(`${prefix}.segment.bytes`))],
    ],
  });
}
