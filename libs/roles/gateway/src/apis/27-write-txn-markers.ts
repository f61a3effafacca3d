/**
 * WriteTxnMarkers, versions 1–2: ends transactions by hand, as `kafka-transactions.sh abort` does with a hanging one. The
 * partition's leader writes the marker, in partitions of `__consumer_offsets` the owner of the shard.
 * KIPs: 98, 664; v2 names the transaction version.
 */
import { KafkaError, type KafkaErrorCode, type NodeId } from "@moldau/base";
import type { TransactionMarker } from "@moldau/contracts";
import { GROUP_METADATA_TOPIC, type MetadataImage } from "@moldau/metadata";
import { readWriteTxnMarkersRequest, writeWriteTxnMarkersResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import { callContext, deadlineFor, troubleOf } from "../forward";
import type { Gateway } from "../gateway";
import { groupByNode, routeToLeader } from "../routes";

const timeoutMs = 30_000;

interface Errand {
  readonly topic: string;
  readonly partition: number;
  readonly topicId: string;
  readonly marker: Omit<TransactionMarker, "partitions">;
  readonly nodeId: NodeId;
  errorCode: number;
}

export async function writeTxnMarkers(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readWriteTxnMarkersRequest);
  const errands = request.markers.map(({ topics, transactionResult, ...rest }) =>
    topics.flatMap(({ name: topic, partitionIndexes }) =>
      partitionIndexes.map((partition): Errand => {
        const marker = { ...rest, commit: transactionResult };
        return { topic, partition, marker, ...writerOf(gateway.image, topic, partition) };
      }),
    ),
  );
  const routed = errands.flat().filter(({ errorCode }) => errorCode === KafkaError.NONE);
  const isGroups = ({ topic }: Errand): boolean => topic === GROUP_METADATA_TOPIC;
  await Promise.all([
    ...[...groupByNode(routed.filter(isGroups), ({ nodeId }) => nodeId)].map(([nodeId, items]) =>
      write(call, gateway, items, `coordinator ${nodeId}`, gateway.context.peers.coordinator(nodeId)),
    ),
    ...[
      ...groupByNode(
        routed.filter((item) => !isGroups(item)),
        ({ nodeId }) => nodeId,
      ),
    ].map(([nodeId, items]) => write(call, gateway, items, `broker ${nodeId}`, gateway.context.peers.broker(nodeId))),
  ]);
  return answer(call, writeWriteTxnMarkersResponse, {
    markers: request.markers.map(({ producerId, topics }, at) => ({
      producerId,
      topics: topics.map(({ name }) => ({
        name,
        partitions: errands[at]!.filter(({ topic }) => topic === name).map(({ partition, errorCode }) => ({
          partitionIndex: partition,
          errorCode,
        })),
      })),
    })),
  });
}

function writerOf(
  image: MetadataImage,
  topic: string,
  partition: number,
): { topicId: string; nodeId: NodeId; errorCode: KafkaErrorCode } {
  const route = routeToLeader(image, { name: topic }, partition);
  if (route.error !== undefined) return { topicId: "", nodeId: -1, errorCode: route.error };
  const { topicId, leaderId } = route;
  if (topic !== GROUP_METADATA_TOPIC) return { topicId, nodeId: leaderId, errorCode: KafkaError.NONE };
  const nodeId = image.shardOwner(topicId, partition)?.ownerId ?? -1;
  return { topicId, nodeId, errorCode: nodeId < 0 ? KafkaError.COORDINATOR_NOT_AVAILABLE : KafkaError.NONE };
}

type MarkerWriter = Pick<ReturnType<Gateway["context"]["peers"]["broker"]>, "writeMarkers">;

async function write(
  call: Call,
  gateway: Gateway,
  items: readonly Errand[],
  peer: string,
  writer: MarkerWriter,
): Promise<void> {
  try {
    const { markers } = await writer.writeMarkers(
      {
        timeoutMs,
        markers: items.map(({ marker, topicId, partition }) => ({ ...marker, partitions: [{ topicId, partition }] })),
      },
      callContext(call, gateway, deadlineFor(timeoutMs)),
    );
    items.forEach((item, at) => {
      item.errorCode = markers[at]?.partitions[0]?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR;
    });
  } catch (error) {
    const trouble = troubleOf(call, gateway, error, peer);
    for (const item of items) {
      item.errorCode = trouble ? KafkaError.NOT_LEADER_OR_FOLLOWER : KafkaError.UNKNOWN_SERVER_ERROR;
    }
  }
}
