/**
 * OffsetFetch, versions 0–10. v2 all topics, v7 require_stable (KIP-447), v8 several groups (KIP-709), v9 members of consumer
 * groups (KIP-848), v10 topic ids.
 */
import { KafkaError, type KafkaErrorCode, type Uuid } from "@moldau/base";
import type { FetchedGroupOffsets } from "@moldau/groups";
import { type OffsetFetchRequest, readOffsetFetchRequest, writeOffsetFetchResponse } from "@moldau/protocol";
import { type ApiContext, type ApiHandler, decode, encode, NONE, UNKNOWN_TOPIC_ID } from "./api";

type WantedTopics = OffsetFetchRequest["groups"][number]["topics"];
type Wanted = {
  groupId: string;
  topics: WantedTopics;
  requireStable: boolean;
  member?: { memberId: string | null; memberEpoch: number };
};
type FetchedTopic = NonNullable<FetchedGroupOffsets["topics"]>[number];

export const offsetFetch: ApiHandler = async (call, context, signal) => {
  const body = decode(call, readOffsetFetchRequest);
  if (call.apiVersion >= 8) {
    const byId = call.apiVersion >= 10;
    const groups = await Promise.all(
      body.groups.map(({ groupId, topics, memberId, memberEpoch }) => {
        const wanted = { groupId, topics, requireStable: body.requireStable, member: { memberId, memberEpoch } };
        return byId ? fetchById(context, wanted, signal) : fetch(context, wanted, signal);
      }),
    );
    return encode(call, writeOffsetFetchResponse, { groups });
  }
  const topics = body.topics?.map((topic) => ({ ...topic, topicId: "" })) ?? null;
  const group = await fetch(context, { groupId: body.groupId, topics, requireStable: body.requireStable }, signal);
  // Before v2 there is no place for an error but in each partition.
  const fetched =
    group.errorCode === NONE || call.apiVersion >= 2
      ? (group.topics ?? [])
      : unanswered(topics ?? [], group.errorCode ?? NONE);
  return encode(call, writeOffsetFetchResponse, { errorCode: group.errorCode, topics: fetched.map(withoutId) });
};

async function fetch(
  { shards }: ApiContext,
  wanted: Wanted,
  signal: AbortSignal | undefined,
): Promise<FetchedGroupOffsets> {
  const { groupId } = wanted;
  const answer = await shards.ask(groupId, "fetchOffsets", wanted, signal);
  if (!("refused" in answer)) return answer.reply;
  // Consumers of before 3.9 do not expect COORDINATOR_NOT_AVAILABLE here. Source: handleOffsetFetchException.
  const unavailable = answer.refused === KafkaError.COORDINATOR_NOT_AVAILABLE;
  return { groupId, topics: [], errorCode: unavailable ? KafkaError.NOT_COORDINATOR : answer.refused };
}

/** Asks by name and answers by id; ids that do not exist (any more) are answered here. */
async function fetchById(
  context: ApiContext,
  wanted: Wanted,
  signal: AbortSignal | undefined,
): Promise<FetchedGroupOffsets> {
  const { topicsById, topicsByName } = context.image();
  const { topics } = wanted;
  const nameOf = (id: Uuid): string | undefined => topicsById.get(id)?.name;
  const known = topics?.flatMap((topic) => {
    const name = nameOf(topic.topicId);
    return name === undefined ? [] : [{ ...topic, name }];
  });
  const group = await fetch(context, { ...wanted, topics: known ?? null }, signal);
  if (group.errorCode !== NONE) return group;
  const found = (group.topics ?? []).flatMap((topic) => {
    const topicId = topicsByName.get(topic.name ?? "")?.id;
    return topicId === undefined ? [] : [{ ...topic, name: "", topicId }];
  });
  const unknown = unanswered(
    (topics ?? []).filter(({ topicId }) => nameOf(topicId) === undefined),
    UNKNOWN_TOPIC_ID,
  );
  return { ...group, topics: [...found, ...unknown] };
}

function unanswered(topics: NonNullable<WantedTopics>, errorCode: KafkaErrorCode | number): FetchedTopic[] {
  return topics.map(({ name, topicId, partitionIndexes }) => ({
    name,
    topicId: topicId === "" ? undefined : topicId,
    partitions: partitionIndexes.map((partitionIndex) => ({
      partitionIndex,
      committedOffset: -1,
      committedLeaderEpoch: -1,
      metadata: "",
      errorCode,
    })),
  }));
}

function withoutId({ name, partitions }: FetchedTopic): Pick<FetchedTopic, "name" | "partitions"> {
  return { name, partitions };
}
