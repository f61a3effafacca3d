/** A broker that replicas may be placed on. */
export interface PlanBroker {
  nodeId: number;
  rack: string | null;
}

export interface PlanPartition {
  topic: string;
  partition: number;
  /** The preferred leader first. */
  replicas: readonly number[];
}

interface Slot {
  partition: PlanPartition;
  replicas: number[];
}

/**
 * Where replicas go so that they are spread evenly over `brokers`, each partition over as many racks as can be, with as
 * few copies as that takes: what is on the right brokers stays. Preferred leaders are spread too. Deterministic.
 * Needs as many brokers as `replicationFactor` (of each partition its present one where absent).
 */
export function planReassignment(
  partitions: readonly PlanPartition[],
  brokers: readonly PlanBroker[],
  replicationFactor?: number,
): number[][] {
  const plan = new Plan(partitions, brokers, replicationFactor);
  plan.fill();
  plan.spreadOverRacks();
  plan.level();
  plan.spreadLeaders();
  return plan.slots.map(({ replicas }) => replicas);
}

class Plan {
  readonly slots: Slot[];
  private readonly load = new Map<number, number>();
  private readonly rackOf: ReadonlyMap<number, string>;
  private readonly ids: readonly number[];

  constructor(
    partitions: readonly PlanPartition[],
    brokers: readonly PlanBroker[],
    private readonly replicationFactor: number | undefined,
  ) {
    this.ids = brokers.map(({ nodeId }) => nodeId).sort((a, b) => a - b);
    // Where no broker says its rack, each is one of its own.
    const racks = brokers.some(({ rack }) => rack !== null);
    this.rackOf = new Map(brokers.map(({ nodeId, rack }) => [nodeId, racks ? (rack ?? "") : `broker ${nodeId}`]));
    for (const id of this.ids) this.load.set(id, 0);
    this.slots = partitions.map((partition) => ({ partition, replicas: this.kept(partition) }));
  }

  /** What may stay: replicas on the brokers given; where there are too many, one of each rack first. */
  private kept(partition: PlanPartition): number[] {
    const wanted = this.replicationFactor ?? partition.replicas.length;
    const allowed = partition.replicas.filter((id) => this.load.has(id));
    const firsts = allowed.filter((id, index) => allowed.findIndex((other) => this.sameRack(id, other)) === index);
    const kept = new Set([...new Set([...firsts, ...allowed])].slice(0, wanted));
    const replicas = allowed.filter((id) => kept.has(id));
    for (const id of replicas) this.add(id, 1);
    return replicas;
  }

  /** Adds what is missing: in a new rack where there is one, on the broker with the least. */
  fill(): void {
    for (const slot of this.slots) {
      const wanted = this.replicationFactor ?? slot.partition.replicas.length;
      while (slot.replicas.length < wanted) {
        const id = this.best(slot.replicas, slot.partition.replicas);
        if (id === undefined) break;
        slot.replicas.push(id);
        this.add(id, 1);
      }
    }
  }

  private best(taken: readonly number[], former: readonly number[]): number | undefined {
    const rank = (id: number) => [
      taken.some((other) => this.sameRack(id, other)) ? 1 : 0,
      this.load.get(id)!,
      former.includes(id) ? 0 : 1,
    ];
    return this.ids.filter((id) => !taken.includes(id)).sort((a, b) => compare(rank(a), rank(b)) || a - b)[0];
  }

  /** A replica that shares its rack moves to a rack that has none of the partition. */
  spreadOverRacks(): void {
    for (const slot of this.slots) {
      for (;;) {
        const doubled = slot.replicas.findLastIndex((id, index) =>
          slot.replicas.some((other, at) => at < index && this.sameRack(id, other)),
        );
        const free = this.ids
          .filter((id) => !slot.replicas.some((other) => this.sameRack(id, other)))
          .sort((a, b) => this.load.get(a)! - this.load.get(b)! || a - b)[0];
        if (doubled < 0 || free === undefined) break;
        this.move(slot, slot.replicas[doubled]!, free);
      }
    }
  }

  /** Moves replicas from brokers with many to brokers with few while that evens the load and costs no partition a rack. */
  level(): void {
    for (let moved = true; moved;) {
      moved = false;
      const byLoad = [...this.ids].sort((a, b) => this.load.get(b)! - this.load.get(a)! || a - b);
      search: for (const from of byLoad) {
        for (const to of [...byLoad].reverse()) {
          if (this.load.get(from)! - this.load.get(to)! < 2) break;
          const slot = this.slots.find(({ replicas }) => this.mayMove(replicas, from, to));
          if (slot === undefined) continue;
          this.move(slot, from, to);
          moved = true;
          break search;
        }
      }
    }
  }

  private mayMove(replicas: readonly number[], from: number, to: number): boolean {
    if (!replicas.includes(from) || replicas.includes(to)) return false;
    const others = replicas.filter((id) => id !== from);
    const alone = (id: number) => !others.some((other) => this.sameRack(id, other));
    return alone(to) || !alone(from);
  }

  /** The first replica is the preferred leader: each broker gets about as many, and a leader stays where it can. */
  spreadLeaders(): void {
    const leads = new Map(this.ids.map((id) => [id, 0]));
    const most = Math.ceil(this.slots.length / Math.max(1, this.ids.length));
    const later: Slot[] = [];
    const lead = (slot: Slot, id: number) => {
      slot.replicas = [id, ...slot.replicas.filter((other) => other !== id)];
      leads.set(id, leads.get(id)! + 1);
    };
    for (const slot of this.slots) {
      const former = slot.partition.replicas[0];
      if (former !== undefined && slot.replicas.includes(former) && leads.get(former)! < most) lead(slot, former);
      else later.push(slot);
    }
    for (const slot of later) {
      const [least] = [...slot.replicas].sort((a, b) => leads.get(a)! - leads.get(b)! || a - b);
      if (least !== undefined) lead(slot, least);
    }
  }

  private move(slot: Slot, from: number, to: number): void {
    slot.replicas = slot.replicas.map((id) => (id === from ? to : id));
    this.add(from, -1);
    this.add(to, 1);
  }

  private add(id: number, count: number): void {
    this.load.set(id, this.load.get(id)! + count);
  }

  private sameRack(a: number, b: number): boolean {
    return this.rackOf.get(a) === this.rackOf.get(b);
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, each] of a.entries()) {
    const difference = each - b[index]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
