import { KafkaError } from "@moldau/base";
import type { ActiveProducer, Admin, TransactionDescription } from "../api";
import { calls } from "../calls";
import { check, isClientError, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName, type TopicPartition } from "../topic-partition";
import { byLeader } from "./list-offsets";

type ListedTransaction = Awaited<ReturnType<Admin["listTransactions"]>>[number];

/** ListTransactions v1 (KIP-994) filters by duration. */
const DURATION_SINCE_VERSION = 1;
/** KIP-1152. */
const PATTERN_SINCE_VERSION = 2;
/** How long the transaction may take that InitProducerId would begin; it never does. */
const FENCING_TIMEOUT_MS = 60_000;

/** Transactions live with their coordinators and nobody knows all of them: every node is asked. Source: KIP-664. */
export function listTransactions(
  cluster: Cluster,
  {
    states = [],
    producerIds = [],
    runningLongerThanMs = -1,
    transactionalIdPattern,
  }: NonNullable<Parameters<Admin["listTransactions"]>[0]> = {},
): Promise<ListedTransaction[]> {
  return cluster.retry(async () => {
    await cluster.metadata([]);
    const lists = await Promise.all(
      cluster.nodes().map(async ({ nodeId }) => {
        const call = {
          ...calls.listTransactions,
          min: transactionalIdPattern === undefined ? 0 : PATTERN_SINCE_VERSION,
        };
        const answer = await cluster.call(nodeId, call, (version) => ({
          stateFilters: [...states],
          producerIdFilters: [...producerIds],
          ...(version >= DURATION_SINCE_VERSION ? { durationFilter: runningLongerThanMs } : {}),
          ...(version >= PATTERN_SINCE_VERSION ? { transactionalIdPattern: transactionalIdPattern ?? null } : {}),
        }));
        check(`transactions of node ${nodeId}`, answer.errorCode);
        if (answer.unknownStateFilters.length > 0) {
          throw refused(`transactions in state ${answer.unknownStateFilters.join(", ")}`, KafkaError.INVALID_REQUEST);
        }
        return answer.transactionStates.map(({ transactionalId, producerId, transactionState }): ListedTransaction => ({
          transactionalId,
          producerId,
          state: transactionState,
          coordinator: nodeId,
        }));
      }),
    );
    // A node that answers for others (a gateway) names a transaction that another one names as well.
    const byId = new Map(lists.flat().map((transaction) => [transaction.transactionalId, transaction]));
    return [...byId.values()].sort((a, b) => (a.transactionalId < b.transactionalId ? -1 : 1));
  });
}

export function describeTransactions(cluster: Cluster, ids: readonly string[]): Promise<TransactionDescription[]> {
  return Promise.all(
    ids.map((transactionalId) =>
      cluster.withCoordinator(
        transactionalId,
        async (ask) => {
          const answer = await ask(calls.describeTransactions, { transactionalIds: [transactionalId] });
          const found = answer.transactionStates.find((candidate) => candidate.transactionalId === transactionalId);
          const what = `transaction ${transactionalId}`;
          if (found === undefined) throw refused(what, KafkaError.UNKNOWN_SERVER_ERROR);
          check(what, found.errorCode);
          return {
            transactionalId,
            coordinator: (await cluster.coordinator(transactionalId, "transaction")).nodeId,
            state: found.transactionState,
            producerId: found.producerId,
            producerEpoch: found.producerEpoch,
            timeoutMs: found.transactionTimeoutMs,
            startedAtMs: found.transactionStartTimeMs,
            partitions: found.topics.flatMap(({ topic, partitions }) =>
              partitions.map((partition) => ({ topic, partition })),
            ),
          };
        },
        { of: "transaction" },
      ),
    ),
  );
}

/** The leaders know; partitions that failed for a passing reason are asked again. */
export async function describeProducers(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  { brokerId }: { brokerId?: number } = {},
): Promise<ActiveProducer[]> {
  const found = new Map<string, ActiveProducer[]>();
  await cluster.retry(
    async (number) => {
      const left = partitions.filter((at) => !found.has(partitionName(at)));
      if (left.length === 0) return;
      const topics = [...new Set(left.map(({ topic }) => topic))];
      if (number > 0 || topics.some((topic) => cluster.topic(topic) === undefined)) await cluster.metadata(topics);
      const outcomes = await Promise.allSettled(
        [...(brokerId === undefined ? byLeader(cluster, left) : [[brokerId, left] as const])].map(
          async ([nodeId, mine]) => {
            const answer = await cluster.call(nodeId, calls.describeProducers, {
              topics: [...groupBy(mine, ({ topic }) => topic)].map(([name, list]) => ({
                name,
                partitionIndexes: list.map(({ partition }) => partition),
              })),
            });
            for (const { name, partitions: answers } of answer.topics) {
              for (const { partitionIndex, errorCode, errorMessage, activeProducers } of answers) {
                const at = { topic: name, partition: partitionIndex };
                check(`producers of ${partitionName(at)}`, errorCode, errorMessage);
                found.set(
                  partitionName(at),
                  activeProducers.map(({ lastTimestamp, currentTxnStartOffset, ...producer }) => ({
                    ...at,
                    producerId: producer.producerId,
                    producerEpoch: producer.producerEpoch,
                    lastSequence: producer.lastSequence,
                    lastTimestampMs: lastTimestamp,
                    coordinatorEpoch: producer.coordinatorEpoch,
                    transactionStartOffset: currentTxnStartOffset,
                  })),
                );
              }
            }
          },
        ),
      );
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    },
    {
      again: (error, number) => error.retriable && (error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION || number < 3),
    },
  );
  return partitions.flatMap((at) => found.get(partitionName(at)) ?? []);
}

/** InitProducerId as a successor of the producer would send it. While its transaction is being aborted it is asked again. */
export function fenceProducer(cluster: Cluster, transactionalId: string): ReturnType<Admin["fenceProducer"]> {
  return cluster.withCoordinator(
    transactionalId,
    async (ask) => {
      const answer = await ask(calls.initProducerId, {
        transactionalId,
        transactionTimeoutMs: FENCING_TIMEOUT_MS,
        producerId: -1,
        producerEpoch: -1,
      });
      check(`fence the producer of ${transactionalId}`, answer.errorCode);
      return { producerId: answer.producerId, producerEpoch: answer.producerEpoch };
    },
    {
      of: "transaction",
      again: (error) => error.retriable || isClientError(error, KafkaError.CONCURRENT_TRANSACTIONS),
    },
  );
}

/** Asks the partition's leader, which alone writes there. */
export async function abortTransaction(
  cluster: Cluster,
  { topic, partition, producerId, producerEpoch, coordinatorEpoch }: Parameters<Admin["abortTransaction"]>[0],
): Promise<void> {
  await cluster.retry(
    async (number) => {
      if (number > 0 || cluster.topic(topic) === undefined) await cluster.metadata([topic]);
      for (const nodeId of byLeader(cluster, [{ topic, partition }]).keys()) {
        const answer = await cluster.call(nodeId, calls.writeTxnMarkers, {
          markers: [
            {
              producerId,
              producerEpoch,
              transactionResult: false,
              topics: [{ name: topic, partitionIndexes: [partition] }],
              coordinatorEpoch,
            },
          ],
        });
        const [result] = answer.markers[0]?.topics[0]?.partitions ?? [];
        check(
          `abort the transaction of producer ${producerId} in ${partitionName({ topic, partition })}`,
          result?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR,
        );
      }
    },
    {
      again: (error, number) => error.retriable && (error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION || number < 3),
    },
  );
}
