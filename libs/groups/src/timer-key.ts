/** Timers of a shard of groups: the harness knows them by text. */
export type GroupTimer =
  /** A member's session, or the patience with a pending member. */
  | { readonly timer: "session"; readonly groupId: string; readonly memberId: string }
  /** Ends the initial delay, or the wait for members to join. */
  | { readonly timer: "join"; readonly groupId: string }
  /** Ends the wait for the members' SyncGroup. */
  | { readonly timer: "sync"; readonly groupId: string }
  /** Ends a consumer group member's time to give up partitions. */
  | { readonly timer: "revoke"; readonly groupId: string; readonly memberId: string }
  /** Ends the wait for the next JoinGroup of a member that speaks the classic protocol in a consumer group. */
  | { readonly timer: "classic join"; readonly groupId: string; readonly memberId: string }
  /** Ends the wait for such a member's SyncGroup. */
  | { readonly timer: "classic sync"; readonly groupId: string; readonly memberId: string }
  /** Right after a consumer group became a classic one: a rebalance. */
  | { readonly timer: "downgraded"; readonly groupId: string }
  | { readonly timer: "expire offsets" };

/** The length in front of the group id keeps any two ids apart. */
const memberKey =
  (prefix: string) =>
  (groupId: string, memberId: string): string =>
    `${prefix}${groupId.length}:${groupId}${memberId}`;
export const sessionKey = memberKey("m");
export const revokeKey = memberKey("r");
export const classicJoinKey = memberKey("a");
export const classicSyncKey = memberKey("b");
export const downgradedKey = (groupId: string): string => `d${groupId}`;
export const joinKey = (groupId: string): string => `j${groupId}`;
export const syncKey = (groupId: string): string => `s${groupId}`;
export const expireOffsetsKey = "x";

export function parseTimerKey(key: string): GroupTimer {
  switch (key[0]) {
    case "m":
      return { timer: "session", ...groupAndMember(key) };
    case "r":
      return { timer: "revoke", ...groupAndMember(key) };
    case "a":
      return { timer: "classic join", ...groupAndMember(key) };
    case "b":
      return { timer: "classic sync", ...groupAndMember(key) };
    case "d":
      return { timer: "downgraded", groupId: key.slice(1) };
    case "j":
      return { timer: "join", groupId: key.slice(1) };
    case "s":
      return { timer: "sync", groupId: key.slice(1) };
    default:
      return { timer: "expire offsets" };
  }
}

function groupAndMember(key: string): { groupId: string; memberId: string } {
  const colon = key.indexOf(":");
  const end = colon + 1 + Number(key.slice(1, colon));
  return { groupId: key.slice(colon + 1, end), memberId: key.slice(end) };
}
