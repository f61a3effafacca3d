import { planReassignment, type PlanBroker, type PlanPartition } from "../reassign-plan";
import { evenBytes } from "./even-bytes";

/** A partition as it lies now. */
export interface SizedPartition extends PlanPartition {
  /** Of its largest replica, which is what a new one has to copy. */
  bytes: number;
}

/** A partition that would get other replicas, or another preferred leader. */
export interface PlannedMove {
  topic: string;
  partition: number;
  from: readonly number[];
  to: readonly number[];
  /** What has to be copied: its size times the brokers that are new to it. */
  bytes: number;
}

/** What a broker holds. */
export interface Share {
  replicas: number;
  /** Partitions whose preferred leader it is. */
  leaders: number;
  bytes: number;
}

export interface RebalancePlan {
  moves: PlannedMove[];
  bytesToMove: number;
  /** Every broker that holds replicas before or after, ascending. */
  brokers: { nodeId: number; rack: string | null; before: Share; after: Share }[];
}

/**
 * Spreads replicas, preferred leaders and bytes evenly over `brokers`, and each partition over their racks: first as many replicas
 * and leaders for everyone with the fewest moves, then replicas of unlike size change places until no broker holds much more than
 * another. What lies on other brokers (those to be removed, or dead) moves away. Deterministic. Needs as many brokers as the largest
 * replication factor.
 */
export function planRebalance(partitions: readonly SizedPartition[], brokers: readonly PlanBroker[]): RebalancePlan {
  const placed = partitions.map((partition, index) => ({ ...partition, index }));
  const slots = planReassignment(placed, brokers).map((replicas, index) => ({ replicas, bytes: placed[index]!.bytes }));
  evenBytes(slots, brokers);
  evenLeaders(
    slots,
    brokers.map(({ nodeId }) => nodeId),
  );
  const moves = partitions.flatMap(({ topic, partition, replicas: from, bytes }, index): PlannedMove[] => {
    const to = slots[index]!.replicas;
    if (from.join() === to.join()) return [];
    return [{ topic, partition, from, to, bytes: bytes * to.filter((id) => !from.includes(id)).length }];
  });
  const before = sharesOf(partitions);
  const after = sharesOf(slots);
  const racks = new Map(brokers.map(({ nodeId, rack }) => [nodeId, rack]));
  const none: Share = { replicas: 0, leaders: 0, bytes: 0 };
  const ids = new Set([...before.keys(), ...racks.keys()]);
  return {
    moves,
    bytesToMove: moves.reduce((sum, { bytes }) => sum + bytes, 0),
    brokers: [...ids]
      .sort((a, b) => a - b)
      .map((nodeId) => ({
        nodeId,
        rack: racks.get(nodeId) ?? null,
        before: before.get(nodeId) ?? none,
        after: after.get(nodeId) ?? none,
      })),
  };
}

/** Replicas that changed places took preferred leaderships along: gives them back where another replica may lead. */
function evenLeaders(slots: readonly { replicas: number[] }[], ids: readonly number[]): void {
  const leads = new Map(ids.map((id) => [id, 0]));
  for (const { replicas } of slots) leads.set(replicas[0]!, leads.get(replicas[0]!)! + 1);
  for (let changed = true; changed;) {
    changed = false;
    for (const { replicas } of slots) {
      const leader = replicas[0]!;
      const least = replicas.reduce((best, id) => (leads.get(id)! < leads.get(best)! ? id : best));
      if (leads.get(leader)! - leads.get(least)! < 2) continue;
      const at = replicas.indexOf(least);
      [replicas[0], replicas[at]] = [least, leader];
      leads.set(leader, leads.get(leader)! - 1);
      leads.set(least, leads.get(least)! + 1);
      changed = true;
    }
  }
}

function sharesOf(partitions: readonly { replicas: readonly number[]; bytes: number }[]): Map<number, Share> {
  const shares = new Map<number, Share>();
  for (const { replicas, bytes } of partitions) {
    replicas.forEach((id, index) => {
      const share = shares.get(id) ?? { replicas: 0, leaders: 0, bytes: 0 };
      shares.set(id, {
        replicas: share.replicas + 1,
        leaders: share.leaders + (index === 0 ? 1 : 0),
        bytes: share.bytes + bytes,
      });
    });
  }
  return shares;
}
