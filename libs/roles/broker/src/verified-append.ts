import { KafkaError, kafkaErrorName, type KafkaErrorCode } from "@moldau/base";
import type { BatchHeader } from "@moldau/record-batch";
import type { BrokerCore } from "./broker-core";
import type { HostedPartition } from "./hosted-partition";
import { addsPartitions, errorForProducer } from "./transaction-verification";

interface Refusal {
  error: KafkaErrorCode;
  message: string;
}

/** A batch behind one whose transaction is being verified. */
export interface InLine {
  producerEpoch: number;
  /** Its turn: it is looked at anew. */
  proceed(): void;
  refuse(refusal: Refusal): void;
}

/**
 * Appends a transactional batch of a client when it is known to belong to its transaction: at once where that is open here,
 * else when the coordinator says so. Until then later batches of the same producer line up behind it, since they must not go
 * before it; a refusal is theirs, too. `append` gets the guard to append under. Returns how to give up.
 *
 * The word of a coordinator is void where the partition changed its leader epoch or a marker of the producer came meanwhile.
 * Source: KIP-890; ReplicaManager.maybeStartTransactionVerificationForPartitions, UnifiedLog.analyzeAndValidateProducerState.
 */
export function appendVerified(
  core: BrokerCore,
  hosted: HostedPartition,
  batch: { header: BatchHeader; transactionalId: string; produceVersion: number | undefined },
  refuse: (refusal: Refusal) => void,
  append: (guard: number) => (() => void) | undefined,
): () => void {
  const { header, transactionalId, produceVersion } = batch;
  const { producerId, producerEpoch } = header;
  const { replica, verifying } = hosted;
  let stop: (() => void) | undefined;
  let over = false;

  const write = (guard: number): void => {
    if (over) return;
    if (hosted.isBusy) refuse(leaderChanged);
    else stop = append(guard);
  };
  const verify = async (guard: number, line: InLine[]): Promise<void> => {
    const { leaderEpoch } = replica;
    const { topicId, partition } = hosted;
    const transaction = { transactionalId, producerId, producerEpoch, add: addsPartitions(produceVersion) };
    const error = await core.verification.ask(transaction, { topicId, partition });
    verifying.delete(producerId);
    let refusal: Refusal | undefined;
    if (error !== KafkaError.NONE) refusal = notVerified(error, produceVersion);
    else if (replica.leaderEpoch !== leaderEpoch) refusal = leaderChanged;
    if (!refusal) write(guard);
    else if (!over) refuse(refusal);
    for (const next of line) {
      if (refusal && next.producerEpoch === producerEpoch) next.refuse(refusal);
      else next.proceed();
    }
  };
  const proceed = (): void => {
    if (over) return;
    const line = verifying.get(producerId);
    if (line) {
      line.push({ producerEpoch, proceed, refuse: (refusal) => !over && refuse(refusal) });
      return;
    }
    const beginsAtZero = addsPartitions(produceVersion);
    const guard = replica.beginVerification(header, { beginsAtZero, nowMs: core.clock.nowMs() });
    // Without an id nobody can be asked: such a batch is refused unless its transaction is open.
    if (guard === undefined || transactionalId === "") return write(0);
    const behind: InLine[] = [];
    verifying.set(producerId, behind);
    void verify(guard, behind);
  };
  proceed();
  return () => {
    over = true;
    stop?.();
  };
}

const leaderChanged: Refusal = {
  error: KafkaError.NOT_LEADER_OR_FOLLOWER,
  message: "the partition changed its leader while the transaction was verified",
};

function notVerified(error: KafkaErrorCode, produceVersion: number | undefined): Refusal {
  return {
    error: errorForProducer(error, produceVersion),
    message: `the coordinator does not say that the partition is part of the transaction: ${kafkaErrorName(error)}`,
  };
}
