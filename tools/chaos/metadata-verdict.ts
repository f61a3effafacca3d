// What an administrator was told of topics and configurations, against what the cluster has in the end.
import type { VerdictRow } from "./verdict";

/**
 * A change of metadata that a client asked for. One that may be killed writes it down as unknown when it asks, and again
 * when it knows; of two with one number the one that knows counts.
 */
export interface MetadataChange {
  type: "metadata-change";
  process: string;
  /** Number of the change within its process. */
  number: number;
  /** A topic was made or deleted, or a key of the topic's configuration was set to `value`. */
  what: "create" | "delete" | "config";
  topic: string;
  value?: string;
  invokeMs: number;
  outcome: { kind: "acked"; endMs: number } | { kind: "unknown" };
}

/** What the cluster has after everything healed: topics, and the value of the configuration key of each. */
export interface MetadataEnd {
  type: "metadata-end";
  topics: Record<string, string | null>;
}

/** Beside the named invariants of the history: the metadata are what the changes that were acknowledged have made them. */
export const metadataInvariant = "metadata-change-lost";

/**
 * Compares the changes with the end. Of each topic, and of its configuration, the end has to be what the last acknowledged
 * change made it, or what one made it that nobody knows of and that was asked for later or at the same time.
 */
export function judgeMetadata(
  changes: readonly MetadataChange[],
  end: MetadataEnd | undefined,
): VerdictRow & { messages: string[] } {
  const messages: string[] = [];
  let checked = 0;
  const settled = settle(changes);
  for (const topic of end === undefined ? [] : new Set(settled.map((change) => change.topic))) {
    const about = settled.filter((change) => change.topic === topic);
    const there = topic in end!.topics;
    const life = possible(about.filter(({ what }) => what !== "config"));
    checked++;
    if (!life.some((change) => change === undefined || (change.what === "create") === there)) {
      messages.push(`${topic} is ${there ? "there" : "not there"}, although ${tell(life[0]!)}`);
      continue;
    }
    const configs = about.filter(({ what }) => what === "config");
    if (!there || configs.length === 0) continue;
    checked++;
    const values = possible(configs);
    const value = end!.topics[topic] ?? null;
    if (!values.some((change) => change === undefined || change.value === value)) {
      messages.push(`${topic} is configured with ${value}, although ${tell(values[0]!)}`);
    }
  }
  const verdict = messages.length > 0 ? "VIOLATED" : checked > 0 ? "held" : "not looked at";
  return { invariant: metadataInvariant, checked, violations: messages.length, verdict, messages };
}

function settle(changes: readonly MetadataChange[]): MetadataChange[] {
  const known = new Map<string, MetadataChange>();
  for (const change of changes) {
    const key = `${change.process} ${change.number}`;
    if (known.get(key)?.outcome.kind !== "acked") known.set(key, change);
  }
  return [...known.values()].sort((a, b) => a.invokeMs - b.invokeMs);
}

/** The changes that may be the last to have had effect, the certain one first; undefined: none has, perhaps. */
function possible(changes: readonly MetadataChange[]): (MetadataChange | undefined)[] {
  const certain = changes.filter(({ outcome }) => outcome.kind === "acked").at(-1);
  const others = changes.filter(
    (change) =>
      change !== certain &&
      (certain === undefined || endOf(change) >= certain.invokeMs) &&
      (change.outcome.kind === "unknown" || change.invokeMs >= (certain?.invokeMs ?? 0)),
  );
  return [certain, ...others];
}

const endOf = ({ outcome }: MetadataChange) => (outcome.kind === "acked" ? outcome.endMs : Infinity);

function tell({ what, value, process, number, invokeMs }: MetadataChange): string {
  const how = { create: "made", delete: "deleted", config: `configured with ${value}` }[what];
  return `it was acknowledged as ${how} (${process} ${number}, asked at ${invokeMs.toFixed(0)} ms)`;
}
