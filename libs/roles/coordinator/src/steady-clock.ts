import type { Clock } from "@moldau/base";

/** Share of the time that passes by which a difference to the wall clock is made up. */
const SLEW = 0.1;

/**
 * Milliseconds since the epoch that never go back or leap: monotonic time that drifts towards the wall clock. Sessions and
 * rebalances are measured with it, so a clock that is set wrong does not throw all members out of their groups.
 */
export function steadyClock(clock: Clock): () => number {
  let monotonicMs = clock.monotonicMs();
  let steadyMs = clock.nowMs();
  return () => {
    const passedMs = clock.monotonicMs() - monotonicMs;
    monotonicMs += passedMs;
    steadyMs += passedMs;
    const behindMs = clock.nowMs() - steadyMs;
    const mostMs = passedMs * SLEW;
    steadyMs += Math.max(-mostMs, Math.min(mostMs, behindMs));
    return Math.round(steadyMs);
  };
}
