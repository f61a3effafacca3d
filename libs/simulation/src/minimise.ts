/**
 * Leaves out parts for as long as what is left still fails: halves first, then smaller parts, then single ones (delta
 * debugging, Zeller and Hildebrandt 2002). At the end no single one can be left out.
 */
export async function minimise(all: readonly number[], fails: (only: number[]) => Promise<boolean>): Promise<number[]> {
  let kept = [...all];
  let parts = 2;
  while (kept.length > 0) {
    const size = Math.ceil(kept.length / parts);
    let smaller: number[] | undefined;
    for (let at = 0; at < kept.length && smaller === undefined; at += size) {
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await fails(rest)) smaller = rest;
    }
    if (smaller !== undefined) {
      kept = smaller;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) break;
    else parts = Math.min(kept.length, parts * 2);
  }
  return kept;
}
