import type { ClassicGroup } from "./classic-group";
import { TOMBSTONES_A_STEP } from "./group-config";
import type { CommittedOffset } from "./group-record";
import type { GroupState } from "./group-state";
import type { Step } from "./step";
import { expireOffsetsKey } from "./timer-key";

/**
 * Removes offsets that nobody has used for `offsets.retention.minutes`, and empty groups that have none left.
 * - Empty group of members: since it became empty; all its offsets go together (KIP-211).
 * - Stable `consumer` group: since the commit, and only topics that nobody subscribes to (KIP-496 has the reasons).
 * - Simple group (never had members): since the commit.
 * - While members come and go, nothing expires; nor does an offset that an open transaction may yet commit anew, nor a group
 *   that a transaction has to do with.
 * Source: OffsetMetadataManager.cleanupExpiredOffsets, ClassicGroup.offsetExpirationCondition.
 */
export function expireOffsets(state: GroupState, step: Step): void {
  state.guards.dropOld(step.nowMs);
  for (const group of [...state.groups.values()]) {
    const { groupId } = group;
    const before = step.recordCount;
    const outcome = expireOffsetsOf(state, group, step);
    if (step.recordCount > before) {
      step.report({ event: "offsets expired", groupId, count: step.recordCount - before });
    }
    if (outcome === "full") return step.schedule(expireOffsetsKey, 0);
    if (outcome === "none left" && group.state === "Empty" && group.pendingJoin.size === 0) {
      step.record({ kind: "group", groupId, value: null });
    }
    if (step.recordCount >= TOMBSTONES_A_STEP) return step.schedule(expireOffsetsKey, 0);
  }
  step.schedule(expireOffsetsKey, state.config.offsetsRetentionCheckIntervalMs);
}

function expireOffsetsOf(state: GroupState, group: ClassicGroup, step: Step): "full" | "none left" | "some left" {
  const { groupId } = group;
  if (!state.hasOffsets(groupId)) return "none left";
  const baseMs = expiryBase(group);
  if (baseMs === undefined) return "some left";
  let left = state.pending.hasTransactions(groupId);
  for (const [topic, partitions] of state.offsetsOf(groupId)) {
    if (group.isSubscribedTo(topic)) {
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
