import { KafkaError } from "@moldau/base";
import type { Admin, BrokerLogDirs } from "../api";
import { calls } from "../calls";
import { check, isClientError, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName } from "../topic-partition";

/** What a volume holds where the broker is too old to say. */
const UNKNOWN_BYTES = -1;
/** The first version that tells how large a volume is (KIP-827). */
const VOLUME_SINCE_VERSION = 4;

/** Each broker tells of its own directories. Source: KIP-113, KIP-827. */
export function describeLogDirs(cluster: Cluster, brokerIds?: readonly number[]): Promise<BrokerLogDirs[]> {
  return cluster.retry(async () => {
    await cluster.metadata([]);
    const asked = brokerIds ?? cluster.nodes().map(({ nodeId }) => nodeId);
    return Promise.all(
      asked.map(async (brokerId): Promise<BrokerLogDirs> => {
        let asVersion = 0;
        const answer = await cluster.call(brokerId, calls.describeLogDirs, (version) => {
          asVersion = version;
          return { topics: null };
        });
        check(`log directories of broker ${brokerId}`, answer.errorCode);
        return {
          brokerId,
          dirs: answer.results.map(({ logDir, errorCode, totalBytes, usableBytes, topics }) => ({
            path: logDir,
            error: errorCode === 0 ? null : refused(`log directory ${logDir} of broker ${brokerId}`, errorCode),
            totalBytes: asVersion >= VOLUME_SINCE_VERSION ? totalBytes : UNKNOWN_BYTES,
            usableBytes: asVersion >= VOLUME_SINCE_VERSION ? usableBytes : UNKNOWN_BYTES,
            replicas: topics.flatMap(({ name, partitions }) =>
              partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => ({
                topic: name,
                partition: partitionIndex,
                bytes: partitionSize,
                offsetLag,
                isFuture: isFutureKey,
              })),
            ),
          })),
        };
      }),
    );
  });
}

/** Each broker is asked for its own replicas; one that cannot be asked fails all of its moves. Source: KIP-113. */
export async function alterReplicaLogDirs(
  cluster: Cluster,
  moves: Parameters<Admin["alterReplicaLogDirs"]>[0],
): ReturnType<Admin["alterReplicaLogDirs"]> {
  const told = await Promise.all(
    [...groupBy(moves, ({ brokerId }) => brokerId)].map(async ([brokerId, mine]) => {
      const what = (topic: string, partition: number): string =>
        `move ${partitionName({ topic, partition })} on broker ${brokerId}`;
      try {
        const { results } = await cluster.retry(() =>
          cluster.call(brokerId, calls.alterReplicaLogDirs, {
            dirs: [...groupBy(mine, ({ path }) => path)].map(([path, list]) => ({
              path,
              topics: [...groupBy(list, ({ topic }) => topic)].map(([name, of]) => ({
                name,
                partitions: of.map(({ partition }) => partition),
              })),
            })),
          }),
        );
        const codes = new Map(
          results.flatMap(({ topicName, partitions }) =>
            partitions.map(({ partitionIndex, errorCode }) => [`${topicName}-${partitionIndex}`, errorCode]),
          ),
        );
        return mine.map(({ topic, partition }) => {
          const code = codes.get(partitionName({ topic, partition })) ?? KafkaError.UNKNOWN_SERVER_ERROR;
          return { topic, partition, brokerId, error: code === 0 ? null : refused(what(topic, partition), code) };
        });
      } catch (error) {
        if (!isClientError(error)) throw error;
        return mine.map(({ topic, partition }) => ({ topic, partition, brokerId, error }));
      }
    }),
  );
  return told.flat();
}
