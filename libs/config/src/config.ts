/**
 * Validated configuration. Keys are Kafka's own names; the type of a key is the one of its definition
 * (durations in milliseconds, sizes in bytes, as the key's suffix says).
 */
export interface Config {
  /** A key that the caller knows to be numeric; throws for a key that is not defined. */
  number(key: string): number;
  string(key: string): string;
  boolean(key: string): boolean;
  /** A comma-separated list; empty where the value is empty. */
  list(key: string): string[];
  /** Whether somebody set it (file, environment, option), as opposed to its default. */
  isSet(key: string): boolean;
  /** What somebody set, by key; defaults are not in it. */
  given(): ReadonlyMap<string, string>;
  /** The topic-level default that broker keys imply, e.g. retention.ms from log.retention.ms/minutes/hours. */
  topicDefaults(): ReadonlyMap<string, string>;
}
