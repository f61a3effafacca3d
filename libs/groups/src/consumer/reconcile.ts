import { type Assignment, ascending, overlaps } from "./assignment";
import type { ConsumerGroup } from "./consumer-group";
import { type ConsumerMember, isReconciledTo, type MemberProgress } from "./consumer-member";

/**
 * One step of a member towards its target. `owned`: what the member says it has, null where it did not say.
 * - Stable at an older epoch: as below, from its own epoch.
 * - UnrevokedPartitions: waits until it no longer owns what it is to give up, then goes on from the next epoch.
 * - UnreleasedPartitions: looks again whether what it waits for is free.
 * First it gives up what is not in its target; only then its epoch becomes the target's, and it gets what is free.
 * A partition is free when no member has it assigned or still to give up; so it never is in two hands.
 * Source: CurrentAssignmentBuilder (KIP-848).
 */
export function reconcile(group: ConsumerGroup, member: ConsumerMember, owned: Assignment | null): MemberProgress {
  if (isReconciledTo(member, group.targetEpoch)) return member;
  switch (member.state) {
    case "Stable":
      return member.memberEpoch === group.targetEpoch ? member : advance(group, member, member.memberEpoch, owned);
    case "UnrevokedPartitions":
      if (stillOwns(owned, member.pendingRevocation)) return member;
      return advance(group, member, member.memberEpoch + 1, owned);
    case "UnreleasedPartitions":
      return advance(group, member, member.memberEpoch, owned);
    case "Unknown":
      // Of a later release: it has to begin anew, without partitions.
      return owned === null || owned.size > 0 ? member : advance(group, member, group.targetEpoch, owned);
  }
}

function advance(
  group: ConsumerGroup,
  member: ConsumerMember,
  epoch: number,
  owned: Assignment | null,
): MemberProgress {
  const target = group.targetOf(member.memberId);
  const kept = new Map<string, readonly number[]>();
  const revoked = new Map<string, readonly number[]>();
  const assigned = new Map<string, readonly number[]>();
  let unreleased = false;
  for (const topicId of new Set([...target.keys(), ...member.assigned.keys()])) {
    const wanted = new Set(target.get(topicId));
    const current = member.assigned.get(topicId) ?? [];
    const keeps = current.filter((partition) => wanted.has(partition));
    const gives = current.filter((partition) => !wanted.has(partition));
    const has = new Set(keeps);
    const gets: number[] = [];
    for (const partition of wanted) {
      if (has.has(partition)) continue;
      // What it gave up a moment ago is its own until that is recorded, and not free for itself either.
      if (group.isOwned(topicId, partition)) unreleased = true;
      else gets.push(partition);
    }
    if (keeps.length > 0) kept.set(topicId, keeps);
    if (gives.length > 0) revoked.set(topicId, gives);
    if (keeps.length + gets.length > 0) assigned.set(topicId, ascending([...keeps, ...gets]));
  }
  // Also where the epoch stays: a late heartbeat of the epoch before knows nothing of what it is to give up.
  const previousMemberEpoch = member.memberEpoch;
  if (revoked.size > 0 && stillOwns(owned, revoked)) {
    return {
      memberEpoch: epoch,
      previousMemberEpoch,
      state: "UnrevokedPartitions",
      assigned: kept,
      pendingRevocation: revoked,
    };
  }
  return {
    memberEpoch: group.targetEpoch,
    previousMemberEpoch,
    state: unreleased ? "UnreleasedPartitions" : "Stable",
    assigned,
    pendingRevocation: new Map(),
  };
}

/** A member that does not say what it owns may own anything. */
function stillOwns(owned: Assignment | null, revoked: Assignment): boolean {
  return owned === null || overlaps(owned, revoked);
}
