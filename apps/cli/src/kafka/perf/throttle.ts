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
