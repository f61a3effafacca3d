import { CLIENT_METRICS_INTERVAL_MS, type ClientAttributes, type ClientMatch, readClientMatch } from "@moldau/config";
import { ConfigResourceType, type MetadataImage } from "@moldau/metadata";
import { crc32c } from "@moldau/record-batch";

interface Subscription {
  metrics: readonly string[];
  intervalMs: number;
  match: ClientMatch;
}

/** What a client is to report, from all subscriptions that mean it. */
export interface Wanted {
  /** Prefixes of names; "*" alone for all; empty for none. */
  metrics: readonly string[];
  intervalMs: number;
  /** The same wherever the same client is asked to report the same. */
  subscriptionId: number;
}

const ALL = "*";

/** What administrators want to hear of clients, as the metadata has it. Source: ClientMetricsManager (KIP-714). */
export class Subscriptions {
  #image: MetadataImage | undefined;
  #all = new Map<string, { set: ReadonlyMap<string, string>; subscription: Subscription }>();
  /** Counts the changes: who was told before the last one is told again. */
  version = 0;

  /** Takes over what the image says. */
  follow(image: MetadataImage): void {
    if (image === this.#image) return;
    this.#image = image;
    const before = this.#all;
    const after: typeof before = new Map();
    let changed = false;
    for (const { type, name } of image.configuredResources()) {
      if (type !== ConfigResourceType.CLIENT_METRICS) continue;
      const set = image.configs(type, name);
      const known = before.get(name);
      const entry = known?.set === set ? known : { set, subscription: read(set) };
      changed ||= entry !== known;
      after.set(name, entry);
    }
    if (!changed && after.size === before.size) return;
    this.#all = after;
    this.version++;
  }

  wantedOf(clientInstanceId: string, client: ClientAttributes): Wanted {
    const mine = [...this.#all.values()].filter(({ subscription }) => subscription.match(client));
    const names = new Set(mine.flatMap(({ subscription }) => subscription.metrics));
    const metrics = names.has(ALL) ? [ALL] : [...names].sort();
    const intervalMs = mine.reduce(
      (least, { subscription }) => Math.min(least, subscription.intervalMs),
      CLIENT_METRICS_INTERVAL_MS,
    );
    const words = Buffer.from(`${clientInstanceId} ${intervalMs} ${metrics.join(",")}`);
    return { metrics, intervalMs, subscriptionId: crc32c(words) | 0 };
  }
}

/** The controller has checked the values; what an older one let through means no client. */
function read(set: ReadonlyMap<string, string>): Subscription {
  const match = readClientMatch(set.get("match") ?? "");
  const metrics = (set.get("metrics") ?? "").split(",").map((name) => name.trim());
  return {
    metrics: metrics.filter((name) => name !== ""),
    intervalMs: Number(set.get("interval.ms") ?? CLIENT_METRICS_INTERVAL_MS),
    match: typeof match === "string" ? () => false : match,
  };
}
