import type { Config } from "@moldau/config";
import type { MetadataImage } from "@moldau/metadata";
import type { TransactionConfig, TransactionVersion } from "@moldau/transactions";

/** The rules of transactions as an administrator has set them; the feature's level is the cluster's. */
export function transactionConfigOf(config: Config, image: () => MetadataImage): TransactionConfig {
  return {
    maxTimeoutMs: config.number("transaction.max.timeout.ms"),
    idExpirationMs: config.number("transactional.id.expiration.ms"),
    idCleanupIntervalMs: config.number("transaction.remove.expired.transaction.cleanup.interval.ms"),
    transactionVersion: () => Math.min(image().features.get("transaction.version") ?? 0, 2) as TransactionVersion,
  };
}
