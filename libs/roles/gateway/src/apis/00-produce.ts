/**
 * Produce, versions 3–13 (0 is advertised, as Kafka 4.1 does for old librdkafka).
 * Splits the request by partition leader and joins the answers. Refuses appends to internal topics, unknown acks, and a
 * transaction that is nobody's.
 * An append that may have reached a broker is never sent again from here: the client decides. It hears
 * NOT_LEADER_OR_FOLLOWER with the new leader where the partition has moved on, REQUEST_TIMED_OUT where it has not.
 * Quota: the bytes of the request and, where it is answered, the work.
 * KIPs: 13, 124 (quotas), 98 (idempotence), 467 (record errors), 951 (leader hints), 516 (topic ids, v13).
 */
import { KafkaError, type NodeId, ZERO_UUID } from "@moldau/base";
import type { AppendPartition, AppendResult } from "@moldau/contracts";
import { isInternalTopic } from "@moldau/metadata";
import { isTransactional, Layout } from "@moldau/record-batch";
import { readProduceRequest, writeProduceResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode, nodeEndpoints } from "../call";
import { callContext, deadlineFor, troubleOf } from "../forward";
import type { Gateway } from "../gateway";
import { groupByNode, leaderAfter, routeToLeader } from "../routes";

/** From this version on topics are named by id. */
const topicIdVersion = 13;
/** From this version on an answer names the new leader and its endpoint. */
const leaderHintVersion = 10;

interface Item {
  append: AppendPartition;
  leaderId: NodeId;
  result: AppendResult | undefined;
}

export async function produce(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readProduceRequest);
  const { image, quotas } = gateway;
  const bandwidthThrottleMs = quotas.produced(call);
  const byId = call.version >= topicIdVersion;
  const acksKnown = request.acks === -1 || request.acks === 0 || request.acks === 1;
  const isNobodys =
    request.transactionalId === null &&
    request.topicData.some(({ partitionData }) => partitionData.some(({ records }) => isOfTransaction(records)));
  const topics = request.topicData.map((topic) => ({
    name: topic.name,
    topicId: topic.topicId,
    items: topic.partitionData.map((data): Item => {
      const route = routeToLeader(image, byId ? { id: topic.topicId } : { name: topic.name }, data.index);
      const name = byId ? image.topicsById.get(topic.topicId)?.name : topic.name;
      const error = !acksKnown
        ? KafkaError.INVALID_REQUIRED_ACKS
        : isNobodys
          ? KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
          : name !== undefined && isInternalTopic(name)
            ? KafkaError.INVALID_TOPIC_EXCEPTION
            : data.records === null || data.records.length === 0
              ? KafkaError.INVALID_RECORD
              : route.error === KafkaError.LEADER_NOT_AVAILABLE
                ? KafkaError.NOT_LEADER_OR_FOLLOWER
                : route.error;
      const append: AppendPartition = {
        topicId: "topicId" in route ? route.topicId : ZERO_UUID,
        partition: data.index,
        leaderEpoch: -1,
        ownerEpoch: -1,
        claimOffset: -1,
        records: data.records ?? new Uint8Array(0),
      };
      return {
        append,
        leaderId: "leaderId" in route ? route.leaderId : -1,
        result: error === undefined ? undefined : failed(append, error),
      };
    }),
  }));
  const items = topics.flatMap((topic) => topic.items);
  const byLeader = groupByNode(
    items.filter((item) => item.result === undefined),
    (item) => item.leaderId,
  );
  await Promise.all([...byLeader].map(([leaderId, batch]) => append(call, gateway, leaderId, batch, request)));
  // What was not written (yet) may still be: an append whose time is up is in the log's queue.
  if (items.every(({ result }) => result!.errorCode === KafkaError.NONE)) call.memory.frameIsFree();
  if (request.acks === 0) {
    // The client expects nothing; closing the connection is the only way to tell it that records were not taken.
    const refused = items.find((item) => item.result!.errorCode !== 0);
    quotas.workedExempt(call);
    if (refused) throw new Error(`a produce request with acks=0 failed with error ${refused.result!.errorCode}`);
    return null;
  }
  const doors = gateway.doorsFor(call.listener);
  const hint = (item: Item) => {
    const { errorCode, currentLeaderId, currentLeaderEpoch } = item.result!;
    return call.version >= leaderHintVersion &&
      (errorCode === KafkaError.NOT_LEADER_OR_FOLLOWER || errorCode === KafkaError.FENCED_LEADER_EPOCH) &&
      currentLeaderId >= 0
      ? { leaderId: currentLeaderId, leaderEpoch: currentLeaderEpoch }
      : undefined;
  };
  return answer(call, writeProduceResponse, {
    throttleTimeMs: quotas.producedBy(call, bandwidthThrottleMs),
    responses: topics.map((topic) => ({
      name: topic.name,
      topicId: topic.topicId,
      partitionResponses: topic.items.map((item) => {
        const result = item.result!;
        return {
          index: item.append.partition,
          errorCode: result.errorCode,
          baseOffset: result.baseOffset,
          logAppendTimeMs: result.logAppendTimeMs,
          logStartOffset: result.logStartOffset,
          recordErrors: result.recordErrors.map((error) => ({
            batchIndex: error.batchIndex,
            batchIndexErrorMessage: error.message === "" ? null : error.message,
          })),
          errorMessage: result.errorMessage === "" ? null : result.errorMessage,
          currentLeader: hint(item),
        };
      }),
    })),
    nodeEndpoints: nodeEndpoints(
      items.flatMap((item) => hint(item)?.leaderId ?? []),
      doors,
    ),
  });
}

/** Whether records that a client sent say that they belong to a transaction; what they are besides, the broker checks. */
function isOfTransaction(records: Uint8Array | null): boolean {
  const flags = records?.[Layout.attributes + 1];
  return flags !== undefined && isTransactional(flags);
}

async function append(
  call: Call,
  gateway: Gateway,
  leaderId: NodeId,
  items: Item[],
  request: { acks: number; timeoutMs: number; transactionalId: string | null },
): Promise<void> {
  try {
    const reply = await gateway.context.peers.broker(leaderId).append(
      {
        acks: request.acks,
        timeoutMs: request.timeoutMs,
        transactionalId: request.transactionalId ?? "",
        partitions: items.map((item) => item.append),
        produceVersion: call.version,
        internal: false,
      },
      callContext(call, gateway, deadlineFor(request.timeoutMs)),
    );
    items.forEach(
      (item, i) => (item.result = reply.partitions[i] ?? failed(item.append, KafkaError.UNKNOWN_SERVER_ERROR)),
    );
  } catch (error) {
    const trouble = troubleOf(call, gateway, error, `broker ${leaderId}`);
    const code = !trouble
      ? KafkaError.UNKNOWN_SERVER_ERROR
      : trouble.mayHaveBeenSent
        ? KafkaError.REQUEST_TIMED_OUT
        : KafkaError.NOT_LEADER_OR_FOLLOWER;
    for (const item of items) {
      const moved = trouble && leaderAfter(gateway.image, item.append, leaderId);
      item.result = { ...failed(item.append, moved ? KafkaError.NOT_LEADER_OR_FOLLOWER : code), ...moved };
    }
  }
}

function failed(partition: AppendPartition, errorCode: number): AppendResult {
  return {
    topicId: partition.topicId,
    partition: partition.partition,
    errorCode,
    errorMessage: "",
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset: -1,
    recordErrors: [],
    currentLeaderId: -1,
    currentLeaderEpoch: -1,
  };
}
