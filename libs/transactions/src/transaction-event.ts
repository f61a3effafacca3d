import type { TopicPartitions } from "./transaction-record";

/** What leaves a shard after commit: the order to write markers, and what a person wants to read in the log. */
export type TransactionEvent =
  | {
      /**
       * The outcome is decided: write a marker into each partition, then call `markersWritten`; as often as it takes. Told
       * once when it is committed and once by each new owner of the shard, in `onLoaded`.
       */
      readonly event: "end transaction";
      readonly transactionalId: string;
      readonly producerId: number;
      /** Of the markers: with transactionVersion 2 above the epoch of the transaction's records. */
      readonly producerEpoch: number;
      readonly commit: boolean;
      readonly transactionVersion: 0 | 2;
      /**
       * When it was decided; another moment for each transaction of an id. Before transactions v2 the markers of one transaction
       * and the next have the same epoch, and only this tells them apart.
       */
      readonly decidedMs: number;
      /** Never empty: a transaction without partitions completes by itself. */
      readonly partitions: readonly TopicPartitions[];
    }
  | {
      readonly event: "transaction completed";
      readonly transactionalId: string;
      readonly producerId: number;
      readonly commit: boolean;
      /** From its start, and from the decision, to the last marker. */
      readonly tookMs: number;
      readonly markersTookMs: number;
    }
  | {
      /** A producer began (or begins anew) with this id; others of the same transactional id are fenced. */
      readonly event: "producer initialized";
      readonly transactionalId: string;
      readonly producerId: number;
      readonly producerEpoch: number;
    }
  | {
      /** An open transaction is aborted by someone else than its producer. */
      readonly event: "transaction fenced";
      readonly transactionalId: string;
      readonly producerId: number;
      /** Of the records of the transaction. */
      readonly producerEpoch: number;
      readonly reason: "timeout" | "a producer was initialized";
      /** Since it was opened. */
      readonly openForMs: number;
    }
  | { readonly event: "transactional ids expired"; readonly count: number };
