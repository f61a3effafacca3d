/** What a run may take beside what it is expected to: a machine that stands still, a JVM that warms up. Unit: s. */
const SPARE_SECONDS = 60;
/** So many times what it is expected to take. */
const FACTOR = 20;

/** How long to wait for a run that is expected to take so long. Unit: s. */
export const patienceFor = (seconds: number): number => SPARE_SECONDS + FACTOR * seconds;

/** Gives up on what hangs, so that the other measurements go on: rejects when `work` is not done in time. */
export async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${seconds} s: given up`)), seconds * 1_000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
