/** The kinds of name that a quota can be set for. Source: ClientQuotaEntity. */
export const QuotaEntityType = { USER: "user", CLIENT_ID: "client-id", IP: "ip" } as const;

/** Whom a quota is for: names by kind; null is "everyone of this kind that has no quota of its own". */
export type QuotaEntity = ReadonlyMap<string, string | null>;

/** All quotas of one entity. Source: KIP-546, Kafka's ClientQuotaImage. */
export interface ClientQuotaImage {
  readonly entity: QuotaEntity;
  /** By quota key, e.g. `producer_byte_rate`; in the unit that the key has. Never empty. */
  readonly values: ReadonlyMap<string, number>;
}

/** One string for an entity, whatever the order in which its kinds are named. */
export function quotaEntityKey(entity: QuotaEntity): string {
  return JSON.stringify([...entity].sort(([a], [b]) => (a < b ? -1 : 1)));
}
