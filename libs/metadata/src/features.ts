/** A feature of the cluster: the levels this build can work with, and the one that a new cluster begins with. */
export interface FeatureRange {
  readonly min: number;
  readonly max: number;
  readonly initial: number;
}

/**
 * The features that ApiVersions names and UpdateFeatures accepts. A maximum rises when the level's behaviour exists:
 * Java producers switch to transactions v2 as soon as transaction.version 2 is finalized.
 * Source: Kafka's MetadataVersion (25 is 4.0-IV3), KIP-584, KIP-848, KIP-890, KIP-853, KIP-966.
 */
export const clusterFeatures: ReadonlyMap<string, FeatureRange> = new Map([
  ["metadata.version", { min: 7, max: 25, initial: 25 }],
  ["kraft.version", { min: 0, max: 1, initial: 0 }],
  ["group.version", { min: 0, max: 1, initial: 1 }],
  ["transaction.version", { min: 0, max: 2, initial: 2 }],
  ["eligible.leader.replicas.version", { min: 0, max: 1, initial: 1 }],
]);
