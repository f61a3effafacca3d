import { assert, type Uuid } from "@moldau/base";
import type { GroupState } from "../group-state";
import type { Step } from "../step";
import type { ConsumerGroup } from "./consumer-group";
import { sameNames } from "./consumer-member";
import type { SubscribedTopic } from "./consumer-record";
import { hashOfTopics, NO_RACKS_HASH, type TopicRacks } from "./topic-racks";
import { write } from "./write";

export function consumerGroup(state: GroupState, groupId: string): ConsumerGroup {
  const group = state.consumerGroups.get(groupId);
  assert(group !== undefined, `consumer group ${groupId} does not exist`);
  return group;
}

/**
 * Brings a group in step with its members and the cluster's topics: regular expressions, the topics it subscribes to, and, if
 * something is different, a higher group epoch. `reason`: what changed in the group; null: nothing, so that all depends on
 * the topics, which cost a look only when some topic of the cluster changed.
 */
export function refresh(state: GroupState, groupId: string, step: Step, reason: string | null): void {
  const group = consumerGroup(state, groupId);
  const { topicsVersion } = state.cluster;
  if (reason === null && group.topicsSeen === topicsVersion) return;
  const expressionChange = resolveExpressions(state, group, step);
  const topicChange = followTopics(state, group, step);
  const racksHash = racksHashOf(state, group);
  const rackChange = racksHash === group.racksHash ? undefined : "replicas of its topics are in other racks";
  // Once no member names a rack any more, what the last target was made for means nothing.
  const cause = reason ?? expressionChange ?? topicChange ?? (group.mindsRacks ? rackChange : undefined);
  if (cause !== undefined) raiseEpoch(state, group, step, { reason: cause, racksHash });
  group.topicsSeen = topicsVersion;
}

/** What is different about the topics that expressions match, for a person; undefined for nothing. */
function resolveExpressions(state: GroupState, group: ConsumerGroup, step: Step): string | undefined {
  const { groupId } = group;
  const { topicsVersion: version } = state.cluster;
  const used = group.expressionsInUse();
  for (const expression of [...group.expressions.keys()]) {
    if (!used.has(expression)) write(state, step, { kind: "consumer expression", groupId, expression, value: null });
  }
  let change: string | undefined;
  for (const expression of used) {
    const known = group.expressions.get(expression);
    const topics = state.cluster.topicsMatching(expression) ?? [];
    if (known !== undefined && sameNames(known.topics, topics)) continue;
    const value = { topics, version, timestampMs: step.nowMs };
    write(state, step, { kind: "consumer expression", groupId, expression, value });
    change ??= `expression ${expression} matches other topics: ${differenceOf(known?.topics ?? [], topics)}`;
  }
  return change;
}

/** What is different about the topics that the group subscribes to, for a person; undefined for nothing. */
function followTopics(state: GroupState, group: ConsumerGroup, step: Step): string | undefined {
  const topics = new Map<string, SubscribedTopic>();
  for (const name of [...group.subscribedNames()].sort()) {
    const topic = state.cluster.topic(name);
    if (topic !== undefined) topics.set(name, { id: topic.id, partitionCount: topic.partitionCount });
  }
  const changes: string[] = [];
  for (const [name, { id, partitionCount }] of topics) {
    const known = group.topics.get(name);
    if (known === undefined) changes.push(`topic ${name} is there`);
    else if (known.id !== id) changes.push(`topic ${name} is another one of that name`);
    else if (known.partitionCount !== partitionCount) {
      changes.push(`topic ${name} has ${partitionCount} partitions instead of ${known.partitionCount}`);
    }
  }
  for (const name of group.topics.keys()) if (!topics.has(name)) changes.push(`topic ${name} is gone`);
  if (changes.length === 0) return undefined;
  write(state, step, { kind: "consumer topics", groupId: group.groupId, value: topics });
  return changes.slice(0, NAMED_MAX).join(", ") + (changes.length > NAMED_MAX ? ", …" : "");
}

/** In which racks the group's topics have replicas, if that matters to it. Source: KIP-1101. */
function racksHashOf(state: GroupState, group: ConsumerGroup): bigint {
  if (!group.mindsRacks) return NO_RACKS_HASH;
  const topics: { id: Uuid; racks: TopicRacks }[] = [];
  for (const [name, { id }] of group.topics) {
    const racks = state.cluster.topicRacks(name);
    if (racks !== undefined) topics.push({ id, racks });
  }
  return hashOfTopics(topics);
}

/** Topics named in a reason at most. */
const NAMED_MAX = 5;

function raiseEpoch(
  state: GroupState,
  group: ConsumerGroup,
  step: Step,
  { reason, racksHash }: { readonly reason: string; readonly racksHash: bigint },
): void {
  const { groupId, epoch } = group;
  write(state, step, { kind: "consumer group", groupId, value: { epoch: epoch + 1, racksHash } });
  if (group.members.size === 0) {
    group.rebalance = null;
    step.report({ event: "group is empty", groupId, generation: epoch + 1 });
    return;
  }
  step.report({ event: "rebalance started", groupId, generation: epoch, reason });
  group.rebalance ??= { reason, startedAtMs: step.nowMs, assignor: "" };
  group.settled.clear();
}

function differenceOf(before: readonly string[], after: readonly string[]): string {
  const changes = [
    ...after.filter((name) => !before.includes(name)).map((name) => `+${name}`),
    ...before.filter((name) => !after.includes(name)).map((name) => `-${name}`),
  ];
  return changes.slice(0, NAMED_MAX).join(" ") + (changes.length > NAMED_MAX ? " …" : "");
}
