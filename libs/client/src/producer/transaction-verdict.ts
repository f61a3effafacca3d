// What an error means to a transaction. Sources: KIP-98, KIP-360, KIP-588, KIP-691, KIP-890, KIP-1050; TransactionManager of
// kafka-clients 4.1.
import { isRetriable, KafkaError } from "@moldau/base";

export type AskKind = "initProducerId" | "addPartitions" | "addOffsets" | "commitOffsets" | "endTxn";

/**
 * - retry: the same again.
 * - abort: this transaction is lost, the producer is not.
 * - bump: the same, but the broker has lost track of the producer: only a raised epoch makes it whole.
 * - refuse: nothing has changed; asking later may help.
 * - fatal: this producer can do nothing any more.
 */
export type Verdict = "retry" | "abort" | "bump" | "refuse" | "fatal";

const fenced: readonly number[] = [KafkaError.INVALID_PRODUCER_EPOCH, KafkaError.PRODUCER_FENCED];

/** What a coordinator's refusal means. `commit`: of EndTxn. */
export function verdictOfAnswer(kind: AskKind, code: number, commit = false): Verdict {
  if (isRetriable(code)) return "retry";
  if (fenced.includes(code)) return "fatal";
  switch (code) {
    case KafkaError.UNKNOWN_PRODUCER_ID:
      return kind === "initProducerId" ? "fatal" : "bump";
    case KafkaError.TRANSACTION_ABORTABLE:
      if (kind === "initProducerId") return "refuse";
      // Aborting is the remedy; where that fails there is none.
      return kind === "endTxn" && !commit ? "fatal" : "abort";
    case KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case KafkaError.CLUSTER_AUTHORIZATION_FAILED:
      return kind === "initProducerId" ? "refuse" : "fatal";
    case KafkaError.GROUP_AUTHORIZATION_FAILED:
    case KafkaError.FENCED_INSTANCE_ID:
    case KafkaError.UNKNOWN_MEMBER_ID:
    case KafkaError.ILLEGAL_GENERATION:
    case KafkaError.STALE_MEMBER_EPOCH:
      return kind === "addOffsets" || kind === "commitOffsets" ? "abort" : "fatal";
    case KafkaError.INVALID_TXN_STATE:
    case KafkaError.INVALID_PRODUCER_ID_MAPPING:
    case KafkaError.UNSUPPORTED_VERSION:
      return "fatal";
    default:
      // One partition that cannot be added is no reason to give the producer up.
      return kind === "addPartitions" ? "abort" : "fatal";
  }
}

/** What a record that was not written means. Retries are over by then. */
export function verdictOfRecord(code: number): Verdict {
  switch (code) {
    case KafkaError.PRODUCER_FENCED:
    case KafkaError.CLUSTER_AUTHORIZATION_FAILED:
    case KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case KafkaError.INVALID_PRODUCER_ID_MAPPING:
    case KafkaError.UNSUPPORTED_VERSION:
      return "fatal";
    default:
      // INVALID_PRODUCER_EPOCH among them: the coordinator knows whether somebody else came, and is asked by the abort (KIP-588).
      return "abort";
  }
}

/** What a person may do who meets this error of a producer that is lost. */
export function adviceOnFatal(code: number, transactionalId: string): string {
  if (fenced.includes(code)) {
    return (
      `another producer has taken transactional id ${transactionalId}, or the transaction took longer than its time limit; ` +
      "close this producer, and begin with a new one unless the other is meant to go on"
    );
  }
  switch (code) {
    case KafkaError.INVALID_TXN_STATE:
      return (
        "the coordinator knows of no such transaction; it may have aborted one that took longer than its time limit. " +
        "Close this producer and begin with a new one; what was in the transaction has to be sent again"
      );
    case KafkaError.INVALID_PRODUCER_ID_MAPPING:
      return (
        `the cluster has forgotten transactional id ${transactionalId}, as it does with ids that are not used for ` +
        "transactional.id.expiration.ms; close this producer and begin with a new one"
      );
    case KafkaError.INVALID_TRANSACTION_TIMEOUT:
      return "transactionTimeoutMs is more than the brokers' transaction.max.timeout.ms allows; lower it";
    case KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      return `this user may not write under transactional id ${transactionalId}`;
    default:
      return "close this producer and begin with a new one";
  }
}
