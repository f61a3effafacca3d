// Kafka's names for the levels of its features, and what each release sets. Source: org.apache.kafka.server.common.MetadataVersion
// and Feature of Kafka 4.1.

/** Names of the levels of metadata.version, from 7 on. */
const names = [
  ...["3.3-IV3", "3.4-IV0", "3.5-IV0", "3.5-IV1", "3.5-IV2", "3.6-IV0", "3.6-IV1", "3.6-IV2", "3.7-IV0", "3.7-IV1"],
  ...["3.7-IV2", "3.7-IV3", "3.7-IV4", "3.8-IV0", "3.9-IV0", "4.0-IV0", "4.0-IV1", "4.0-IV2", "4.0-IV3", "4.1-IV0"],
  ...["4.1-IV1", "4.2-IV0", "4.2-IV1"],
];
const LEVEL_MIN = 7;
/** The newest that is released. */
export const LATEST_LEVEL = 27;

export const METADATA_VERSION = "metadata.version";

/** The other features in Kafka's order, with the metadata version that begins to set each level. */
export const features: readonly { name: string; levels: readonly { level: number; since: number }[] }[] = [
  { name: "kraft.version", levels: [{ level: 1, since: 21 }] },
  {
    name: "transaction.version",
    levels: [
      { level: 1, since: 24 },
      { level: 2, since: 24 },
    ],
  },
  { name: "group.version", levels: [{ level: 1, since: 22 }] },
  { name: "eligible.leader.replicas.version", levels: [{ level: 1, since: 26 }] },
  { name: "share.version", levels: [{ level: 1, since: 28 }] },
  { name: "streams.version", levels: [{ level: 1, since: 29 }] },
];

export function nameOfLevel(level: number): string | undefined {
  return level < LEVEL_MIN ? undefined : names[level - LEVEL_MIN];
}

/** A level by its name, or by the release alone, which means its newest: `3.9` and `3.9-IV0`. */
export function levelOfName(text: string): number | undefined {
  const release = /^\d+\.\d+/.exec(text)?.[0];
  const exact = names.indexOf(text);
  if (exact >= 0) return exact + LEVEL_MIN;
  if (release === undefined || /IV/.test(text)) return undefined;
  const last = names.findLastIndex((name) => name.startsWith(`${release}-`));
  return last < 0 ? undefined : last + LEVEL_MIN;
}

/** Released names, oldest first. */
export function releasedNames(): string[] {
  return names.slice(0, LATEST_LEVEL - LEVEL_MIN + 1);
}

/** What a feature is set to with a metadata version. */
export function levelWith(feature: (typeof features)[number], metadataVersion: number): number {
  return Math.max(0, ...feature.levels.filter(({ since }) => since <= metadataVersion).map(({ level }) => level));
}
