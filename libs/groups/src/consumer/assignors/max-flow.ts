interface Arc {
  readonly to: number;
  /** What may still be sent along it. */
  room: number;
  /** The way back: what was sent may be taken back. */
  readonly back: number;
}

/**
 * The greatest flow through a network whose arcs have whole capacities, from node 0 to node 1. Capacities may grow between two
 * runs, and flow may be laid beforehand: what is there stays, as far as it goes, and is only led another way.
 * Source: Dinic (1970): shortest ways first, all of one length at a time.
 */
export class MaxFlow {
  static readonly SOURCE = 0;
  static readonly SINK = 1;
  private readonly arcs: Arc[] = [];
  private readonly arcsOf: number[][];

  constructor(nodeCount: number) {
    this.arcsOf = Array.from({ length: nodeCount }, () => []);
  }

  /** Returns the arc's number. */
  connect(from: number, to: number, capacity: number): number {
    const arc = this.arcs.length;
    this.arcs.push({ to, room: capacity, back: arc + 1 }, { to: from, room: 0, back: arc });
    this.arcsOf[from]!.push(arc);
    this.arcsOf[to]!.push(arc + 1);
    return arc;
  }

  /** More capacity for an arc. */
  widen(arc: number, by: number): void {
    this.arcs[arc]!.room += by;
  }

  /** One more unit along an arc; whoever lays flow lays it from source to sink. */
  lay(arc: number): void {
    this.send(arc, 1);
  }

  flow(arc: number): number {
    return this.arcs[this.arcs[arc]!.back]!.room;
  }

  /** Sends all that can be sent. */
  run(): void {
    for (;;) {
      const depths = this.depths();
      if (depths[MaxFlow.SINK] === -1) return;
      const next = this.arcsOf.map(() => 0);
      while (this.push(depths, next));
    }
  }

  /** Arcs from the source to each node; -1: it cannot be reached. */
  private depths(): number[] {
    const depths = this.arcsOf.map(() => -1);
    depths[MaxFlow.SOURCE] = 0;
    const queue = [MaxFlow.SOURCE];
    for (const node of queue) {
      for (const arc of this.arcsOf[node]!) {
        const { to, room } = this.arcs[arc]!;
        if (room === 0 || depths[to] !== -1) continue;
        depths[to] = depths[node]! + 1;
        queue.push(to);
      }
    }
    return depths;
  }

  /** One way of the shortest, to its full width; false: there is none left. `next`: arcs of each node that lead nowhere. */
  private push(depths: readonly number[], next: number[]): boolean {
    const way: number[] = [];
    let node: number = MaxFlow.SOURCE;
    while (node !== MaxFlow.SINK) {
      const arc = this.arcsOf[node]![next[node]!];
      if (arc === undefined) {
        const last = way.pop();
        if (last === undefined) return false;
        node = this.arcs[this.arcs[last]!.back]!.to;
        next[node]!++;
        continue;
      }
      const { to, room } = this.arcs[arc]!;
      if (room > 0 && depths[to] === depths[node]! + 1) {
        way.push(arc);
        node = to;
      } else next[node]!++;
    }
    let width = Infinity;
    for (const arc of way) width = Math.min(width, this.arcs[arc]!.room);
    for (const arc of way) this.send(arc, width);
    return true;
  }

  private send(arc: number, amount: number): void {
    const { back } = this.arcs[arc]!;
    this.arcs[arc]!.room -= amount;
    this.arcs[back]!.room += amount;
  }
}
