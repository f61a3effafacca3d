/** The quotas of one entity, as the metadata image has them. */
export interface QuotaEntry {
  /** Names by kind (`user`, `client-id`, `ip`); null is the default of its kind. */
  readonly entity: ReadonlyMap<string, string | null>;
  readonly values: ReadonlyMap<string, number>;
}

export const USER = "user";
export const CLIENT_ID = "client-id";
export const IP = "ip";

/** Who sent a request. */
export interface QuotaClient {
  /** Name of the authenticated principal; `ANONYMOUS` where nobody authenticated. */
  readonly user: string;
  /** Null, as old clients leave it, counts as empty. */
  readonly clientId: string | null;
}
