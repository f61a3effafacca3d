import { KafkaError } from "@moldau/base";
import type { EpochEndsReply, EpochEndsRequest } from "@moldau/contracts";
import type { BrokerCore } from "./broker-core";

/** OffsetForLeaderEpoch: the end of the largest epoch that is not above the one asked (rule 20). */
export function createEpochEnds(core: BrokerCore): (request: EpochEndsRequest) => Promise<EpochEndsReply> {
  return async (request) => {
    await core.partitions.whenReady(request.partitions);
    return {
      partitions: request.partitions.map((asked) => {
        const { topicId, partition } = asked;
        const none = { topicId, partition, leaderEpoch: -1, endOffset: -1 };
        const hosted = core.partitions.get(topicId, partition);
        if (!hosted) return { ...none, errorCode: core.partitions.absence(asked) };
        const errorCode = hosted.replica.checkLeader(asked.currentLeaderEpoch);
        if (errorCode !== KafkaError.NONE) return { ...none, errorCode };
        const { epoch, endOffset } = hosted.log.endOffsetForEpoch(asked.leaderEpoch);
        return { topicId, partition, errorCode, leaderEpoch: epoch, endOffset };
      }),
    };
  };
}
