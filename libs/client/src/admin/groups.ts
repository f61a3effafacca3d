import { KafkaError } from "@moldau/base";
import {
  type ConsumerGroupDescribeResponseAssignment,
  type DescribeGroupsResponseDescribedGroup,
  readRebalances,
  rebalancesWanted,
} from "@moldau/protocol";
import type { Admin, CommittedOffset, GroupDescription } from "../api";
import { calls } from "../calls";
import { check, isClientError } from "../client-error";
import type { Ask, Cluster } from "../cluster";
import { readAssignment } from "../consumer/consumer-protocol";
import { groupBy } from "../group-by";
import { partitionName } from "../topic-partition";

type ListedGroup = Awaited<ReturnType<Admin["listGroups"]>>[number];

const CONSUMER_PROTOCOL = "consumer";
const DEAD = "Dead";
/** From here on DescribeGroups is a flexible message. */
const TAGS_SINCE_VERSION = 5;

/** Groups live with their coordinators and nobody knows all of them: every node is asked. */
export function listGroups(
  cluster: Cluster,
  { states = [], types = [] }: NonNullable<Parameters<Admin["listGroups"]>[0]> = {},
): Promise<ListedGroup[]> {
  const passes = (wanted: readonly string[], value: string): boolean =>
    wanted.length === 0 || wanted.some((word) => word.toLowerCase() === value.toLowerCase());
  return cluster.retry(async () => {
    await cluster.metadata([]);
    const lists = await Promise.all(
      cluster.nodes().map(async ({ nodeId }) => {
        const answer = await cluster.call(nodeId, calls.listGroups, (version) => ({
          ...(version >= 4 ? { statesFilter: [...states] } : {}),
          ...(version >= 5 ? { typesFilter: [...types] } : {}),
        }));
        check(`groups of node ${nodeId}`, answer.errorCode);
        return answer.groups
          .map(({ groupId, protocolType, groupState, groupType }): ListedGroup => ({
            groupId,
            protocolType,
            state: groupState,
            type: groupType,
            coordinator: nodeId,
          }))
          .filter(({ state, type }) => passes(states, state) && passes(types, type));
      }),
    );
    // A node that answers for others (a gateway) names a group that another one names as well.
    const byId = new Map(lists.flat().map((group) => [group.groupId, group]));
    return [...byId.values()].sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
  });
}

/** A group that does not exist is described as "Dead", as Kafka's older versions of the call do. */
export function describeGroups(cluster: Cluster, ids: readonly string[]): Promise<GroupDescription[]> {
  return Promise.all(
    ids.map((groupId) =>
      cluster.withCoordinator(groupId, async (ask) => {
        const answer = await ask(calls.describeGroups, (version) => ({
          groups: [groupId],
          ...(version >= TAGS_SINCE_VERSION ? { unknownTags: [rebalancesWanted] } : {}),
        }));
        const group = answer.groups.find((candidate) => candidate.groupId === groupId);
        const coordinator = (await cluster.coordinator(groupId)).nodeId;
        const missing = group === undefined || group.errorCode === KafkaError.GROUP_ID_NOT_FOUND;
        if (!missing) check(`group ${groupId}`, group.errorCode, group.errorMessage);
        if (!missing && group.groupState !== DEAD) return described(group, coordinator);
        return (await describeConsumerGroup(ask, groupId, coordinator)) ?? nobody(groupId, coordinator);
      }),
    ),
  );
}

/** A group of KIP-848, which the older call calls dead; undefined where there is none, or the cluster knows no such groups. */
async function describeConsumerGroup(
  ask: Ask,
  groupId: string,
  coordinator: number,
): Promise<GroupDescription | undefined> {
  let group;
  try {
    const answer = await ask(calls.consumerGroupDescribe, {
      groupIds: [groupId],
      unknownTags: [rebalancesWanted],
    });
    group = answer.groups.find((candidate) => candidate.groupId === groupId);
  } catch (error) {
    if (isClientError(error, KafkaError.UNSUPPORTED_VERSION)) return undefined;
    throw error;
  }
  const { GROUP_ID_NOT_FOUND, UNSUPPORTED_VERSION } = KafkaError;
  if (group === undefined || group.errorCode === GROUP_ID_NOT_FOUND || group.errorCode === UNSUPPORTED_VERSION) {
    return undefined;
  }
  check(`group ${groupId}`, group.errorCode, group.errorMessage);
  return {
    groupId,
    type: "consumer",
    state: group.groupState,
    protocolType: CONSUMER_PROTOCOL,
    protocol: group.assignorName,
    coordinator,
    groupEpoch: group.groupEpoch,
    targetAssignmentEpoch: group.assignmentEpoch,
    members: group.members.map(({ memberId, instanceId, clientId, clientHost, assignment, ...member }) => ({
      memberId,
      instanceId,
      clientId,
      host: clientHost,
      assignment: partitionsOf(assignment),
      memberEpoch: member.memberEpoch,
      targetAssignment: partitionsOf(member.targetAssignment),
      // -1: the coordinator is too old to tell; 0 speaks the classic protocol still.
      ...(member.memberType < 0 ? {} : { upgraded: member.memberType === 1 }),
    })),
    rebalances: readRebalances(group.unknownTags),
  };
}

function partitionsOf({ topicPartitions }: ConsumerGroupDescribeResponseAssignment): {
  topic: string;
  partitions: number[];
}[] {
  return topicPartitions.map(({ topicName, partitions }) => ({ topic: topicName, partitions }));
}

function nobody(groupId: string, coordinator: number): GroupDescription {
  return {
    groupId,
    type: "classic",
    state: DEAD,
    protocolType: "",
    protocol: "",
    coordinator,
    members: [],
    rebalances: [],
  };
}

function described(group: DescribeGroupsResponseDescribedGroup, coordinator: number): GroupDescription {
  const { groupId, groupState, protocolType, protocolData } = group;
  const members = group.members.map((member) => ({
    memberId: member.memberId,
    instanceId: member.groupInstanceId,
    clientId: member.clientId,
    host: member.clientHost,
    assignment: protocolType === CONSUMER_PROTOCOL ? assignmentOf(member.memberAssignment) : [],
  }));
  const rebalances = readRebalances(group.unknownTags);
  return {
    groupId,
    type: "classic",
    state: groupState,
    protocolType,
    protocol: protocolData,
    coordinator,
    members,
    rebalances,
  };
}

/** What a member was given; nothing where its bytes are none of the consumer protocol's, whatever their group says. */
function assignmentOf(bytes: Uint8Array): { topic: string; partitions: number[] }[] {
  try {
    return readAssignment(bytes);
  } catch {
    return [];
  }
}

export function deleteGroup(cluster: Cluster, id: string): Promise<void> {
  return cluster.withCoordinator(id, async (ask) => {
    const { results } = await ask(calls.deleteGroups, { groupsNames: [id] });
    check(`delete group ${id}`, results[0]?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR);
  });
}

/** Everything that a group has committed; empty for a group that does not exist. */
export async function committedOffsets(
  cluster: Cluster,
  groupId: string,
  // A transaction that hangs must not keep anybody from seeing where a group is.
  { requireStable = false }: { requireStable?: boolean } = {},
): Promise<CommittedOffset[]> {
  try {
    return await fetchCommitted(cluster, groupId, null, requireStable);
  } catch (error) {
    if (isClientError(error, KafkaError.GROUP_ID_NOT_FOUND)) return [];
    throw error;
  }
}

/**
 * What a group has committed, for these partitions or (null) for all. `requireStable` (KIP-447): waits for the end of
 * transactions that may change it.
 */
export function fetchCommitted(
  cluster: Cluster,
  groupId: string,
  topics: ReadonlyMap<string, readonly number[]> | null,
  requireStable = true,
): Promise<CommittedOffset[]> {
  const wanted = topics && [...topics].map(([name, partitionIndexes]) => ({ name, partitionIndexes }));
  return cluster.withCoordinator(groupId, async (ask) => {
    const answer = await ask(calls.offsetFetch, (version) =>
      version >= 8
        ? { groups: [{ groupId, topics: wanted }], requireStable }
        : { groupId, topics: wanted, requireStable: requireStable && version >= 7 },
    );
    const group = answer.groups.find((candidate) => candidate.groupId === groupId) ?? answer;
    check(`offsets of group ${groupId}`, group.errorCode);
    const committed: CommittedOffset[] = [];
    for (const { name, partitions } of group.topics) {
      for (const { partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode } of partitions) {
        const at = { topic: name, partition: partitionIndex };
        check(`offset of group ${groupId} for ${partitionName(at)}`, errorCode);
        committed.push({
          ...at,
          offset: committedOffset,
          leaderEpoch: committedLeaderEpoch,
          metadata: metadata ?? "",
        });
      }
    }
    return committed;
  });
}

/** Commits for a group without members; one with members answers UNKNOWN_MEMBER_ID. */
export function commitOffsets(
  cluster: Cluster,
  groupId: string,
  offsets: Parameters<Admin["commitOffsets"]>[1],
): Promise<void> {
  const topics = [...groupBy(offsets, ({ topic }) => topic)].map(([name, list]) => ({
    name,
    partitions: list.map(({ partition, offset }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedMetadata: "",
    })),
  }));
  return cluster.withCoordinator(groupId, async (ask) => {
    const answer = await ask(calls.offsetCommit, {
      groupId,
      generationIdOrMemberEpoch: -1,
      memberId: "",
      topics,
    });
    for (const { name, partitions } of answer.topics) {
      for (const { partitionIndex, errorCode } of partitions) {
        check(`commit of group ${groupId} for ${partitionName({ topic: name, partition: partitionIndex })}`, errorCode);
      }
    }
  });
}
