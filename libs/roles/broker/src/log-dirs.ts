import { KafkaError } from "@moldau/base";
import type { DescribeLogDirsReply, DescribeLogDirsRequest, LogDir } from "@moldau/contracts";
import type { BrokerCore } from "./broker-core";

/** The log directories with their sizes and the replicas in them (KIP-113, KIP-827). */
export function createDescribeLogDirs(
  core: BrokerCore,
): (request: DescribeLogDirsRequest) => Promise<DescribeLogDirsReply> {
  return async (request) => {
    const wanted = request.topicIds.length === 0 ? undefined : new Set(request.topicIds);
    const dirs = await Promise.all(
      core.store.directories().map(async ({ path, offline }): Promise<LogDir> => {
        const none = { path, totalBytes: -1, usableBytes: -1, replicas: [] };
        if (offline) return { ...none, errorCode: KafkaError.KAFKA_STORAGE_ERROR };
        const space = await core.disk.space(path).catch(() => undefined);
        return {
          ...none,
          errorCode: KafkaError.NONE,
          totalBytes: space?.totalBytes ?? -1,
          usableBytes: space?.usableBytes ?? -1,
        };
      }),
    );
    const byPath = new Map(dirs.map((dir) => [dir.path, dir]));
    for (const { topicId, topic, partition, log, replica } of core.partitions.all()) {
      if (wanted && !wanted.has(topicId)) continue;
      byPath.get(log.directory)?.replicas.push({
        topicId,
        topicName: topic,
        partition,
        sizeBytes: log.sizeBytes,
        offsetLag: Math.max(0, replica.isLeader ? 0 : replica.highWatermark - replica.logEndOffset),
        isFuture: false,
      });
    }
    return { dirs };
  };
}
