import { assert } from "@moldau/base";

/** What can take back one of its own writes. Implemented by the collections of this room only. */
export interface Revertible {
  /** Puts back what `key` held before the write; `previous` is ABSENT where there was nothing. */
  undo(key: unknown, previous: unknown): void;
}

/** Marks "nothing was here" in the journal, so that `undefined` may be a value. */
export const ABSENT: unique symbol = Symbol("absent");

interface Write {
  readonly target: Revertible;
  readonly key: unknown;
  readonly previous: unknown;
}

interface Snapshot {
  epoch: number;
  /** Length the journal had, counted from the first write ever. */
  position: number;
}

/**
 * The common past of a set of revertible collections: one journal of overwritten values, and snapshots that name
 * moments in it.
 *
 * States of a moment: *named* by `snapshot(epoch)`; from then on every write keeps what it overwrote; *reverted to* by
 * `revertTo(epoch)`, after which the collections are as they were when it was named; *forgotten* by `forgetBefore` or
 * `forgetAll`, after which its journal is gone. While no snapshot exists nothing is journalled: loading costs nothing.
 *
 * An epoch is whatever the owner counts by (log offsets, sequence numbers); it only has to grow.
 * Source of the idea: Kafka's `org.apache.kafka.timeline.SnapshotRegistry`. There a snapshot holds hash tables of changed
 * elements so that old epochs can be read; here an old epoch can only be returned to, which is all that a coordinator
 * needs, and a write costs one array push.
 */
export class Timeline {
  private journal: Write[] = [];
  /** Writes that were dropped from the head of the journal. */
  private base = 0;
  private snapshots: Snapshot[] = [];

  /** Epochs that can be reverted to, oldest first. */
  get epochs(): number[] {
    return this.snapshots.map((snapshot) => snapshot.epoch);
  }

  /** Writes that are kept so that they can be taken back. */
  get journalLength(): number {
    return this.journal.length;
  }

  /** Names the present moment. Naming the newest epoch again moves it to the present. */
  snapshot(epoch: number): void {
    const last = this.snapshots[this.snapshots.length - 1];
    if (last !== undefined && last.epoch === epoch) {
      last.position = this.base + this.journal.length;
      if (this.snapshots.length === 1) this.dropJournalHead();
      return;
    }
    assert(last === undefined || last.epoch < epoch, `snapshot ${epoch} is not after ${last?.epoch}`);
    this.snapshots.push({ epoch, position: this.base + this.journal.length });
  }

  /** Takes back every write since `epoch` was named, newest first. The snapshot itself stays; later ones are dropped. */
  revertTo(epoch: number): void {
    const index = this.snapshots.findIndex((snapshot) => snapshot.epoch === epoch);
    const snapshot = this.snapshots[index];
    assert(snapshot !== undefined, `no snapshot of epoch ${epoch} to revert to`);
    const writes = this.journal.splice(snapshot.position - this.base);
    for (let i = writes.length - 1; i >= 0; i--) {
      const write = writes[i] as Write;
      write.target.undo(write.key, write.previous);
    }
    this.snapshots.length = index + 1;
  }

  /** Drops the snapshots older than `epoch`: what happened up to it is final. */
  forgetBefore(epoch: number): void {
    const keep = this.snapshots.findIndex((snapshot) => snapshot.epoch >= epoch);
    if (keep === -1) return this.forgetAll();
    if (keep === 0) return;
    this.snapshots.splice(0, keep);
    this.dropJournalHead();
  }

  /** Everything that happened is final; writes are no longer journalled until the next snapshot. */
  forgetAll(): void {
    this.snapshots = [];
    this.base += this.journal.length;
    this.journal = [];
  }

  /** For the collections: called before a write takes effect. */
  wrote(target: Revertible, key: unknown, previous: unknown): void {
    if (this.snapshots.length > 0) this.journal.push({ target, key, previous });
  }

  private dropJournalHead(): void {
    const oldest = this.snapshots[0];
    if (oldest === undefined) return;
    const drop = oldest.position - this.base;
    if (drop === 0) return;
    if (drop === this.journal.length) this.journal = [];
    else this.journal.splice(0, drop);
    this.base += drop;
  }
}
