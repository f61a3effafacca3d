import type { GroupEvent } from "@moldau/groups";
import type { Logger } from "@moldau/telemetry";

/** Members named in one line at most; a group of thousands would make it unreadable. */
const MEMBERS_A_LINE = 20;

/** Writes down what happened to a group: who caused a rebalance, why, and how long each member took. */
export function logGroupEvent(log: Logger, event: GroupEvent): void {
  const { event: what, groupId, ...facts } = event;
  const group = groupId;
  switch (event.event) {
    case "members joined": {
      const slowest = event.members.slice(-MEMBERS_A_LINE).map(({ memberId, tookMs }) => ({ memberId, tookMs }));
      const { generation, protocol, leaderId, removed, members } = event;
      log.info({ group, generation, protocol, leaderId, memberCount: members.length, slowest, removed }, what);
      return;
    }
    case "rebalance completed": {
      const { generation, protocol, memberCount, reason, tookMs } = event;
      const slowest = event.members?.slice(-MEMBERS_A_LINE).map(({ memberId, tookMs }) => ({ memberId, tookMs }));
      log.info({ group, generation, protocol, memberCount, reason, tookMs, slowest }, what);
      return;
    }
    case "group changed its protocol":
    case "offsets expired":
    case "static member replaced":
    case "member removed":
    case "rebalance started":
    case "group is empty":
      log.info({ group, ...facts }, what);
  }
}
