import type { ControlMarker } from "@moldau/record-batch";
import type { ProducerSnapshotEntry } from "./producers";

/**
 * The producer id under which a snapshot keeps the newest claim: no producer has it, Kafka's own brokers forget such an entry
 * after producer.id.expiration.ms. Its last offset is the marker's, its coordinator epoch the owner's.
 */
export const CLAIM_ENTRY_ID = -2;

type ClaimMarker = Extract<ControlMarker, { kind: "claim" }>;

/**
 * Who may write to a coordinator shard. The controller grants owner epochs; an owner's claim is a marker in the log, and its
 * appends name that marker. Of several owners with one epoch (a node that lost its memory, and what it left behind in the
 * network) the one that claimed last is right.
 */
export class OwnerFence {
  #granted = -1;
  #claimed = -1;
  /** -1: nobody claimed in this log. */
  #claimOffset = -1;
  #claimTimestamp = -1;

  grant(ownerEpoch: number): void {
    if (ownerEpoch > this.#granted) this.#granted = ownerEpoch;
  }

  /** A claim begins: older epochs are refused from here on. False: it is itself too old. */
  claim(ownerEpoch: number): boolean {
    if (ownerEpoch < Math.max(this.#claimed, this.#granted)) return false;
    this.#claimed = ownerEpoch;
    return true;
  }

  /** A claim's marker is in the log. */
  note(marker: ClaimMarker, { offset, timestamp }: { offset: number; timestamp: number }): void {
    if (marker.ownerEpoch < this.#claimed) return;
    this.#claimed = marker.ownerEpoch;
    this.#claimOffset = offset;
    this.#claimTimestamp = timestamp;
  }

  /** Why an owner's append is refused; undefined: it is not. A claim's own marker has no older one to name. */
  refusal(append: { ownerEpoch: number; claimOffset: number; isClaim: boolean }): string | undefined {
    const { ownerEpoch, claimOffset, isClaim } = append;
    const newest = Math.max(this.#claimed, this.#granted);
    if (ownerEpoch < newest) return `owner epoch ${ownerEpoch} is fenced by ${newest}`;
    if (isClaim || claimOffset === this.#claimOffset) return undefined;
    return this.#claimOffset < 0
      ? `owner epoch ${ownerEpoch} has not claimed this shard`
      : `the claim at offset ${claimOffset} is fenced by the one at ${this.#claimOffset}`;
  }

  /** What a snapshot keeps of it; undefined where nobody claimed. */
  export(): ProducerSnapshotEntry | undefined {
    if (this.#claimOffset < 0) return undefined;
    return {
      producerId: CLAIM_ENTRY_ID,
      producerEpoch: -1,
      lastSequence: -1,
      lastOffset: this.#claimOffset,
      offsetDelta: 0,
      timestamp: this.#claimTimestamp,
      coordinatorEpoch: this.#claimed,
      currentTxnFirstOffset: -1,
    };
  }

  /** The log as of a snapshot: what was claimed behind it is no more, or follows by `note`. */
  import(entry: ProducerSnapshotEntry | undefined): void {
    this.#claimed = entry?.coordinatorEpoch ?? -1;
    this.#claimOffset = entry?.lastOffset ?? -1;
    this.#claimTimestamp = entry?.timestamp ?? -1;
  }
}
