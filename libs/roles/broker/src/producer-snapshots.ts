import { isControl, readControlMarker } from "@moldau/record-batch";
import { StorageError } from "@moldau/segment-store";
import type { HostedPartition } from "./hosted-partition";

/**
 * Brings the producers' state up to the log's end: the newest snapshot, then the batches behind it. After a kill this is
 * what makes a repeated batch a duplicate and not a second copy.
 */
export async function loadProducers(hosted: HostedPartition, nowMs: number): Promise<void> {
  const { log, replica } = hosted;
  const end = log.logEndOffset;
  const snapshot = await log.latestProducerSnapshot(end);
  replica.importProducers(snapshot?.entries ?? [], nowMs);
  const from = Math.max(snapshot?.offset ?? 0, log.logStartOffset);
  // Of a log that never had a batch a snapshot would say nothing.
  hosted.snapshots.noteLoaded(snapshot?.offset ?? (end === 0 ? 0 : -1));
  if (from >= end) return;
  await log.forEachBatch({ from, to: end }, ({ header, bytes }) => {
    // A batch that the snapshot has seen already: a segment's worth of batches shares one file position.
    if (header.baseOffset < from) return;
    const marker = isControl(header.attributes) ? readControlMarker(bytes, 0, header) : undefined;
    replica.replay(header, marker, nowMs);
  });
}

/** Writes a partition's producer snapshots: when a segment is full, now and then, and at the end. */
export class ProducerSnapshots {
  readonly #hosted: HostedPartition;
  #lastOffset = -1;
  #rolled = false;
  #writing: Promise<void> | undefined;

  constructor(hosted: HostedPartition) {
    this.#hosted = hosted;
  }

  noteLoaded(offset: number): void {
    this.#lastOffset = offset;
  }

  /**
   * Before the core decides about a batch: where it begins a new segment the state is taken as it is there, so that a recovery
   * of that segment knows which transactions are open at its beginning.
   */
  beforeAppend(next: { sizeBytes: number; maxTimestamp: number; lastOffset: number }): void {
    // Storage trouble takes the directory offline and is told there.
    if (this.#hosted.log.wouldRoll(next)) this.write().catch(() => undefined);
  }

  /** A segment was closed. Where its end was not foreseen, and an append is under way, that append's end has to do. */
  onRoll(baseOffset: number): void | Promise<void> {
    if (this.#lastOffset === baseOffset) return this.#writing;
    if (this.#hosted.replica.assignedEndOffset === baseOffset) return this.write();
    this.#rolled = true;
  }

  /** After each append to the log; cheap where nothing rolled. */
  afterAppend(): void {
    if (!this.#rolled) return;
    this.#rolled = false;
    // Storage trouble takes the directory offline and is told there.
    this.write().catch(() => undefined);
  }

  /** Writes the state as it is now, under the offset that it belongs to, once the log is written up to there. */
  write(): Promise<void> {
    const { replica, log } = this.#hosted;
    const offset = replica.assignedEndOffset;
    if (offset === this.#lastOffset || log.logEndOffset !== offset) return this.#writing ?? Promise.resolve();
    const entries = replica.exportProducers();
    const generation = this.#hosted.generation;
    const before = this.#writing ?? Promise.resolve();
    this.#lastOffset = offset;
    const writing = before
      .catch(() => undefined)
      .then(async () => {
        await log.append([]);
        if (this.#hosted.generation !== generation) return;
        await log.writeProducerSnapshot(offset, entries);
      })
      .catch((error: unknown) => {
        this.#lastOffset = -1;
        if (!(error instanceof StorageError)) throw error;
      });
    this.#writing = writing;
    return writing;
  }
}
