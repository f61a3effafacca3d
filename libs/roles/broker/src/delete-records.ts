import { KafkaError } from "@moldau/base";
import type { DeleteRecordsPartition, DeleteRecordsReply, DeleteRecordsRequest } from "@moldau/contracts";
import { StorageError } from "@moldau/segment-store";
import type { BrokerCore } from "./broker-core";

/**
 * Moves log starts up (rule 28): -1 means the high watermark. Answers when the in-sync followers, which learn it with their
 * reads, have done the same.
 */
export function createDeleteRecords(core: BrokerCore): (request: DeleteRecordsRequest) => Promise<DeleteRecordsReply> {
  return async (request) => {
    await core.partitions.whenReady(request.partitions);
    return {
      partitions: await Promise.all(request.partitions.map((asked) => deleteOne(core, asked, request.timeoutMs))),
    };
  };
}

async function deleteOne(core: BrokerCore, asked: DeleteRecordsPartition, timeoutMs: number) {
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
  if (replica.lowWatermark >= offset) return answer(KafkaError.NONE, replica.lowWatermark);
  return new Promise<ReturnType<typeof answer>>((resolve) => {
    const timer = core.timers.after(timeoutMs, () => {
      cancel();
      resolve(answer(KafkaError.REQUEST_TIMED_OUT));
    });
    const cancel = hosted.onLowWatermark(offset, (error) => {
      timer.cancel();
      resolve(answer(error, error === KafkaError.NONE ? replica.lowWatermark : -1));
    });
  });
}
