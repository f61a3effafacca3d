// A fresh placement of partitions over brokers, in stripes: leaders go round, replicas lie in different racks where there are
// enough. Source: Kafka's StripedReplicaPlacer (its javadoc).

export interface PlacedBroker {
  id: number;
  rack: string | null;
}

/**
 * Replicas of each partition, the preferred leader first. `start` is a random number from 0 to 1: without it every topic would
 * begin at the same broker.
 */
export function placeReplicas(
  brokers: readonly PlacedBroker[],
  partitions: number,
  replicationFactor: number,
  start: number,
): number[][] {
  const sorted = [...brokers].sort((a, b) => a.id - b.id);
  const names = [...new Set(sorted.map(({ rack }) => rack ?? ""))].sort();
  const racks = names.map((name) => sorted.filter(({ rack }) => (rack ?? "") === name).map(({ id }) => id));
  const first = Math.floor(start * brokers.length);
  return Array.from({ length: partitions }, (_, partition) => {
    const replicas: number[] = [];
    const firstRack = (first + partition) % racks.length;
    // Once around all racks the next broker of each comes.
    for (let step = 0; replicas.length < replicationFactor; step++) {
      const rack = racks[(firstRack + step) % racks.length]!;
      const lap = Math.floor((first + partition) / racks.length) + Math.floor(step / racks.length);
      const id = rack[lap % rack.length]!;
      if (!replicas.includes(id)) replicas.push(id);
    }
    return replicas;
  });
}
