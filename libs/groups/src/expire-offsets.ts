import type { ClassicGroup } from "./classic-group";
import { ConsumerGroup } from "./consumer/consumer-group";
import { TOMBSTONES_A_STEP } from "./group-config";
import type { CommittedOffset } from "./group-record";
import type { GroupState } from "./group-state";
import type { Step } from "./step";
import { expireOffsetsKey } from "./timer-key";

/**
 * Removes offsets that nobody has used for `offsets.retention.minutes`, and empty groups that have none left.
 * - Empty group of members: since it became empty; all its offsets go together (KIP-211).
 * - Stable `consumer` group: since the commit, and only topics that nobody subscribes to (KIP-496 has the reasons).
 * - Consumer group (KIP-848): since the commit, and only topics that nobody subscribes to.
 * - Simple group (never had members): since the commit.
 * - While members come and go, nothing expires; nor does an offset that an open transaction may yet commit anew, nor a group
 *   that a transaction has to do with.
 * Source: OffsetMetadataManager.cleanupExpiredOffsets, ClassicGroup.offsetExpirationCondition.
 */
export function expireOffsets(state: GroupState, step: Step): void {
  state.guards.dropOld(step.nowMs);
  for (const group of [...state.groups.values(), ...state.consumerGroups.values()]) {
    const { groupId } = group;
    const before = step.recordCount;
    const outcome = expireOffsetsOf(state, groupId, conditionOf(group), step);
    if (step.recordCount > before) {
      step.report({ event: "offsets expired", groupId, count: step.recordCount - before });
    }
    if (outcome === "full") return step.schedule(expireOffsetsKey, 0);
    if (outcome === "none left") forgetEmpty(group, step);
    if (step.recordCount >= TOMBSTONES_A_STEP) return step.schedule(expireOffsetsKey, 0);
  }
  step.schedule(expireOffsetsKey, state.config.offsetsRetentionCheckIntervalMs);
}

/** Which offsets of a group may expire: from when they grow old (undefined: none does), and those that are in use. */
interface Condition {
  readonly baseMs: ((committed: CommittedOffset) => number) | undefined;
  isSubscribedTo(topic: string): boolean;
}

function conditionOf(group: ClassicGroup | ConsumerGroup): Condition {
  if (!(group instanceof ConsumerGroup)) {
    return { baseMs: expiryBase(group), isSubscribedTo: (topic) => group.isSubscribedTo(topic) };
  }
  const names = group.subscribedNames();
  return { baseMs: (committed) => committed.commitTimestampMs, isSubscribedTo: (topic) => names.has(topic) };
}

/** A group without members and offsets. */
function forgetEmpty(group: ClassicGroup | ConsumerGroup, step: Step): void {
  if (group instanceof ConsumerGroup) {
    if (group.members.size === 0) for (const record of group.tombstones()) step.record(record);
  } else if (group.state === "Empty" && group.pendingJoin.size === 0) {
    step.record({ kind: "group", groupId: group.groupId, value: null });
  }
}

function expireOffsetsOf(
  state: GroupState,
  groupId: string,
  { baseMs, isSubscribedTo }: Condition,
  step: Step,
): "full" | "none left" | "some left" {
  if (!state.hasOffsets(groupId)) return "none left";
  if (baseMs === undefined) return "some left";
  let left = state.pending.hasTransactions(groupId);
  for (const [topic, partitions] of state.offsetsOf(groupId)) {
    if (isSubscribedTo(topic)) {
      left = true;
      continue;
    }
    for (const [partition, committed] of partitions) {
      const expired =
        committed.expireTimestampMs === -1
          ? step.nowMs - baseMs(committed) >= state.config.offsetsRetentionMs
          : step.nowMs >= committed.expireTimestampMs;
      if (!expired || state.pending.has(groupId, topic, partition)) left = true;
      else if (step.recordCount >= TOMBSTONES_A_STEP) return "full";
      else step.record({ kind: "offset", groupId, topic, partition, value: null });
    }
  }
  return left ? "some left" : "none left";
}

/** From when an offset of the group grows old; undefined where none does. */
function expiryBase(group: ClassicGroup): ((committed: CommittedOffset) => number) | undefined {
  const sinceCommit = (committed: CommittedOffset): number => committed.commitTimestampMs;
  if (group.protocolType === "") return sinceCommit;
  if (group.state === "Empty") {
    const { stateSinceMs } = group;
    return stateSinceMs === null ? sinceCommit : () => stateSinceMs;
  }
  return group.state === "Stable" && group.isConsumerType && group.knowsSubscribedTopics ? sinceCommit : undefined;
}
