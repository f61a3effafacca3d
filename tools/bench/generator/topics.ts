import { KafkaError } from "@moldau/base";
import {
  ApiKey,
  type Reader,
  readCreateTopicsResponse,
  readDeleteTopicsResponse,
  readListOffsetsResponse,
  readMetadataResponse,
  type Writer,
  writeCreateTopicsRequest,
  writeDeleteTopicsRequest,
  writeListOffsetsRequest,
  writeMetadataRequest,
} from "@moldau/protocol";
import { WireConnection } from "./connection";
import { frameOf, readerOf } from "./requests";

/** Where a topic's partitions are written and read. */
export interface Topic {
  name: string;
  /** Partitions of each address, ascending. */
  leaders: Map<string, number[]>;
  partitions: number;
}

export interface TopicPlan {
  name: string;
  partitions: number;
  replicationFactor: number;
  configs?: Record<string, string>;
}

/** One question and its answer on a connection of its own. */
export function askOnce<S>(
  address: string,
  apiKey: number,
  version: number,
  write: (writer: Writer) => void,
  read: (reader: Reader) => S,
): Promise<S> {
  return new Promise((resolve, reject) => {
    WireConnection.open(address, reject).then((connection) => {
      connection.request(frameOf(apiKey, version, write), (answer) => {
        try {
          resolve(read(readerOf(Buffer.from(answer), apiKey, version)));
        } catch (error) {
          reject(error as Error);
        } finally {
          connection.close();
        }
      });
    }, reject);
  });
}

/** The error that creating it answers with. */
export async function createTopic(bootstrap: string, plan: TopicPlan): Promise<number> {
  const configs = Object.entries(plan.configs ?? {}).map(([name, value]) => ({ name, value }));
  const topic = { name: plan.name, numPartitions: plan.partitions, replicationFactor: plan.replicationFactor, configs };
  const created = await askOnce(
    bootstrap,
    ApiKey.CreateTopics,
    5,
    (writer) => writeCreateTopicsRequest(writer, { topics: [topic], timeoutMs: 60_000 }, 5),
    (reader) => readCreateTopicsResponse(reader, 5),
  );
  return created.topics[0]!.errorCode;
}

/** The cluster as the broker there knows it, with these topics. */
function metadataOf(address: string, names: readonly string[]) {
  const topics = names.map((name) => ({ name }));
  return askOnce(
    address,
    ApiKey.Metadata,
    9,
    (writer) => writeMetadataRequest(writer, { topics, allowAutoTopicCreation: false }, 9),
    (reader) => readMetadataResponse(reader, 9),
  );
}

/** How many brokers the one there knows, itself among them. */
export async function countBrokers(bootstrap: string): Promise<number> {
  return (await metadataOf(bootstrap, [])).brokers.length;
}

/** Where the partitions are led; undefined while one of them is not there, or led by nobody. */
export async function findTopic(bootstrap: string, name: string, partitions: number): Promise<Topic | undefined> {
  const metadata = await metadataOf(bootstrap, [name]);
  const found = metadata.topics[0]?.partitions ?? [];
  if (found.length !== partitions || !found.every(({ leaderId }) => leaderId >= 0)) return undefined;
  const doors = new Map(metadata.brokers.map(({ nodeId, host, port }) => [nodeId, `${host}:${port}`]));
  const leaders = new Map<string, number[]>();
  for (const { partitionIndex, leaderId } of found.sort((a, b) => a.partitionIndex - b.partitionIndex)) {
    const door = doors.get(leaderId);
    if (door === undefined) return undefined;
    leaders.set(door, [...(leaders.get(door) ?? []), partitionIndex]);
  }
  return { name, leaders, partitions };
}

/** Whether each leader serves its partitions: metadata may be ahead of it. */
async function isServed(topic: Topic): Promise<boolean> {
  for (const [address, indexes] of topic.leaders) {
    const partitions = indexes.map((partitionIndex) => ({ partitionIndex, timestamp: -1 }));
    const message = { replicaId: -1, isolationLevel: 0, topics: [{ name: topic.name, partitions }] };
    const answered = await askOnce(
      address,
      ApiKey.ListOffsets,
      5,
      (writer) => writeListOffsetsRequest(writer, message, 5),
      (reader) => readListOffsetsResponse(reader, 5),
    );
    if (answered.topics[0]!.partitions.some(({ errorCode }) => errorCode !== KafkaError.NONE)) return false;
  }
  return true;
}

const waitMs = 50;
const readyTimeoutMs = 120_000;

/** Creates it and waits until each of its partitions is served. */
export async function makeTopic(bootstrap: string, plan: TopicPlan): Promise<Topic> {
  const code = await createTopic(bootstrap, plan);
  if (code !== KafkaError.NONE) throw new Error(`topic ${plan.name} was not created: error ${code}`);
  for (const deadline = performance.now() + readyTimeoutMs; performance.now() < deadline;) {
    const topic = await findTopic(bootstrap, plan.name, plan.partitions);
    if (topic !== undefined && (await isServed(topic))) return topic;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  throw new Error(`topic ${plan.name} was not served after ${readyTimeoutMs / 1000} s`);
}

export async function deleteTopic(bootstrap: string, name: string): Promise<void> {
  const deleted = await askOnce(
    bootstrap,
    ApiKey.DeleteTopics,
    4,
    (writer) => writeDeleteTopicsRequest(writer, { topicNames: [name], timeoutMs: 60_000 }, 4),
    (reader) => readDeleteTopicsResponse(reader, 4),
  );
  const { errorCode } = deleted.responses[0]!;
  if (errorCode !== KafkaError.NONE) throw new Error(`topic ${name} was not deleted: error ${errorCode}`);
}
