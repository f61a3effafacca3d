import type { TaggedField } from "./reader";

/**
 * A rebalance of a group, for people: why it happened and what it waited for. Kafka's DescribeGroups has no place for it. It
 * travels as a tagged field of our own, which every other client and broker passes over (KIP-482), and only to who asks for it:
 * by the same tag, empty, in the request.
 */
export interface RebalanceSummary {
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly reason: string;
  /** The generation that came of it; null while it goes on. */
  readonly generation: number | null;
  /** From the first cause to the assignment; null while it goes on. */
  readonly tookMs: number | null;
  /** How long members took to join, the slowest last; of many members only the slowest. */
  readonly members: readonly { readonly memberId: string; readonly tookMs: number }[];
  /** Members that did not come back in time. */
  readonly removed: readonly string[];
}

/** Far from the tags that Kafka gives out from 0. */
const REBALANCES_TAG = 77_001;

/** For the request: tells the coordinator that rebalances are wanted. */
export const rebalancesWanted: TaggedField = { tag: REBALANCES_TAG, data: new Uint8Array(0) };

export function wantsRebalances(tags: readonly TaggedField[] | undefined): boolean {
  return tags?.some(({ tag }) => tag === REBALANCES_TAG) ?? false;
}

/** For a group in the answer; the data is JSON. */
export function rebalancesTag(rebalances: readonly RebalanceSummary[]): TaggedField {
  return { tag: REBALANCES_TAG, data: new TextEncoder().encode(JSON.stringify(rebalances)) };
}

/** The rebalances in a group's answer; empty where the cluster does not tell, or tells in words that are not ours. */
export function readRebalances(tags: readonly TaggedField[] | undefined): RebalanceSummary[] {
  const field = tags?.find(({ tag }) => tag === REBALANCES_TAG);
  if (field === undefined) return [];
  try {
    const told: unknown = JSON.parse(new TextDecoder().decode(field.data));
    return Array.isArray(told) ? told.filter(isSummary) : [];
  } catch {
    return [];
  }
}

function isSummary(value: unknown): value is RebalanceSummary {
  if (typeof value !== "object" || value === null) return false;
  const { startedAtMs, reason, members, removed } = value as Record<string, unknown>;
  return (
    typeof startedAtMs === "number" && typeof reason === "string" && Array.isArray(members) && Array.isArray(removed)
  );
}
