/**
 * Fetch, versions 4–18.
 * Resolves the fetch session, splits by leader, joins the answers; waiting for bytes is the broker's. Records leave as
 * the slices the log gave, without a copy, or straight out of its files where log and client are this process's.
 * Quota: the bytes of the answer and the work; where either is too much the answer is empty.
 * Who says it is a debugging consumer (replica id -2) gets what the replica behind that door has.
 * KIPs: 13, 124 (quotas), 227 (sessions), 320 (epochs), 392 (closest replica), 516 (topic ids, v13), 595 (divergence), 951 (leader hints, v16).
 */
import { KafkaError, type NodeId, ZERO_UUID } from "@moldau/base";
import type { LocalReadResult } from "@moldau/contracts";
import { readFetchRequest, writeFetchResponse } from "@moldau/protocol";
import { type Answer, answer, answerWithFiles, type Call, decode, nodeEndpoints } from "../call";
import type { WantedPartition } from "../fetch-sessions";
import { callContext, deadlineFor, troubleOf } from "../forward";
import type { Gateway } from "../gateway";
import { groupByNode, leaderAfter, routeToLeader } from "../routes";

const topicIdVersion = 13;
const leaderHintVersion = 16;
const divergenceVersion = 12;
const replicaStateVersion = 15;
const readCommitted = 1;
/** Who compares replicas with each other (kafka-replica-verification) and wants the one that it talks to, leader or not. */
const debuggingConsumer = -2;
/** In nobody's way: it may read from followers, as a consumer in a rack may, and no replica is closer than another. */
const rackOfNobody = "(replica verification)";
/** What an answer with an error says of the log. */
const unknownOffsets = { highWatermark: -1, lastStableOffset: -1, logStartOffset: -1 };

interface Item {
  wanted: WantedPartition;
  topicId: string;
  /** Who is asked: the leader, or the replica that the consumer has chosen. */
  nodeId: NodeId;
  result: LocalReadResult | undefined;
}

export async function fetch(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readFetchRequest);
  const { image, quotas } = gateway;
  const byId = call.version >= topicIdVersion;
  const nameOf = (topic: { topic: string; topicId: string }) =>
    byId ? (image.topicsById.get(topic.topicId)?.name ?? "") : topic.topic;
  const context = gateway.sessions.resolve(
    {
      sessionId: request.sessionId,
      sessionEpoch: request.sessionEpoch,
      usesTopicIds: byId,
      wanted: request.topics.flatMap((topic) =>
        topic.partitions.map((partition) => ({
          topicId: topic.topicId,
          topicName: nameOf(topic),
          partition: partition.partition,
          currentLeaderEpoch: partition.currentLeaderEpoch,
          fetchOffset: partition.fetchOffset,
          lastFetchedEpoch: partition.lastFetchedEpoch,
          logStartOffset: partition.logStartOffset,
          partitionMaxBytes: partition.partitionMaxBytes,
        })),
      ),
      forgotten: request.forgottenTopicsData.flatMap((topic) =>
        topic.partitions.map((partition) => ({ topicId: topic.topicId, topicName: nameOf(topic), partition })),
      ),
    },
    gateway.clock.monotonicMs(),
  );
  if ("error" in context) {
    return answer(call, writeFetchResponse, {
      throttleTimeMs: quotas.fetched(call, 0),
      errorCode: context.error,
      sessionId: 0,
      responses: [],
    });
  }

  // Replicas do not fetch here (they have a protocol of their own), so whoever says that it is one is none of the partition's.
  const replicaId = call.version < replicaStateVersion ? request.replicaId : request.replicaState.replicaId;
  const rackId = replicaId === debuggingConsumer ? rackOfNobody : request.rackId;
  const target = targetOf(call, gateway, rackId);
  const items = context.partitions.map((wanted): Item => {
    const route = routeToLeader(image, byId ? { id: wanted.topicId } : { name: wanted.topicName }, wanted.partition);
    const topicId = "topicId" in route ? route.topicId : ZERO_UUID;
    const leaderId = "leaderId" in route ? route.leaderId : -1;
    const asksFollower = target >= 0 && image.partition(topicId, wanted.partition)?.replicas.includes(target);
    const item: Item = { wanted, topicId, nodeId: asksFollower ? target : leaderId, result: undefined };
    if (replicaId >= 0 && route.error === undefined) {
      const moved = leaderAfter(image, { topicId, partition: wanted.partition }, -1);
      item.result = { ...failed(item, KafkaError.NOT_LEADER_OR_FOLLOWER), ...moved };
    } else if (route.error !== undefined) {
      item.result = failed(
        item,
        route.error === KafkaError.LEADER_NOT_AVAILABLE ? KafkaError.NOT_LEADER_OR_FOLLOWER : route.error,
      );
    }
    return item;
  });
  const byLeader = groupByNode(
    items.filter((item) => item.result === undefined),
    (item) => item.nodeId,
  );
  const anyFailed = items.some((item) => item.result !== undefined);
  // More than a whole window's bytes would be throttled however long the client waits.
  const maxBytesInAll = Math.min(request.maxBytes, quotas.fetchBytesMax(call));
  const maxBytes = Math.max(1, Math.floor(maxBytesInAll / Math.max(1, byLeader.size)));
  const { isolationLevel } = request;
  const readFrom = (leaderId: NodeId, group: Item[], maxWaitMs: number, minBytes: number) =>
    read(call, gateway, leaderId, group, { maxWaitMs, minBytes, maxBytes, isolationLevel, rackId });
  if (byLeader.size <= 1 || anyFailed) {
    // An error is worth telling at once.
    const maxWaitMs = anyFailed ? 0 : request.maxWaitMs;
    const minBytes = Math.min(request.minBytes, maxBytes);
    await Promise.all([...byLeader].map(([leaderId, group]) => readFrom(leaderId, group, maxWaitMs, minBytes)));
  } else {
    await readFromSeveral(byLeader, request, readFrom);
  }

  const recordBytes = items.reduce((sum, { result }) => sum + bytesOf(result!), 0);
  const throttleTimeMs = quotas.fetched(call, recordBytes);
  if (throttleTimeMs > 0) {
    const sessionId = context.emptyAnswer();
    return answer(call, writeFetchResponse, { throttleTimeMs, errorCode: 0, sessionId, responses: [] });
  }

  const doors = gateway.doorsFor(call.listener);
  const hinted: NodeId[] = [];
  const responses = new Map<
    string,
    { topic: string; topicId: string; partitions: ReturnType<typeof partitionData>[] }
  >();
  for (const item of items) {
    const result = item.result!;
    const diverging = result.divergingEpoch >= 0;
    const redirected = result.preferredReadReplica >= 0;
    const answered = {
      errorCode: result.errorCode,
      highWatermark: result.highWatermark,
      lastStableOffset: result.lastStableOffset,
      logStartOffset: result.logStartOffset,
      recordBytes: bytesOf(result),
      diverging,
      redirected,
    };
    if (!context.include(item.wanted, answered)) continue;
    const key = byId ? item.wanted.topicId : item.wanted.topicName;
    let topic = responses.get(key);
    if (!topic) {
      topic = { topic: item.wanted.topicName, topicId: item.wanted.topicId, partitions: [] };
      responses.set(key, topic);
    }
    const hint =
      call.version >= leaderHintVersion &&
      (result.errorCode === KafkaError.NOT_LEADER_OR_FOLLOWER || result.errorCode === KafkaError.FENCED_LEADER_EPOCH) &&
      result.currentLeaderId >= 0;
    if (hint) hinted.push(result.currentLeaderId);
    gateway.sentFromFiles.value += result.recordsInFile?.length ?? 0;
    topic.partitions.push(partitionData(result, hint, call.version, request.isolationLevel === readCommitted));
  }
  const full = answerWithFiles(call, writeFetchResponse, {
    throttleTimeMs,
    errorCode: 0,
    sessionId: context.sessionId,
    responses: [...responses.values()],
    nodeEndpoints: nodeEndpoints(hinted, doors),
  });
  quotas.fetchedBesides(call, full, recordBytes);
  return full;
}

/**
 * The node that a consumer with a rack talks to: it may have been sent there by the leader (KIP-392), and then a follower is
 * to answer. -1 where the connection stands for no node in particular, or the consumer reads from leaders only.
 */
function targetOf(call: Call, gateway: Gateway, rackId: string): NodeId {
  if (rackId === "") return -1;
  return call.targetNode ?? (gateway.policy.kind === "self" ? gateway.context.nodeId : -1);
}

/**
 * Reads where several brokers lead. None can wait for another's bytes: first all say what they have; only where that is
 * too little all wait, and the first one that has something, or the end of the wait, ends it.
 */
async function readFromSeveral(
  byLeader: ReadonlyMap<NodeId, Item[]>,
  request: { maxWaitMs: number; minBytes: number },
  readFrom: (leaderId: NodeId, group: Item[], maxWaitMs: number, minBytes: number) => Promise<void>,
): Promise<void> {
  await Promise.all([...byLeader].map(([leaderId, group]) => readFrom(leaderId, group, 0, 0)));
  const results = [...byLeader.values()].flat().map((item) => item.result!);
  const bytes = results.reduce((sum, result) => sum + bytesOf(result), 0);
  const worthTelling = results.some(
    ({ errorCode, divergingEpoch, preferredReadReplica }) =>
      errorCode !== 0 || divergingEpoch >= 0 || preferredReadReplica >= 0,
  );
  if (worthTelling || bytes >= request.minBytes || request.maxWaitMs <= 0) return;
  const first = await Promise.race(
    [...byLeader].map(async ([leaderId, group]) => {
      const again = group.map((item): Item => ({ ...item, result: undefined }));
      await readFrom(leaderId, again, request.maxWaitMs, 1);
      return { group, again };
    }),
  );
  first.group.forEach((item, i) => (item.result = first.again[i]!.result));
}

function bytesOf({ records, recordsInFile }: LocalReadResult): number {
  return records.reduce((sum, chunk) => sum + chunk.length, recordsInFile?.length ?? 0);
}

function partitionData(result: LocalReadResult, hint: boolean, version: number, isReadCommitted: boolean) {
  const { highWatermark, lastStableOffset, logStartOffset } = result.errorCode === 0 ? result : unknownOffsets;
  return {
    partitionIndex: result.partition,
    errorCode: result.errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    divergingEpoch:
      version >= divergenceVersion && result.divergingEpoch >= 0
        ? { epoch: result.divergingEpoch, endOffset: result.divergingEndOffset }
        : undefined,
    currentLeader: hint ? { leaderId: result.currentLeaderId, leaderEpoch: result.currentLeaderEpoch } : undefined,
    abortedTransactions: isReadCommitted && result.errorCode === 0 ? result.aborted : null,
    preferredReadReplica: result.preferredReadReplica,
    records: result.recordsInFile ?? result.records,
  };
}

async function read(
  call: Call,
  gateway: Gateway,
  leaderId: NodeId,
  items: Item[],
  limits: { maxWaitMs: number; minBytes: number; maxBytes: number; isolationLevel: number; rackId: string },
): Promise<void> {
  try {
    const reply = await gateway.context.peers.broker(leaderId).read(
      {
        replicaId: -1,
        replicaEpoch: -1,
        partitions: items.map(({ wanted, topicId }) => ({
          topicId,
          partition: wanted.partition,
          currentLeaderEpoch: wanted.currentLeaderEpoch,
          fetchOffset: wanted.fetchOffset,
          lastFetchedEpoch: wanted.lastFetchedEpoch,
          logStartOffset: -1,
          maxBytes: wanted.partitionMaxBytes,
          highWatermark: -1,
        })),
        ...limits,
      },
      {
        lend: (giveBack) => call.memory.lend(giveBack),
        takesFiles: call.memory.takesFiles,
        ...callContext(call, gateway, deadlineFor(limits.maxWaitMs) + 10_000),
      },
    );
    items.forEach((item, i) => (item.result = reply.partitions[i] ?? failed(item, KafkaError.UNKNOWN_SERVER_ERROR)));
  } catch (error) {
    const trouble = troubleOf(call, gateway, error, `broker ${leaderId}`);
    for (const item of items) {
      const code = trouble ? KafkaError.NOT_LEADER_OR_FOLLOWER : KafkaError.UNKNOWN_SERVER_ERROR;
      const { topicId, wanted } = item;
      const moved = leaderAfter(gateway.image, { topicId, partition: wanted.partition }, leaderId);
      item.result = { ...failed(item, code), ...moved };
    }
  }
}

function failed(item: { topicId: string; wanted: WantedPartition }, errorCode: number): LocalReadResult {
  return {
    topicId: item.topicId,
    partition: item.wanted.partition,
    errorCode,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    divergingEpoch: -1,
    divergingEndOffset: -1,
    currentLeaderId: -1,
    currentLeaderEpoch: -1,
    aborted: [],
    preferredReadReplica: -1,
    records: [],
  };
}
