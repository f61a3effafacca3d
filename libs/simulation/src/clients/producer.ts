import { KafkaError, kafkaErrorName } from "@moldau/base";
import { buildBatch } from "@moldau/record-batch";
import { Client, type ClientOptions, nameOf, type TopicPartition } from "./client";

export interface ProducerOptions extends ClientOptions {
  readonly partitions: readonly TopicPartition[];
  /** Batches on their way to one partition at once; an idempotent producer may have up to five. */
  readonly inFlightMax: number;
  readonly pauseMs: number;
}

interface Batch {
  readonly values: readonly string[];
  readonly producerId: number;
  readonly firstSend: number;
  baseSequence: number;
  readonly invokeMs: number;
  /** -1 until it is acknowledged. */
  offset: number;
}

/** How long a batch is tried before its outcome is left open. */
const DELIVERY_TIMEOUT_MS = 12_000;
const APPEND_TIMEOUT_MS = 2_000;
const RETRY_MS = 60;

const encoder = new TextEncoder();

/** An idempotent producer as Kafka's: sequences per partition, several batches on their way, again in order after errors. */
export class Producer {
  readonly client: Client;
  #sends = 0;
  #generation = 0;
  #producerId = -1;
  #acquiring: Promise<void> | undefined;
  #running = 0;
  /** What brokers said to batches that they refused. */
  readonly #refusals = new WeakMap<Batch, string>();

  constructor(private readonly options: ProducerOptions) {
    this.client = new Client(options);
  }

  start(): void {
    for (const partition of this.options.partitions) {
      this.#running++;
      this.client.run(async () => {
        await this.#produce(partition);
        this.#running--;
      });
    }
  }

  /** Nothing is sent and nothing waited for any more. */
  get isIdle(): boolean {
    return this.#running === 0 || !this.client.process.alive;
  }

  async #produce(partition: TopicPartition): Promise<void> {
    const { client } = this;
    const { random, pauseMs, inFlightMax } = this.options;
    let sequence = 0;
    let generation = -1;
    while (!client.stopped) {
      await client.sleep(pauseMs * (0.5 + random.next()));
      if (client.stopped) return;
      if (this.#producerId < 0) await (this.#acquiring ??= this.#acquire());
      if (generation !== this.#generation) {
        generation = this.#generation;
        sequence = 0;
      }
      const batches: Batch[] = [];
      for (let i = 1 + random.below(inFlightMax); i > 0; i--) {
        const batch = this.#newBatch(partition, 1 + random.below(3), sequence);
        sequence += batch.values.length;
        batches.push(batch);
      }
      if (!(await this.#deliver(partition, batches)) && generation === this.#generation) this.#forgetProducer();
    }
  }

  #newBatch(partition: TopicPartition, count: number, baseSequence: number): Batch {
    const { time } = this.options;
    const firstSend = this.#sends;
    this.#sends += count;
    const values = Array.from({ length: count }, (_, i) => `${this.client.name}.${firstSend + i}`);
    const batch = { values, producerId: this.#producerId, firstSend, baseSequence, invokeMs: time.nowMs, offset: -1 };
    this.#record(partition, batch, { kind: "unknown" });
    return batch;
  }

  #record(
    partition: TopicPartition,
    batch: Batch,
    outcome: { kind: "unknown" } | { kind: "acked"; endMs: number },
  ): void {
    batch.values.forEach((value, i) =>
      this.options.record({
        type: "send",
        process: this.client.name,
        producer: `${this.client.name}/${partition.topic}-${partition.partition}`,
        sequence: batch.firstSend + i,
        partition: nameOf(partition),
        value,
        idempotent: true,
        invokeMs: batch.invokeMs,
        outcome: outcome.kind === "acked" ? { ...outcome, offset: batch.offset + i } : outcome,
      }),
    );
  }

  /** Sends them until all are acknowledged, in order again after each failure. False: the outcome of some is not known. */
  async #deliver(partition: TopicPartition, batches: readonly Batch[]): Promise<boolean> {
    const { time, violation } = this.options;
    const untilMs = time.nowMs + DELIVERY_TIMEOUT_MS;
    for (;;) {
      const open = batches.filter(({ offset }) => offset < 0);
      const errors = await Promise.all(open.map((batch) => this.#send(partition, batch)));
      const first = errors.findIndex((error) => error !== KafkaError.NONE);
      if (first < 0) return true;
      const error = errors[first]!;
      // Behind one that failed the others are out of order; the first one never is, or something it built on is lost.
      if (error === KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER || error === KafkaError.UNKNOWN_PRODUCER_ID) {
        const { baseSequence, values } = open[first]!;
        const [remembered = -1] =
          /after (\d+)$/
            .exec(this.#refusals.get(open[first]!) ?? "")
            ?.slice(1)
            .map(Number) ?? [];
        // A leader that was restarted remembers one batch of each producer (Kafka's snapshot has room for no more): that it
        // has this one already, it can only say like this. The records are there, once.
        if (remembered < baseSequence) {
          const message = `${kafkaErrorName(error)} for ${values[0]} (sequence ${baseSequence}); ${this.#refusals.get(open[first]!)}`;
          violation("sequence-refused", message);
        }
        return false;
      }
      if (time.nowMs > untilMs || this.client.stopped) return false;
      await this.client.sleep(RETRY_MS);
    }
  }

  async #send(partition: TopicPartition, batch: Batch): Promise<number> {
    const { client } = this;
    const { time } = this.options;
    const found = client.imageOf(partition);
    if (found === undefined || found.image.leader < 0) return KafkaError.LEADER_NOT_AVAILABLE;
    const records = buildBatch({
      records: batch.values.map((value) => ({
        key: null,
        value: encoder.encode(value),
        timestamp: Math.floor(time.nowMs),
      })),
      producerId: batch.producerId,
      producerEpoch: 0,
      baseSequence: batch.baseSequence,
    });
    const { topicId, image } = found;
    try {
      const reply = await client.peers.broker(image.leader).append(
        {
          acks: -1,
          timeoutMs: APPEND_TIMEOUT_MS,
          transactionalId: "",
          produceVersion: 12,
          internal: false,
          partitions: [
            { topicId, partition: partition.partition, leaderEpoch: -1, ownerEpoch: -1, claimOffset: -1, records },
          ],
        },
        client.call(APPEND_TIMEOUT_MS + 1_000),
      );
      const result = reply.partitions[0]!;
      if (result.errorCode === KafkaError.NONE && batch.offset < 0) {
        batch.offset = result.baseOffset;
        this.#record(partition, batch, { kind: "acked", endMs: time.nowMs });
      }
      if (result.errorCode !== KafkaError.NONE)
        this.#refusals.set(batch, `node ${image.leader}: ${result.errorMessage}`);
      return result.errorCode;
    } catch {
      return KafkaError.NETWORK_EXCEPTION;
    }
  }

  async #acquire(): Promise<void> {
    const { client } = this;
    while (this.#producerId < 0 && !client.stopped) {
      try {
        const request = { nodeId: this.options.nodeId, nodeEpoch: -1 };
        const reply = await client.peers.controller().allocateProducerIds(request, client.call(3_000));
        if (reply.errorCode === KafkaError.NONE) this.#producerId = reply.firstProducerId;
      } catch {
        // No controller at the moment.
      }
      if (this.#producerId < 0) await client.sleep(200);
    }
    this.#acquiring = undefined;
  }

  /** What was sent with the old id may or may not be there: sequences of a new one begin at 0. */
  #forgetProducer(): void {
    this.#generation++;
    this.#producerId = -1;
  }
}
