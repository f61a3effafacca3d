/** Sequence numbers of idempotent producers: 0 to 2^31-1, then 0 again. Source: KIP-98, DefaultRecordBatch. */
export const MAX_SEQUENCE = 0x7fff_ffff;

/** The sequence `count` after `sequence`, wrapped. */
export function addToSequence(sequence: number, count: number): number {
  const sum = sequence + count;
  return sum > MAX_SEQUENCE ? sum - MAX_SEQUENCE - 1 : sum;
}

/** Whether `next` directly follows `last`; -1 (nothing yet) is followed by 0. */
export function follows(last: number, next: number): boolean {
  return next === (last === MAX_SEQUENCE ? 0 : last + 1);
}
