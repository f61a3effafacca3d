import type { Metrics } from "@moldau/telemetry";
import type { LogCleaner } from "./log-cleaner";

interface Observed {
  cleaner: LogCleaner;
  nowMs: () => number;
}

/** Brokers that share a process share its metrics: one gauge reads the cleaners of all of them. */
const observed = new WeakMap<Metrics, Set<Observed>>();

/** Gauges of the log cleaner, by the names that Kafka's JMX exporter rules produce. Returns how to stop. */
export function cleanerGauges(metrics: Metrics, one: Observed): () => void {
  const known = observed.get(metrics);
  const all = known ?? new Set<Observed>();
  all.add(one);
  if (!known) {
    observed.set(metrics, all);
    register(metrics, all);
  }
  return () => all.delete(one);
}

function register(metrics: Metrics, all: ReadonlySet<Observed>): void {
  const perDirectory = (name: string, help: string, of: (sum: { partitions: number; bytes: number }) => number) =>
    metrics.gauge(`kafka_log_logcleanermanager_${name}`, help, ["logDirectory"], function* () {
      for (const { cleaner } of all) {
        for (const [path, sum] of cleaner.report().uncleanable) yield [[path], of(sum)] as const;
      }
    });
  perDirectory("uncleanable_partitions_count", "Logs that could not be compacted.", ({ partitions }) => partitions);
  perDirectory("uncleanable_bytes", "Bytes that wait in logs which could not be compacted.", ({ bytes }) => bytes);
  const most = (name: string, help: string, value: (one: Observed) => number) =>
    metrics.gauge(`kafka_log_${name}`, help, [], () => [[[], Math.max(0, ...[...all].map(value))]]);
  most("logcleanermanager_max_dirty_percent", "Dirty share of the dirtiest log.", ({ cleaner }) =>
    Math.floor(100 * cleaner.report().dirtiestRatio),
  );
  most("logcleanermanager_time_since_last_run_ms", "Since the cleaner looked at the logs.", ({ cleaner, nowMs }) =>
    Math.max(0, nowMs() - cleaner.report().lastRunMs),
  );
  most("logcleaner_max_compaction_delay_secs", "Waited beyond max.compaction.lag.ms.", ({ cleaner }) =>
    Math.floor(cleaner.report().maxDelayMs / 1_000),
  );
  most("logcleaner_max_clean_time_secs", "Duration of the last round.", ({ cleaner }) =>
    Math.floor((cleaner.report().lastRound?.elapsedMs ?? 0) / 1_000),
  );
  most(
    "logcleaner_max_buffer_utilization_percent",
    "How full the table of keys was in the last round.",
    ({ cleaner }) => Math.floor(100 * (cleaner.report().lastRound?.utilization ?? 0)),
  );
  most("logcleaner_cleaner_recopy_percent", "Share of the bytes that the last round kept.", ({ cleaner }) => {
    const { bytesRead = 0, bytesWritten = 0 } = cleaner.report().lastRound ?? {};
    return Math.floor((100 * bytesWritten) / Math.max(1, bytesRead));
  });
}
