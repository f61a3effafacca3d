import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { TransactionMarker, WriteMarkersReply, WriteMarkersRequest } from "@moldau/contracts";
import { GROUP_METADATA_TOPIC, type MetadataImage } from "@moldau/metadata";
import type { GroupShards } from "./group-kind";

/**
 * Ends transactions in shards of groups that this node owns. Their log has one writer: a marker that somebody else appended
 * could stand before offsets that the owner has decided and not written yet.
 */
export async function writeMarkers(
  request: WriteMarkersRequest,
  { shards, image }: { shards: GroupShards; image(): MetadataImage },
  signal: AbortSignal | undefined,
): Promise<WriteMarkersReply> {
  const groupsTopicId = image().topicsByName.get(GROUP_METADATA_TOPIC)?.id;
  const write = async (marker: TransactionMarker, topicId: string, partition: number): Promise<KafkaErrorCode> => {
    if (topicId !== groupsTopicId) return KafkaError.UNKNOWN_TOPIC_ID;
    const answer = await shards.askPartition(partition, "endTransaction", marker, signal);
    return "refused" in answer ? answer.refused : answer.reply;
  };
  const markers = await Promise.all(
    request.markers.map(async (marker) => ({
      partitions: await Promise.all(
        marker.partitions.map(async ({ topicId, partition }) => ({
          topicId,
          partition,
          errorCode: await write(marker, topicId, partition),
        })),
      ),
    })),
  );
  return { markers };
}
