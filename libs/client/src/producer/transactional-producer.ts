import { KafkaError } from "@moldau/base";
import type {
  ClientMetric,
  ConsumerGroupMetadata,
  OffsetToCommit,
  OutgoingRecord,
  TransactionalProducer,
  TransactionalProducerOptions,
} from "../api";
import { KafkaClientError } from "../client-error";
import { Cluster } from "../cluster";
import { BufferedProducer } from "./buffered-producer";
import type { TransactionCore } from "./transaction-core";
import { TransactionDriver } from "./transaction-driver";

const TRANSACTION_TIMEOUT_MS = 60_000;

/** Records as any producer sends them, and the coordinators asked in between. */
export class TransactionalBufferedProducer implements TransactionalProducer {
  private readonly records: BufferedProducer;
  private readonly driver: TransactionDriver;
  private readonly core: TransactionCore;
  private closed: Promise<void> | undefined;

  constructor(options: TransactionalProducerOptions) {
    const { transactionalId, transactionTimeoutMs = TRANSACTION_TIMEOUT_MS } = options;
    if (transactionalId === "") {
      throw new KafkaClientError("the transactionalId is empty; it names this producer", KafkaError.INVALID_REQUEST);
    }
    const cluster = new Cluster(options);
    const settings = { transactionalId, transactionTimeoutMs };
    this.driver = new TransactionDriver(cluster, settings, () => this.records.look());
    this.records = new BufferedProducer(cluster, { ...options, acks: -1, idempotent: true }, this.driver);
    this.core = this.driver.core;
  }

  initTransactions(): Promise<void> {
    return this.driver.drive(this.core.init());
  }

  async beginTransaction(): Promise<void> {
    if (this.core.stateName === "uninitialized" || this.core.stateName === "initializing")
      await this.initTransactions();
    await this.driver.drive(this.core.begin());
  }

  send(record: OutgoingRecord): Promise<{ partition: number; offset: number }> {
    const { refusal } = this.core;
    return refusal === undefined ? this.records.send(record) : Promise.reject(refusal);
  }

  flush(): Promise<void> {
    return this.records.flush();
  }

  metrics(): ClientMetric[] {
    return this.records.metrics();
  }

  sendOffsetsToTransaction(offsets: readonly OffsetToCommit[], group: ConsumerGroupMetadata): Promise<void> {
    return this.driver.drive(this.core.sendOffsets(offsets, group));
  }

  async commitTransaction(): Promise<void> {
    const operation = this.core.commit();
    if (operation.outcome === undefined) await this.settleRecords();
    await this.driver.drive(operation);
  }

  async abortTransaction(): Promise<void> {
    const operation = this.core.abort();
    if (operation.outcome === undefined) {
      this.records.look();
      await this.settleRecords();
    }
    await this.driver.drive(operation);
  }

  close(): Promise<void> {
    this.closed ??= (async () => {
      const open = this.core.stateName === "open" || this.core.stateName === "abortable";
      // Nobody else would end it before its time limit; readers of committed data would wait as long.
      if (open) await this.abortTransaction().catch(() => undefined);
      await this.records.close();
    })();
    return this.closed;
  }

  /** What becomes of each record is told by its own `send`; a failure has spoilt the transaction by then. */
  private async settleRecords(): Promise<void> {
    await this.records.flush().catch(() => undefined);
    this.core.recordsSettled();
  }
}
