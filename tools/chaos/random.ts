import type { SeededRandom } from "@moldau/base";

/** A number from `low` to below `high`. */
export function between(random: SeededRandom, low: number, high: number): number {
  return low + random.next() * (high - low);
}

/** The same items in an order by chance. */
export function shuffle<T>(random: SeededRandom, items: readonly T[]): T[] {
  const left = [...items];
  const result: T[] = [];
  while (left.length > 0) result.push(left.splice(random.below(left.length), 1)[0]!);
  return result;
}
