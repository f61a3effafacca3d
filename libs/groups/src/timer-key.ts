/** Timers of a shard of groups: the harness knows them by text. */
export type GroupTimer =
  /** A member's session, or the patience with a pending member. */
  | { readonly timer: "session"; readonly groupId: string; readonly memberId: string }
  /** Ends the initial delay, or the wait for members to join. */
  | { readonly timer: "join"; readonly groupId: string }
  /** Ends the wait for the members' SyncGroup. */
  | { readonly timer: "sync"; readonly groupId: string }
  | { readonly timer: "expire offsets" };

/** The length in front of the group id keeps any two ids apart. */
export const sessionKey = (groupId: string, memberId: string): string => `m${groupId.length}:${groupId}${memberId}`;
export const joinKey = (groupId: string): string => `j${groupId}`;
export const syncKey = (groupId: string): string => `s${groupId}`;
export const expireOffsetsKey = "x";

export function parseTimerKey(key: string): GroupTimer {
  switch (key[0]) {
    case "m": {
      const colon = key.indexOf(":");
      const end = colon + 1 + Number(key.slice(1, colon));
      return { timer: "session", groupId: key.slice(colon + 1, end), memberId: key.slice(end) };
    }
    case "j":
      return { timer: "join", groupId: key.slice(1) };
    case "s":
      return { timer: "sync", groupId: key.slice(1) };
    default:
      return { timer: "expire offsets" };
  }
}
