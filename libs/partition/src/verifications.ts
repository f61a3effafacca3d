import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { BatchHeader } from "@moldau/record-batch";

interface Verification {
  guard: number;
  producerEpoch: number;
  lowestSequence: number;
  /** The client speaks transactions v2: its first batch at an epoch has sequence 0. */
  beginsAtZero: boolean;
  /** Milliseconds. */
  sinceMs: number;
}

/**
 * First batches of transactions that wait for their coordinator's word that the partition is part of the transaction. Whoever
 * asks gets a guard, and may append under it as long as nothing of that producer was decided here meanwhile: a marker or a
 * batch of a transaction takes the guard away, so that a word about an earlier transaction opens no later one.
 *
 * The lowest sequence that asked is kept until then: where its verification failed, a later batch must not go before it.
 * Source: KIP-890; VerificationStateEntry, VerificationGuard, ProducerAppendInfo.checkSequence.
 */
export class Verifications {
  #pending: Map<number, Verification> | undefined;
  #lastGuard = 0;

  /** Returns the guard to append under; never 0. */
  begin(header: BatchHeader, { beginsAtZero, nowMs }: { beginsAtZero: boolean; nowMs: number }): number {
    const { producerId, producerEpoch, baseSequence } = header;
    const all = (this.#pending ??= new Map<number, Verification>());
    let pending = all.get(producerId);
    if (!pending) {
      const guard = ++this.#lastGuard;
      pending = { guard, producerEpoch, lowestSequence: baseSequence, beginsAtZero, sinceMs: nowMs };
      all.set(producerId, pending);
    } else if (producerEpoch > pending.producerEpoch) {
      pending.producerEpoch = producerEpoch;
      pending.lowestSequence = baseSequence;
      pending.beginsAtZero = beginsAtZero;
    } else if (producerEpoch === pending.producerEpoch && baseSequence < pending.lowestSequence) {
      pending.lowestSequence = baseSequence;
    }
    return pending.guard;
  }

  /** Why the first batch of a transaction may not be appended under this guard. `isKnown`: the producer has written here. */
  refusal(
    header: BatchHeader,
    { guard, isKnown }: { guard: number; isKnown: boolean },
  ): { error: KafkaErrorCode; message: string } | undefined {
    const { producerId, baseSequence } = header;
    const pending = this.#pending?.get(producerId);
    if (!pending || pending.guard !== guard) {
      const message = `the batch of producer ${producerId} is not part of a transaction that is known to be under way`;
      return { error: KafkaError.INVALID_TXN_STATE, message };
    }
    const first = pending.beginsAtZero && !isKnown ? 0 : pending.lowestSequence;
    if (baseSequence <= first) return undefined;
    return {
      error: KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER,
      message: `producer ${producerId} begins a transaction with sequence ${baseSequence}, not ${first}`,
    };
  }

  /** The producer wrote or ended a transaction. */
  forget(producerId: number): void {
    this.#pending?.delete(producerId);
  }

  clear(): void {
    this.#pending = undefined;
  }

  /** Those that nobody came back for. */
  expire(nowMs: number, expirationMs: number): void {
    if (!this.#pending) return;
    for (const [producerId, { sinceMs }] of this.#pending) {
      if (nowMs - sinceMs >= expirationMs) this.#pending.delete(producerId);
    }
  }
}
