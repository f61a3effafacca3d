import type { Uuid } from "@moldau/base";
import { ConfigResourceType, type MetadataImage } from "@moldau/metadata";
import type { ApiError } from "./decision";

/** What the controller is configured with; numbers in the unit that their name ends with. */
export interface ControlSettings {
  /** num.partitions */
  readonly defaultPartitions: number;
  /** default.replication.factor */
  readonly defaultReplicationFactor: number;
  /** delete.topic.enable */
  readonly deleteTopicEnabled: boolean;
  /** broker.session.timeout.ms */
  readonly sessionTimeoutMs: number;
  /** Topic-level defaults that this controller's own configuration implies, by topic key. */
  readonly topicDefaults: ReadonlyMap<string, string>;
  readonly configRules: ConfigRules;
}

/** What the definitions of the configuration keys say, as far as decisions need it. */
export interface ConfigRules {
  /** What is wrong with `values` as the complete dynamic configuration of the resource; undefined where nothing is. */
  validate(resourceType: number, resourceName: string, values: ReadonlyMap<string, string>): ApiError | undefined;
  /** Whether a key holds a list, so that APPEND and SUBTRACT make sense. */
  isList(resourceType: number, key: string): boolean;
  defaultOf(resourceType: number, key: string): string | undefined;
}

/** Source of random bytes for ids, drawn by the driver. */
export type NewUuid = () => Uuid;

/** A topic-level value in force: the topic's own, the cluster-wide dynamic one, or the configured default. */
export function topicConfig(
  image: MetadataImage,
  settings: Pick<ControlSettings, "topicDefaults">,
  topic: string,
  key: string,
): string | undefined {
  return (
    image.configs(ConfigResourceType.TOPIC, topic).get(key) ??
    image.configs(ConfigResourceType.BROKER, "").get(key) ??
    settings.topicDefaults.get(key)
  );
}

/** min.insync.replicas as configured for a topic; a partition counts it as at most its replicas (rule 10). */
export function configuredMinIsr(
  image: MetadataImage,
  settings: Pick<ControlSettings, "topicDefaults">,
  topic: string,
): number {
  const configured = Number(topicConfig(image, settings, topic, "min.insync.replicas") ?? 1);
  return Number.isInteger(configured) ? Math.max(1, configured) : 1;
}

export function uncleanElectionEnabled(
  image: MetadataImage,
  settings: Pick<ControlSettings, "topicDefaults">,
  topic: string,
): boolean {
  // As it was given: booleans may come in capitals or between blanks.
  return topicConfig(image, settings, topic, "unclean.leader.election.enable")?.trim().toLowerCase() === "true";
}

/** Whether partitions keep eligible leader replicas (KIP-966). */
export function elrEnabled(image: MetadataImage): boolean {
  return (image.features.get("eligible.leader.replicas.version") ?? 0) > 0;
}
