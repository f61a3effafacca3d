import { KafkaError } from "@moldau/base";
import type { DescribeLogDirsReply, DescribeLogDirsRequest, LogDir, LogDirReplica } from "@moldau/contracts";
import type { BrokerCore } from "./broker-core";

/** The log directories with their sizes, and the replicas in them or on their way there (KIP-113, KIP-827). */
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
    const ofDirectory = (path: string): LogDirReplica[] | undefined => {
      const dir = byPath.get(path);
      return dir?.errorCode === KafkaError.NONE ? dir.replicas : undefined;
    };
    await noneIsSwapped(core);
    for (const { topicId, topic, partition, log, replica } of core.partitions.all()) {
      if (wanted && !wanted.has(topicId)) continue;
      ofDirectory(log.directory)?.push({
        topicId,
        topicName: topic,
        partition,
        sizeBytes: log.sizeBytes,
        offsetLag: Math.max(0, replica.isLeader ? 0 : replica.highWatermark - replica.logEndOffset),
        isFuture: false,
      });
    }
    for (const copy of core.store.futureLogs()) {
      const { topicId, topic, partition } = copy;
      if (topicId === undefined || (wanted && !wanted.has(topicId))) continue;
      const log = core.partitions.get(topicId, partition)?.log;
      ofDirectory(copy.directory)?.push({
        topicId,
        topicName: topic,
        partition,
        sizeBytes: copy.sizeBytes,
        offsetLag: log ? log.logEndOffset - copy.logEndOffset : -1,
        isFuture: true,
      });
    }
    return { dirs };
  };
}

/** While a copy takes the place of its log there is neither: what one would be told then looks like a move that was called off. */
async function noneIsSwapped(core: BrokerCore): Promise<void> {
  for (;;) {
    const swapped = [...core.partitions.all()].find(({ isMoving }) => isMoving);
    if (swapped === undefined) return;
    await swapped.whenIdle();
  }
}
