import type { Clock } from "@moldau/base";
import { assignShards, type Decision, touchesShards } from "@moldau/control";
import {
  applyRecords,
  type MetadataImage,
  type MetadataRecord,
  packEntry,
  writeMetadataRecord,
} from "@moldau/metadata";
import type { MetadataLog } from "./metadata-log";
import { NotLeaderError, ProposalRefusedError, type Quorum, SupersededError } from "./quorum";

/** This controller may not answer (any more). Whether the change takes place is unknown where it was proposed already. */
export class NotActiveError extends Error {
  override name = "NotActiveError";
}

/** A decision that took effect. */
export interface Decided<R> {
  readonly reply: R;
  /** Where its records stand; undefined where it changed nothing. */
  readonly offset: number | undefined;
  /** What it was decided on. */
  readonly image: MetadataImage;
}

interface Job {
  decide(image: MetadataImage): Decision<unknown>;
  resolve(decided: Decided<unknown>): void;
  reject(error: Error): void;
}

export interface ControllerQueueOptions {
  quorum: Pick<Quorum, "isActive" | "propose">;
  metadata: Pick<MetadataLog, "image">;
  clock: Pick<Clock, "monotonicMs">;
}

/**
 * The one place where metadata changes. Decisions are taken one after another, each on the image as it will be when
 * everything proposed before it is committed, and do not wait for that: the quorum writes many with one sync. A reply
 * is given when the records are committed; one without records, when everything it was decided on is.
 *
 * - idle -> in flight: a decision with records is proposed; the image runs ahead of the committed one.
 * - in flight -> idle: all are committed; the committed image is the image.
 * - in flight -> held: a node registers. Its epoch is the offset at which that is committed, so nothing is decided on it
 *   before.
 * - any -> reverted: leadership went away. Whoever waits hears NotActiveError, the image is the committed one again.
 */
export class ControllerQueue {
  private waiting: Job[] = [];
  private running = false;
  /** Proposed and not committed. */
  private inFlight = 0;
  private held = false;
  /** The committed image and everything in flight; undefined where nothing is in flight. */
  private ahead: MetadataImage | undefined;
  private last: Promise<unknown> | undefined;
  /** Grows with each reversal, so that what belongs to the time before it is told apart. */
  private reign = 0;
  /** From a proposal to its commit, moving average over about the last sixteen; 0 before the first. Unit: ms. */
  commitLatencyMs = 0;

  constructor(private readonly options: ControllerQueueOptions) {}

  /**
   * Takes a decision in its turn. Rejects with NotActiveError; with what `decide` throws; with ProposalRefusedError where
   * the records are more than an entry may hold. Nothing was written in the last two cases.
   */
  decide<R>(decide: (image: MetadataImage) => Decision<R>): Promise<Decided<R>> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ decide, resolve: resolve as Job["resolve"], reject });
      this.wake();
    });
  }

  /** Leadership changed: what was ahead of the committed image is void, and nobody's wait can end well. */
  revert(): void {
    this.reign++;
    this.inFlight = 0;
    this.held = false;
    this.ahead = undefined;
    this.last = undefined;
    const waiting = this.waiting;
    this.waiting = [];
    for (const job of waiting) job.reject(new NotActiveError("leadership changed"));
  }

  private wake(): void {
    if (this.running) return;
    this.running = true;
    void this.run();
  }

  private async run(): Promise<void> {
    // Out of the caller's turn: inside one of the quorum's listeners a proposal would not be answered at once.
    await Promise.resolve();
    while (!this.held) {
      const job = this.waiting.shift();
      if (job === undefined) break;
      this.take(job);
      // A refusal is known by now, before anything is decided on what was refused.
      await Promise.resolve();
    }
    this.running = false;
  }

  private take(job: Job): void {
    const { quorum, metadata, clock } = this.options;
    if (!quorum.isActive) return job.reject(new NotActiveError("another controller is active"));
    const image = this.ahead ?? metadata.image;
    let reply: unknown;
    let change: { records: MetadataRecord[]; after: MetadataImage } | undefined;
    let payload: Uint8Array;
    try {
      const decision = job.decide(image);
      reply = decision.reply;
      if (decision.records.length === 0) return this.answerWithout(job, { reply, offset: undefined, image });
      change = withShards(image, decision.records);
      payload = packEntry(change.records.map(writeMetadataRecord));
    } catch (error) {
      return job.reject(error as Error);
    }
    const { reign, ahead: formerImage, last: formerLast, inFlight: formerInFlight } = this;
    const proposedMs = clock.monotonicMs();
    const proposed = quorum.propose(payload);
    this.ahead = change.after;
    this.last = proposed;
    this.inFlight++;
    this.held = change.records.some((each) => each.name === "RegisterBrokerRecord");
    proposed.then(
      ({ index: offset }) => {
        this.committed(reign);
        const tookMs = clock.monotonicMs() - proposedMs;
        this.commitLatencyMs += (tookMs - this.commitLatencyMs) / (this.commitLatencyMs === 0 ? 1 : 16);
        job.resolve({ reply, offset, image });
      },
      (error: Error) => {
        if (error instanceof ProposalRefusedError && this.reign === reign) {
          // Nothing was written, and nothing was decided on it yet.
          this.ahead = formerImage;
          this.last = formerLast;
          this.inFlight = formerInFlight;
          this.held = false;
          this.wake();
        } else if (this.reign === reign) this.revert();
        job.reject(notActive(error));
      },
    );
  }

  private answerWithout(job: Job, decided: Decided<unknown>): void {
    if (this.last === undefined) return job.resolve(decided);
    this.last.then(
      () => job.resolve(decided),
      (error: Error) => job.reject(notActive(error)),
    );
  }

  private committed(reign: number): void {
    if (this.reign !== reign) return;
    this.inFlight--;
    if (this.inFlight > 0) return;
    this.ahead = undefined;
    this.last = undefined;
    if (!this.held) return;
    this.held = false;
    this.wake();
  }
}

/** A change of nodes or of the coordinators' topics moves shards with it, in the same entry. */
function withShards(
  image: MetadataImage,
  decided: readonly MetadataRecord[],
): { records: MetadataRecord[]; after: MetadataImage } {
  // The offset is not known yet; decisions look at it for nothing.
  const position = { offset: image.offset + 1, epoch: image.epoch };
  const first = applyRecords(image, decided, position);
  const shards = touchesShards(first.delta) ? assignShards(first.image) : [];
  if (shards.length === 0) return { records: [...decided], after: first.image };
  return { records: [...decided, ...shards], after: applyRecords(first.image, shards, position).image };
}

function notActive(error: Error): Error {
  if (error instanceof NotLeaderError || error instanceof SupersededError) return new NotActiveError(error.message);
  return error;
}
