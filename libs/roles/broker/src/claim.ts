import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { ClaimReply, ClaimRequest } from "@moldau/contracts";
import { buildControlBatch, readBatchHeader } from "@moldau/record-batch";
import { appendBatch, leaderHint } from "./append";
import type { BrokerCore } from "./broker-core";

/** How long the in-sync replicas may take over the marker; the claimer tries again. */
const MARKER_TIMEOUT_MS = 5_000;

/**
 * A new owner of a coordinator shard fences the older ones and learns how far to replay: a marker is appended to the
 * partition, replicated like any batch, and from the claim on appends of lower owner epochs are refused.
 */
export function createClaim(core: BrokerCore): (request: ClaimRequest) => Promise<ClaimReply> {
  return async (request) => {
    await core.partitions.whenReady([request]);
    const answer = (errorCode: KafkaErrorCode, markerOffset = -1): ClaimReply => {
      const hosted = core.partitions.get(request.topicId, request.partition);
      return {
        errorCode,
        markerOffset,
        logStartOffset: hosted?.replica.logStartOffset ?? -1,
        leaderEpoch: hosted?.replica.leaderEpoch ?? -1,
        currentLeaderId: leaderHint(core, request).currentLeaderId,
      };
    };
    const hosted = core.partitions.get(request.topicId, request.partition);
    if (!hosted) return answer(core.partitions.absence(request));
    if (hosted.isBusy) return answer(KafkaError.NOT_LEADER_OR_FOLLOWER);
    const { replica } = hosted;
    const notLeader = replica.checkLeader(-1);
    if (notLeader !== KafkaError.NONE) return answer(notLeader);
    const fenced = replica.claim(request.ownerEpoch);
    if (fenced !== KafkaError.NONE) return answer(fenced);

    const nowMs = core.clock.nowMs();
    const { ownerId, ownerEpoch } = request;
    const records = buildControlBatch({ marker: { kind: "claim", ownerId, ownerEpoch }, timestamp: nowMs });
    return new Promise((resolve) => {
      const timer = core.timers.after(MARKER_TIMEOUT_MS, () => {
        cancel?.();
        resolve(answer(KafkaError.REQUEST_TIMED_OUT));
      });
      const cancel = appendBatch(
        core,
        hosted,
        {
          records,
          header: readBatchHeader(records, 0),
          leaderEpoch: -1,
          ownerEpoch,
          terms: { acks: -1, internal: true, produceVersion: undefined, transactionalId: "", nowMs },
        },
        ({ error, baseOffset }) => {
          timer.cancel();
          resolve(answer(error, baseOffset));
        },
      );
    });
  };
}
