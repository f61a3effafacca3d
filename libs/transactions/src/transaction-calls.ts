import type { KafkaErrorCode } from "@moldau/base";
import type {
  AddOffsetsToTxnRequest,
  AddOffsetsToTxnResponse,
  AddPartitionsToTxnResponse,
  DescribeTransactionsResponse,
  Draft,
  EndTxnRequest,
  EndTxnResponse,
  InitProducerIdRequest,
  InitProducerIdResponse,
  ListTransactionsRequest,
  ListTransactionsResponse,
} from "@moldau/protocol";
import type { TopicPartitions } from "./transaction-record";

/** Who asks, as far as an answer depends on it. */
export interface Caller {
  readonly apiVersion: number;
}

/**
 * The call needs a producer id that nobody used, and none came with it. It had no effect: ask again with one. Only a new
 * transactional id and an exhausted epoch need one, so a driver best asks without first.
 */
export interface NeedsProducerId {
  readonly needsProducerId: true;
}

export type DescribedTransaction = Draft<DescribeTransactionsResponse["transactionStates"][number]>;

/** Errors of a `verify`, by partition, in the order asked. */
export interface VerifiedPartitions {
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number; readonly errorCode: KafkaErrorCode }[];
}

/**
 * What a shard of transactions can be asked, and what it answers. Each call concerns one transactional id of the shard (or
 * all of them); a request about many is divided and put together again by the role, which also authorizes.
 */
export interface TransactionCalls {
  /** InitProducerId v0–5 with a transactional id; without one there is nothing to coordinate. */
  initProducerId: {
    ask: { caller: Caller; body: InitProducerIdRequest; newProducerId?: number | undefined };
    reply: Draft<InitProducerIdResponse> | NeedsProducerId;
  };
  /** AddPartitionsToTxn v0–3, from clients: `resultsByTopicV3AndBelow` is answered. v4+ comes as `verify`. */
  addPartitions: {
    ask: {
      caller: Caller;
      transactionalId: string;
      producerId: number;
      producerEpoch: number;
      topics: readonly { readonly name: string; readonly partitions: readonly number[] }[];
    };
    reply: Draft<AddPartitionsToTxnResponse>;
  };
  /** AddOffsetsToTxn v0–4. `offsetsPartition`: of `__consumer_offsets`, where the group's offsets live. */
  addOffsets: {
    ask: { caller: Caller; body: AddOffsetsToTxnRequest; offsetsPartition: number };
    reply: Draft<AddOffsetsToTxnResponse>;
  };
  /** EndTxn v0–5. */
  endTxn: {
    ask: { caller: Caller; body: EndTxnRequest; newProducerId?: number | undefined };
    reply: Draft<EndTxnResponse> | NeedsProducerId;
  };
  /**
   * The leader of partitions asks whether they take part in the open transaction (`add` false: clients that add them with
   * AddPartitionsToTxn), or puts them in (`add` true: transactions v2). Also AddPartitionsToTxn v4–5, one transaction a call.
   * Errors: NONE, INVALID_REQUEST, INVALID_PRODUCER_ID_MAPPING, PRODUCER_FENCED (to a client that produces it is
   * INVALID_PRODUCER_EPOCH), CONCURRENT_TRANSACTIONS (retriable), TRANSACTION_ABORTABLE (not part of it; to clients that do not
   * know this error it is INVALID_TXN_STATE).
   */
  verify: {
    ask: {
      transactionalId: string;
      producerId: number;
      producerEpoch: number;
      partitions: readonly TopicPartitions[];
      add: boolean;
    };
    reply: readonly VerifiedPartitions[];
  };
  describe: { ask: { transactionalId: string }; reply: DescribedTransaction };
  /** ListTransactions v0–2. `matches`: the pattern of v2, compiled; all ids where left out. */
  list: {
    ask: { body: ListTransactionsRequest; matches?: ((transactionalId: string) => boolean) | undefined };
    reply: Draft<ListTransactionsResponse>;
  };
  /**
   * These partitions have the marker (or need none any more: the topic is gone, a newer epoch writes). Id, epoch and
   * `decidedMs` are those of the "end transaction" event; what does not belong to that transaction is passed over. `unmarked`:
   * how many partitions still lack it; 0 once the transaction is complete. If the call is refused, call again: it is idempotent,
   * however late it comes.
   */
  markersWritten: {
    ask: {
      transactionalId: string;
      producerId: number;
      producerEpoch: number;
      decidedMs: number;
      partitions: readonly TopicPartitions[];
    };
    reply: { unmarked: number };
  };
}

export type TransactionCallName = keyof TransactionCalls;
export type TransactionRequest = {
  [K in TransactionCallName]: { readonly call: K } & TransactionCalls[K]["ask"];
}[TransactionCallName];
export type TransactionReply = TransactionCalls[TransactionCallName]["reply"];
