/** `transaction.version`, finalized for the cluster: 1 writes flexible records, 2 serves transactions v2 (KIP-890). */
export type TransactionVersion = 0 | 1 | 2;

/** What an administrator may set about transactions. Durations in milliseconds. Read anew at each step. */
export interface TransactionConfig {
  /** `transaction.max.timeout.ms`: the longest timeout that a producer may ask for. */
  readonly maxTimeoutMs: number;
  /** `transactional.id.expiration.ms`: an id without a transaction for this long is forgotten. */
  readonly idExpirationMs: number;
  /** `transaction.remove.expired.transaction.cleanup.interval.ms`. */
  readonly idCleanupIntervalMs: number;
  /** The feature's level as of now; it may change while the shard is open. */
  readonly transactionVersion: () => TransactionVersion;
}

/** Defaults of Kafka 4.0. */
export const defaultTransactionConfig: TransactionConfig = {
  maxTimeoutMs: 900_000,
  idExpirationMs: 7 * 24 * 3_600_000,
  idCleanupIntervalMs: 3_600_000,
  transactionVersion: () => 2,
};

/** Tombstones that one step of a cleanup writes at most, so that they fit one batch; the rest follows at once. */
export const TOMBSTONES_A_STEP = 1_000;
