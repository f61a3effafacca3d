import { KafkaError } from "@moldau/base";
import type { OffsetsPartition, OffsetsReply, OffsetsRequest, OffsetsResult } from "@moldau/contracts";
import type { ReaderKind } from "@moldau/partition";
import { StorageError } from "@moldau/segment-store";
import type { BrokerCore } from "./broker-core";

/** Kafka's words for an offset. -5 (tiered storage) has no answer here: nothing is tiered. */
const LATEST = -1;
const EARLIEST = -2;
const MAX_TIMESTAMP = -3;
const EARLIEST_LOCAL = -4;

/** Offsets by time, or by Kafka's words for an offset (rule 27). No match is offset -1 without an error. */
export function createListOffsets(core: BrokerCore): (request: OffsetsRequest) => Promise<OffsetsReply> {
  return async (request) => {
    await core.partitions.whenReady(request.partitions);
    return { partitions: await Promise.all(request.partitions.map((asked) => listOne(core, request, asked))) };
  };
}

async function listOne(core: BrokerCore, request: OffsetsRequest, asked: OffsetsPartition): Promise<OffsetsResult> {
  const { topicId, partition, timestamp } = asked;
  const answer = (errorCode: number, found?: { timestamp?: number; offset: number; leaderEpoch?: number }) => ({
    topicId,
    partition,
    errorCode,
    timestamp: found?.timestamp ?? -1,
    offset: found?.offset ?? -1,
    leaderEpoch: found?.leaderEpoch ?? -1,
  });
  const hosted = core.partitions.get(topicId, partition);
  if (!hosted) return answer(core.partitions.absence(asked));
  const { replica, log } = hosted;
  const error = replica.checkLeader(asked.currentLeaderEpoch);
  if (error !== KafkaError.NONE) return answer(error);
  const reader: ReaderKind =
    request.replicaId !== -1 ? "log-end" : request.isolationLevel === 1 ? "committed" : "uncommitted";
  const latest = replica.latestOffset(reader);
  try {
    if (timestamp === EARLIEST || timestamp === EARLIEST_LOCAL) {
      const offset = replica.logStartOffset;
      return answer(KafkaError.NONE, { offset, leaderEpoch: log.epochForOffset(offset) });
    }
    if (timestamp === LATEST) {
      if (latest.error !== KafkaError.NONE) return answer(latest.error);
      return answer(KafkaError.NONE, { offset: latest.offset, leaderEpoch: log.leaderEpochs.latest()?.epoch });
    }
    const found =
      timestamp === MAX_TIMESTAMP
        ? await log.maxTimestampOffset()
        : timestamp >= 0
          ? await log.offsetForTimestamp(timestamp)
          : undefined;
    if (found && found.offset < replica.readable(reader)) return answer(KafkaError.NONE, found);
    // What lies above may be the answer, once it is known to be committed.
    return answer(timestamp >= 0 ? latest.error : KafkaError.NONE);
  } catch (failure) {
    if (!(failure instanceof StorageError)) throw failure;
    // It lies in another directory now.
    if (hosted.isMoving || hosted.log !== log) return hosted.whenIdle().then(() => listOne(core, request, asked));
    return answer(failure.code);
  }
}
