/** What a value of a quota key may be. Source: Kafka's QuotaConfig. */
export type QuotaValueType = "long" | "int" | "double";

/** The names under which quotas are set. Source: Kafka's QuotaConfig, KIP-13, 124, 599, 612. */
export const QuotaKey = {
  /** Bytes a second of produce requests. */
  PRODUCER_BYTE_RATE: "producer_byte_rate",
  /** Bytes a second of fetch answers. */
  CONSUMER_BYTE_RATE: "consumer_byte_rate",
  /** Percent of one thread's time. */
  REQUEST_PERCENTAGE: "request_percentage",
  /** Partitions created or deleted a second. */
  CONTROLLER_MUTATION_RATE: "controller_mutation_rate",
  /** New connections a second. */
  CONNECTION_CREATION_RATE: "connection_creation_rate",
} as const;

/** Keys that users and client ids have. */
export const clientQuotaKeys: ReadonlyMap<string, QuotaValueType> = new Map([
  [QuotaKey.PRODUCER_BYTE_RATE, "long"],
  [QuotaKey.CONSUMER_BYTE_RATE, "long"],
  [QuotaKey.REQUEST_PERCENTAGE, "double"],
  [QuotaKey.CONTROLLER_MUTATION_RATE, "double"],
]);

/** Keys that addresses have. */
export const ipQuotaKeys: ReadonlyMap<string, QuotaValueType> = new Map([[QuotaKey.CONNECTION_CREATION_RATE, "int"]]);
