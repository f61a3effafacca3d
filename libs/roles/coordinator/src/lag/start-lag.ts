import type { Config } from "@moldau/config";
import type { Metrics } from "@moldau/telemetry";
import { registerLagMetrics } from "./lag-metrics";
import { LagPoller, type LagPollerContext } from "./lag-poller";
import { LagTracker } from "./lag-tracker";

/** Measures the lag of the groups of this node every `moldau.group.lag.interval.ms` and shows it as metrics. */
export function startLag(
  context: Omit<LagPollerContext, "intervalMs">,
  { config, metrics }: { config: Config; metrics: Metrics },
): { stop(): void } {
  const tracker = new LagTracker();
  registerLagMetrics(metrics, tracker, context);
  return new LagPoller({ ...context, intervalMs: config.number("moldau.group.lag.interval.ms") }, tracker);
}
