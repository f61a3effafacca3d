import { type Timeline, TimelineMap } from "@moldau/timeline";

interface Node {
  atMs: number;
  key: string;
}

/**
 * Deadlines by key. Moving a deadline later (each heartbeat does) is one map write: the heap holds at most one node a
 * key, which is looked at again when its old time comes. Deadlines are in the timeline; the heap is rebuilt on revert.
 */
export class Timers {
  private readonly deadlines: TimelineMap<string, number>;
  /** Time of the key's node in the heap; a node with another time is stale. */
  private queued = new Map<string, number>();
  private heap: Node[] = [];

  constructor(timeline: Timeline) {
    this.deadlines = new TimelineMap(timeline);
  }

  get size(): number {
    return this.deadlines.size;
  }

  schedule(key: string, atMs: number): void {
    this.deadlines.set(key, atMs);
    this.enqueue(key, atMs);
  }

  cancel(key: string): void {
    this.deadlines.delete(key);
  }

  /** The earliest deadline, Infinity where there is none. */
  nextDeadlineMs(): number {
    return this.head()?.atMs ?? Infinity;
  }

  /** Takes the earliest timer that is due; undefined where none is. Equal deadlines fire in order of their keys. */
  takeDue(nowMs: number): string | undefined {
    const head = this.head();
    if (head === undefined || head.atMs > nowMs) return undefined;
    this.pop();
    this.queued.delete(head.key);
    this.deadlines.delete(head.key);
    return head.key;
  }

  /** A copy of all deadlines, to be handed to `settleAfterRevert`. */
  copyDeadlines(): Map<string, number> {
    return new Map(this.deadlines);
  }

  /**
   * After the timeline was reverted: a deadline keeps the postponement that the reverted future gave it (the heartbeat
   * did arrive), and nothing fires before `notBeforeMs`, so that a step that is refused again and again does not spin.
   */
  settleAfterRevert(dropped: ReadonlyMap<string, number>, notBeforeMs: number): void {
    this.queued = new Map();
    this.heap = [];
    for (const [key, atMs] of [...this.deadlines]) {
      this.schedule(key, Math.max(atMs, dropped.get(key) ?? atMs, notBeforeMs));
    }
  }

  private head(): Node | undefined {
    for (;;) {
      const node = this.heap[0];
      if (node === undefined) return undefined;
      const deadline = this.queued.get(node.key) === node.atMs ? this.deadlines.get(node.key) : undefined;
      if (deadline === node.atMs) return node;
      this.pop();
      if (this.queued.get(node.key) !== node.atMs) continue;
      this.queued.delete(node.key);
      if (deadline !== undefined) this.enqueue(node.key, deadline);
    }
  }

  private enqueue(key: string, atMs: number): void {
    const queuedAt = this.queued.get(key);
    if (queuedAt !== undefined && queuedAt <= atMs) return;
    this.queued.set(key, atMs);
    this.push({ atMs, key });
  }

  private push(node: Node): void {
    const heap = this.heap;
    let at = heap.push(node) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Node;
      if (!before(node, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = node;
  }

  private pop(): void {
    const heap = this.heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Node, heap[child] as Node)) child++;
      if (!before(heap[child] as Node, last)) break;
      heap[at] = heap[child] as Node;
      at = child;
    }
    heap[at] = last;
  }
}

function before(a: Node, b: Node): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.key < b.key);
}
