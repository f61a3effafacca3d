import type { ProcessFacts } from "./doctor";

const TIMEOUT_MS = 3_000;

/** Asks the admin port of a process of Moldau for its clock and its open files. Never rejects. */
export async function readProcessFacts(address: string, nowMs: () => number): Promise<ProcessFacts> {
  const url = /^https?:\/\//.test(address) ? address : `http://${address}`;
  try {
    const askedMs = nowMs();
    const answer = await fetch(new URL("/metrics", url), { signal: AbortSignal.timeout(TIMEOUT_MS) });
    // The header has whole seconds: between its second and the next one.
    const date = Date.parse(answer.headers.get("date") ?? "");
    const answeredMs = nowMs();
    const metrics = await answer.text();
    const value = (name: string): number | undefined => {
      const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+(?:\\.\\d+)?)$`, "m").exec(metrics);
      return found ? Number(found[1]) : undefined;
    };
    return {
      address,
      ...(Number.isNaN(date) ? {} : { clockAheadMs: aheadOf(date, askedMs, answeredMs) }),
      openFiles: value("process_open_fds"),
      openFilesMax: value("process_max_fds"),
    } as ProcessFacts;
  } catch (error) {
    return { address, problem: `no answer at its admin port: ${(error as Error).message}` };
  }
}

/** How far a clock is ahead that showed the second `date` somewhere between two moments of ours; 0 where it may be right. */
function aheadOf(date: number, fromMs: number, toMs: number): number {
  if (date > toMs) return date - toMs;
  if (date + 1_000 < fromMs) return date + 1_000 - fromMs;
  return 0;
}
