import type { Uuid } from "@moldau/base";

/** In which racks a topic's partitions have replicas. Immutable, and the same object as long as nothing changed. */
export interface TopicRacks {
  /** By partition: sorted, each once; empty where no replica's broker names its rack. */
  readonly partitions: readonly (readonly string[])[];
  /** Of `partitions`: another number where something is different, as good as certainly. */
  readonly hash: bigint;
}

/** No racks anywhere; also the hash of a group none of whose members names a rack. */
export const NO_RACKS_HASH = 0n;

/**
 * From the racks of each partition's replicas, whether in sync or not: a replica that is down for a while is no reason to
 * rebalance (KIP-881). Partitions in the same racks share one list.
 */
export function topicRacksOf(partitions: Iterable<Iterable<string>>): TopicRacks {
  const lists = new Map<string, readonly string[]>();
  const hash = new Hash64();
  const result: (readonly string[])[] = [];
  for (const racks of partitions) {
    const list = [...new Set(racks)].sort();
    const key = JSON.stringify(list);
    let shared = lists.get(key);
    if (shared === undefined) lists.set(key, (shared = list));
    result.push(shared);
    hash.add(key);
  }
  return { partitions: result, hash: hash.value };
}

/** One hash of several topics, which come in one order always (KIP-1101). */
export function hashOfTopics(topics: Iterable<{ readonly id: Uuid; readonly racks: TopicRacks }>): bigint {
  const hash = new Hash64();
  for (const { id, racks } of topics) hash.add(`${id}${racks.hash}`);
  return hash.value;
}

/** FNV-1a twice, from different beginnings: to notice changes, not to withstand attacks. */
class Hash64 {
  private high = 0x811c9dc5;
  private low = 0x9e3779b9;

  add(text: string): void {
    for (let i = 0; i < text.length; i++) this.addUnit(text.charCodeAt(i));
    this.addUnit(0xffff);
  }

  private addUnit(unit: number): void {
    this.high = Math.imul(this.high ^ unit, 0x01000193);
    this.low = Math.imul(this.low ^ unit ^ (this.high >>> 15), 0x01000193);
  }

  get value(): bigint {
    return BigInt.asIntN(64, (BigInt(this.high >>> 0) << 32n) | BigInt(this.low >>> 0));
  }
}
