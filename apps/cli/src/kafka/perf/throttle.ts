import type { ToolRun } from "../tool";

/** Pauses so that no more than so many records a second are made; none where the rate is not positive. */
export function throttleTo(tool: ToolRun, perSecond: number): (done: number) => Promise<void> {
  const { terminal } = tool;
  const startMs = terminal.nowMs();
  return async (done) => {
    if (perSecond <= 0) return;
    const early = (done / perSecond) * 1000 - (terminal.nowMs() - startMs);
    // Pauses of less are not worth a timer.
    if (early >= 2) await terminal.sleep(early, terminal.interrupted());
  };
}

/** Makes sends that are not waited for wait in the end, and not become too many. */
export class UnderWay {
  private readonly pending = new Set<Promise<void>>();

  constructor(private readonly max = 20_000) {}

  async add(work: Promise<void>): Promise<void> {
    const settled: Promise<void> = work.finally(() => void this.pending.delete(settled));
    this.pending.add(settled);
    if (this.pending.size >= this.max) await Promise.race(this.pending);
  }

  async all(): Promise<void> {
    await Promise.all(this.pending);
  }
}
