import { readClientMatch } from "./client-match";
import { define, type ConfigDefinition } from "./definition";

/** How often clients report where no subscription says so. */
export const CLIENT_METRICS_INTERVAL_MS = 300_000;

/** Keys of a subscription to clients' metrics. Source: ClientMetricsConfigs of 4.0 (KIP-714). */
export const clientMetricsRows: readonly ConfigDefinition[] = [
  define("int", "interval.ms", CLIENT_METRICS_INTERVAL_MS, "How often the clients report.", {
    min: 100,
    max: 3_600_000,
  }),
  define(
    "list",
    "match",
    "",
    "Which clients report: name=pattern items that all have to match, separated by commas; all clients where it is empty.",
    {
      check: (value) => {
        const match = readClientMatch(value);
        return typeof match === "string" ? match : undefined;
      },
    },
  ),
  define(
    "list",
    "metrics",
    "",
    "Which metrics the clients report: prefixes of their names, separated by commas; * for all of them.",
  ),
];
