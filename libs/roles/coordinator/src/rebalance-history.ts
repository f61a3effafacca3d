import type { GroupEvent } from "@moldau/groups";
import type { RebalanceSummary } from "@moldau/protocol";

const REBALANCES_KEPT = 5;
const MEMBERS_KEPT = 20;
const GROUPS_KEPT = 2_000;

/**
 * The last rebalances of each group, for `moldau group describe`: what the log says, without having to look for it. Of bounded
 * size, groups that were quiet the longest go first. Known to this process alone: another owner begins anew.
 */
export class RebalanceHistory {
  /** In order of their last event. */
  private readonly groups = new Map<string, RebalanceSummary[]>();

  /** Oldest first; the last one may be under way. */
  of(groupId: string): readonly RebalanceSummary[] {
    return this.groups.get(groupId) ?? [];
  }

  add(event: GroupEvent, nowMs: number): void {
    switch (event.event) {
      case "rebalance started": {
        const known = this.of(event.groupId);
        const last = known[known.length - 1];
        // Further causes of a rebalance that is under way prolong it.
        if (last !== undefined && last.tookMs === null) return;
        const begun = { generation: null, tookMs: null, members: [], removed: [] };
        this.keep(event.groupId, [...known, { startedAtMs: nowMs, reason: event.reason, ...begun }]);
        return;
      }
      case "members joined": {
        const { generation, members, removed } = event;
        return this.change(event.groupId, { generation, members: slowest(members), removed });
      }
      case "rebalance completed": {
        const { groupId, generation, tookMs, reason, members } = event;
        const known = this.of(groupId);
        if (known.at(-1)?.tookMs !== null) {
          // Begun under another owner of the shard.
          const begun = { startedAtMs: nowMs - tookMs, generation: null, tookMs: null, members: [], removed: [] };
          this.keep(groupId, [...known, { ...begun, reason }]);
        }
        const facts = { generation, tookMs };
        return this.change(groupId, members === undefined ? facts : { ...facts, members: slowest(members) });
      }
      case "group is empty":
        return this.end(event.groupId, event.generation, nowMs);
      default:
    }
  }

  private end(groupId: string, generation: number, nowMs: number): void {
    const last = this.of(groupId).at(-1);
    if (last !== undefined && last.tookMs === null) {
      this.change(groupId, { generation, tookMs: Math.max(nowMs - last.startedAtMs, 0) });
    }
  }

  private change(groupId: string, facts: Partial<RebalanceSummary>): void {
    const known = this.of(groupId);
    const last = known[known.length - 1];
    if (last !== undefined) this.keep(groupId, [...known.slice(0, -1), { ...last, ...facts }]);
  }

  private keep(groupId: string, rebalances: readonly RebalanceSummary[]): void {
    this.groups.delete(groupId);
    this.groups.set(groupId, rebalances.slice(-REBALANCES_KEPT));
    if (this.groups.size > GROUPS_KEPT) this.groups.delete(this.groups.keys().next().value as string);
  }
}

/** The slowest last. */
function slowest(members: RebalanceSummary["members"]): RebalanceSummary["members"] {
  return [...members].sort((a, b) => a.tookMs - b.tookMs).slice(-MEMBERS_KEPT);
}
