import { KafkaError } from "@moldau/base";
import type { DeleteRecordsPartition, DeleteRecordsReply, DeleteRecordsRequest } from "@moldau/contracts";
import { StorageError } from "@moldau/segment-store";
import type { BrokerCore } from "./broker-core";

/** Moves log starts up (rule 28): -1 means the high watermark; followers learn it with their next read. */
export function createDeleteRecords(core: BrokerCore): (request: DeleteRecordsRequest) => Promise<DeleteRecordsReply> {
  return async (request) => {
    await core.partitions.whenReady(request.partitions);
    return { partitions: await Promise.all(request.partitions.map((asked) => deleteOne(core, asked))) };
  };
}

async function deleteOne(core: BrokerCore, asked: DeleteRecordsPartition) {
  const { topicId, partition } = asked;
  const answer = (errorCode: number, lowWatermark = -1) => ({ topicId, partition, errorCode, lowWatermark });
  const hosted = core.partitions.get(topicId, partition);
  if (!hosted) return answer(core.partitions.absence(asked));
  const { replica, log, settings } = hosted;
  const error = replica.checkLeader(-1);
  if (error !== KafkaError.NONE) return answer(error);
  if (!settings.deletes) return answer(KafkaError.POLICY_VIOLATION);
  const offset = asked.offset === -1 ? replica.highWatermark : asked.offset;
  if (offset < 0 || offset > replica.highWatermark) return answer(KafkaError.OFFSET_OUT_OF_RANGE);
  try {
    await log.advanceLogStartOffset(offset);
  } catch (failure) {
    if (!(failure instanceof StorageError)) throw failure;
    return answer(failure.code);
  }
  replica.onLogStartOffset(log.logStartOffset);
  hosted.settle();
  return answer(KafkaError.NONE, replica.logStartOffset);
}
