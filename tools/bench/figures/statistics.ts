/** Median; of an even number of values the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Ratios of one system to another, of the pairs that have both. */
export interface Ratio {
  median: number;
  /** The smallest and the largest of the pairs. */
  low: number;
  high: number;
  pairs: number;
}

/**
 * Pair by pair: a machine that is slower for some seconds is so for both of a pair, and the median of ratios does not see it.
 * @param ours, theirs figures by round; a round that one of them lacks is left out
 * @returns undefined where there is no pair
 */
export function ratioOf(ours: ReadonlyMap<number, number>, theirs: ReadonlyMap<number, number>): Ratio | undefined {
  const ratios: number[] = [];
  for (const [round, value] of ours) {
    const other = theirs.get(round);
    if (other !== undefined && other > 0 && Number.isFinite(value)) ratios.push(value / other);
  }
  if (ratios.length === 0) return undefined;
  return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios), pairs: ratios.length };
}
