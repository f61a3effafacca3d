import { KafkaError } from "@moldau/base";
import type { PartitionOutcome } from "../api";
import { isClientError, type KafkaClientError, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName, type TopicPartition } from "../topic-partition";

/** What a leader said of one partition. */
export interface Refusal extends TopicPartition {
  errorCode: number;
}

/** A topic that a node says it does not know is asked for so often: the node may not have heard of it yet. */
const UNKNOWN_TOPIC_ATTEMPTS = 2;
/** A partition that nobody leads for so many attempts is told as that: it may be so for days. */
const NO_LEADER_ATTEMPTS = 5;

/**
 * Asks the leader of every partition, all leaders at a time, and tells what became of each, in the order of `items`.
 * What failed for a passing reason is asked again; the others are answered meanwhile. Rejects only where no node answers at all.
 */
export async function atLeaders<T extends TopicPartition, R extends object>(
  cluster: Cluster,
  items: readonly T[],
  work: {
    /** "delete records of": stands before a partition's name in its error. */
    what: string;
    /** What stands beside an error. */
    failed: R;
    ask(nodeId: number, mine: readonly T[]): Promise<(Refusal & R)[]>;
  },
): Promise<(PartitionOutcome & R)[]> {
  const outcomes = new Map<string, PartitionOutcome & R>();
  const fail = ({ topic, partition }: TopicPartition, error: KafkaClientError): void => {
    outcomes.set(partitionName({ topic, partition }), { topic, partition, error, ...work.failed });
  };
  let left = [...items];
  const attempt = async (number: number): Promise<void> => {
    let again: KafkaClientError | undefined;
    const topics = [...new Set(left.map(({ topic }) => topic))];
    if (number > 0 || topics.some((topic) => cluster.topic(topic) === undefined)) await cluster.metadata(topics);
    const settle = (at: TopicPartition, error: KafkaClientError): void => {
      fail(at, error);
      if (worthAgain(error, number)) again = error;
    };
    const led = left.filter((at) => {
      const info = cluster.topic(at.topic)?.partitions[at.partition];
      const code = info === undefined ? KafkaError.UNKNOWN_TOPIC_OR_PARTITION : KafkaError.LEADER_NOT_AVAILABLE;
      if (info !== undefined && info.leader >= 0) return true;
      settle(at, refused(`${work.what} ${partitionName(at)}`, code));
      return false;
    });
    const byNode = groupBy(led, ({ topic, partition }) => cluster.topic(topic)!.partitions[partition]!.leader);
    await Promise.all(
      [...byNode].map(async ([nodeId, mine]) => {
        try {
          for (const { errorCode, ...answer } of await work.ask(nodeId, mine)) {
            const error = errorCode === 0 ? null : refused(`${work.what} ${partitionName(answer)}`, errorCode);
            const result: Refusal & R = { errorCode, ...(answer as unknown as TopicPartition & R) };
            outcomes.set(partitionName(answer), { ...withoutCode(result), error });
            if (error !== null) settle(answer, error);
          }
        } catch (error) {
          if (!isClientError(error)) throw error;
          for (const at of mine) settle(at, error);
        }
      }),
    );
    left = left.filter((at) => {
      const error = outcomes.get(partitionName(at))?.error;
      return error && worthAgain(error as KafkaClientError, number);
    });
    if (again !== undefined && left.length > 0) throw again;
  };
  if (items.length > 0) {
    await cluster.retry(attempt).catch((error: unknown) => {
      // What is told of each partition already needs no second telling.
      if (items.some((at) => !outcomes.has(partitionName(at)))) throw error;
    });
  }
  return items.map((at) => outcomes.get(partitionName(at))!);
}

function worthAgain(error: KafkaClientError, number: number): boolean {
  if (error.code === KafkaError.UNKNOWN_TOPIC_OR_PARTITION) return number + 1 < UNKNOWN_TOPIC_ATTEMPTS;
  if (error.code === KafkaError.LEADER_NOT_AVAILABLE) return number + 1 < NO_LEADER_ATTEMPTS;
  return error.retriable;
}

function withoutCode<R extends object>({ errorCode: _, ...rest }: Refusal & R): TopicPartition & R {
  return rest as unknown as TopicPartition & R;
}
