import { KafkaError, type NodeId } from "@moldau/base";
import type { ProducerIds } from "@moldau/host";
import type { MetadataDelta, MetadataImage } from "@moldau/metadata";
import type { Peers } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";
import type { NeedsProducerId, TransactionCalls, TransactionConfig, TransactionEvent } from "@moldau/transactions";
import { ImageWatch } from "./image-watch";
import { logTransactionEvent } from "./log-transaction-event";
import { MarkerSender } from "./marker-sender";
import type { Answer, Refusal } from "./owned-shard";
import { OwnedShards } from "./owned-shards";
import type { ShardIdentity } from "./shard-log";
import { transactionKind, type TransactionShards } from "./transaction-kind";

export interface TransactionCoordinatorContext {
  readonly nodeId: NodeId;
  readonly peers: Peers;
  image(): MetadataImage;
  readonly log: Logger;
  readonly config: TransactionConfig;
  readonly producerIds: Pick<ProducerIds, "take">;
  readonly loadBytes: number;
  readonly appendTimeoutMs: number;
  nowMs(): number;
  monotonicMs(): number;
  /** A transaction is complete: its markers are written. */
  onCompleted(): void;
}

type EndTransaction = Extract<TransactionEvent, { event: "end transaction" }>;

/**
 * The transactions of the shards that this node owns. What the shards decide is written into the partitions of the transaction
 * here, and the shards are told when all have it.
 */
export class TransactionCoordinator {
  readonly shards: TransactionShards;
  private readonly watch = new ImageWatch();
  private readonly stopping = new AbortController();
  private readonly markers: MarkerSender;
  /** Transactions whose markers are being written, by shard, id and epoch: a shard that is loaded again tells them again. */
  private readonly ending = new Set<string>();

  constructor(private readonly context: TransactionCoordinatorContext) {
    this.markers = new MarkerSender({ ...context, watch: this.watch }, this.stopping.signal);
    this.shards = new OwnedShards(transactionKind(context.config), {
      ...context,
      onEvent: (event, shard, signal) => this.onEvent(event, shard, signal),
    });
  }

  /** Transactions that are decided and not yet told to all of their partitions. */
  get endingCount(): number {
    return this.ending.size;
  }

  onImage(delta: MetadataDelta, image: MetadataImage): void {
    this.shards.onImage(delta, image);
    this.watch.changed();
  }

  /** Asks a call that may need a new producer id: most do not, so one is drawn only where the shard says so. */
  async askWithProducerId<K extends "initProducerId" | "endTxn">(
    transactionalId: string,
    call: K,
    ask: TransactionCalls[K]["ask"],
    signal: AbortSignal | undefined,
  ): Promise<Answer<Exclude<TransactionCalls[K]["reply"], NeedsProducerId>>> {
    let answer = await this.shards.ask(transactionalId, call, ask, signal);
    if ("reply" in answer && "needsProducerId" in answer.reply) {
      let newProducerId: number;
      try {
        newProducerId = await this.context.producerIds.take();
      } catch (error) {
        this.context.log.warn({ err: error, transactionalId }, "no producer id: the controller did not give a block");
        return { refused: KafkaError.COORDINATOR_NOT_AVAILABLE };
      }
      answer = await this.shards.ask(transactionalId, call, { ...ask, newProducerId }, signal);
    }
    return answer as { reply: Exclude<TransactionCalls[K]["reply"], NeedsProducerId> } | Refusal;
  }

  stop(): void {
    this.stopping.abort();
    this.shards.stop();
  }

  private onEvent(event: TransactionEvent, shard: ShardIdentity, signal: AbortSignal): void {
    if (event.event === "transaction completed") this.context.onCompleted();
    if (event.event !== "end transaction") return logTransactionEvent(this.context.log, event);
    const key = keyOf(event, shard);
    if (this.ending.has(key)) return;
    this.ending.add(key);
    this.end(event, shard, signal)
      .catch((error: unknown) => {
        this.context.log.error({ err: error, ...event }, "the end of a transaction could not be written");
      })
      .finally(() => this.ending.delete(key));
  }

  private async end(event: EndTransaction, shard: ShardIdentity, signal: AbortSignal): Promise<void> {
    const { transactionalId, producerId, producerEpoch, decidedMs, partitions } = event;
    const each = partitions.flatMap(({ topic, partitions: numbers }) =>
      numbers.map((partition) => ({ topic, partition })),
    );
    await this.markers.write({ ...event, coordinatorEpoch: shard.ownerEpoch, partitions: each }, signal);
    const ask = { transactionalId, producerId, producerEpoch, decidedMs, partitions };
    for (let attempt = 0; !signal.aborted; attempt++) {
      const answer = await this.shards.askPartition(shard.partition, "markersWritten", ask);
      if (!("refused" in answer)) return;
      // While the shard is loaded again it cannot take it; when it is, it will have asked for these markers again or be here.
      await this.watch.sleep(Math.min(20 * 2 ** attempt, 1_000), signal);
    }
  }
}

/** Tells ends apart: under one epoch a producer may have many transactions, one after the other. */
export function keyOf(event: EndTransaction, { partition, ownerEpoch }: ShardIdentity): string {
  const { transactionalId, producerId, producerEpoch, decidedMs } = event;
  return [partition, ownerEpoch, producerId, producerEpoch, decidedMs, transactionalId].join();
}
