import type { PlanBroker } from "../reassign-plan";

/** A partition in a plan: its replicas are changed in place. */
export interface ByteSlot {
  replicas: number[];
  readonly bytes: number;
}

/** Brokers may differ by so much of what they hold on average; evening out more moves bytes for nothing. */
const TOLERATED = 0.1;

/**
 * Lets replicas of unlike size change places between a broker that holds much and one that holds little, so that the numbers of
 * replicas stay as they are. No partition loses a rack by it, and none comes to lie twice on a broker.
 */
export function evenBytes(slots: readonly ByteSlot[], brokers: readonly PlanBroker[]): void {
  new Bytes(slots, brokers).even();
}

interface Swap {
  heavy: ByteSlot;
  light: ByteSlot;
  /** How far from halving the gap. */
  miss: number;
}

class Bytes {
  private readonly held = new Map<number, number>();
  private readonly rackOf: ReadonlyMap<number, string>;

  constructor(
    private readonly slots: readonly ByteSlot[],
    brokers: readonly PlanBroker[],
  ) {
    const racks = brokers.some(({ rack }) => rack !== null);
    this.rackOf = new Map(brokers.map(({ nodeId, rack }) => [nodeId, racks ? (rack ?? "") : `broker ${nodeId}`]));
    for (const { nodeId } of brokers) this.held.set(nodeId, 0);
    for (const { replicas, bytes } of slots) for (const id of replicas) this.held.set(id, this.held.get(id)! + bytes);
  }

  even(): void {
    const total = [...this.held.values()].reduce((sum, bytes) => sum + bytes, 0);
    const tolerated = (total / Math.max(1, this.held.size)) * TOLERATED;
    // Every swap makes the sum of squares smaller; the bound is for ties of rounding.
    for (let left = this.slots.length * 2; left > 0; left--) if (!this.swapOne(tolerated)) return;
  }

  private swapOne(tolerated: number): boolean {
    const byBytes = [...this.held].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => id);
    for (const from of byBytes) {
      for (const to of [...byBytes].reverse()) {
        const gap = this.held.get(from)! - this.held.get(to)!;
        if (gap <= tolerated) break;
        const swap = this.bestSwap(from, to, gap);
        if (swap === undefined) continue;
        this.replace(swap.heavy, from, to);
        this.replace(swap.light, to, from);
        return true;
      }
    }
    return false;
  }

  /** The pair whose exchange comes nearest to making both hold the same. */
  private bestSwap(from: number, to: number, gap: number): Swap | undefined {
    const heavy = this.slots.filter(({ replicas }) => this.mayMove(replicas, from, to));
    const light = this.slots
      .filter(({ replicas }) => this.mayMove(replicas, to, from))
      .sort((a, b) => a.bytes - b.bytes);
    let best: Swap | undefined;
    for (const one of heavy) {
      const wanted = one.bytes - gap / 2;
      const at = firstAtLeast(light, wanted);
      for (const other of [light[at - 1], light[at]]) {
        if (other === undefined) continue;
        const difference = one.bytes - other.bytes;
        if (difference <= 0 || difference >= gap) continue;
        const miss = Math.abs(difference - gap / 2);
        if (best === undefined || miss < best.miss) best = { heavy: one, light: other, miss };
      }
    }
    return best;
  }

  private mayMove(replicas: readonly number[], from: number, to: number): boolean {
    if (!replicas.includes(from) || replicas.includes(to)) return false;
    const others = replicas.filter((id) => id !== from);
    const isAlone = (id: number) => !others.some((other) => this.rackOf.get(other) === this.rackOf.get(id));
    return isAlone(to) || !isAlone(from);
  }

  private replace(slot: ByteSlot, from: number, to: number): void {
    slot.replicas[slot.replicas.indexOf(from)] = to;
    this.held.set(from, this.held.get(from)! - slot.bytes);
    this.held.set(to, this.held.get(to)! + slot.bytes);
  }
}

function firstAtLeast(sorted: readonly ByteSlot[], bytes: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]!.bytes < bytes) low = middle + 1;
    else high = middle;
  }
  return low;
}
