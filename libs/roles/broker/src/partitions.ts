import { KafkaError, type KafkaErrorCode, type Uuid } from "@moldau/base";
import type { MetadataObserver } from "@moldau/metadata-observer";
import type { HostedPartition } from "./hosted-partition";
import type { TimerWheel } from "./timer-wheel";

/** How long a request waits for a partition that is being opened: longer than any but a recovery takes. */
const OPENING_WAIT_MS = 5_000;
/** How long for metadata that the caller has and this broker does not: a few hops. */
const METADATA_WAIT_MS = 250;

interface Address {
  topicId: Uuid;
  partition: number;
}

/** The partitions of this broker, by topic id: those that are open and those that are on their way. */
export class Partitions {
  readonly #open = new Map<Uuid, Map<number, HostedPartition>>();
  readonly #opening = new Map<Uuid, Map<number, Promise<void>>>();
  /** Those whose log could not be opened. */
  readonly #failed = new Map<Uuid, Set<number>>();
  readonly #observer: MetadataObserver;
  readonly #timers: TimerWheel;
  #nextImage: Promise<void> | undefined;
  #onImage: (() => void) | undefined;

  constructor(observer: MetadataObserver, timers: TimerWheel) {
    this.#observer = observer;
    this.#timers = timers;
  }

  get(topicId: Uuid, partition: number): HostedPartition | undefined {
    return this.#open.get(topicId)?.get(partition);
  }

  *all(): Generator<HostedPartition, void, undefined> {
    for (const partitions of this.#open.values()) yield* partitions.values();
  }

  *ofTopic(topicId: Uuid): Generator<HostedPartition, void, undefined> {
    yield* this.#open.get(topicId)?.values() ?? [];
  }

  /** Why a partition that is not open here is not: what a client is told. */
  absence({ topicId, partition }: Address): KafkaErrorCode {
    if (this.#failed.get(topicId)?.has(partition)) return KafkaError.KAFKA_STORAGE_ERROR;
    const topic = this.#observer.image.topicsById.get(topicId);
    if (!topic) return KafkaError.UNKNOWN_TOPIC_ID;
    return topic.partitions[partition] ? KafkaError.NOT_LEADER_OR_FOLLOWER : KafkaError.UNKNOWN_TOPIC_OR_PARTITION;
  }

  /**
   * Undefined where everything addressed is open (or will not be): go on at once. Else resolves when it is, or when that
   * has taken too long.
   */
  whenReady(addresses: readonly Address[]): Promise<void> | undefined {
    for (const { topicId, partition } of addresses) {
      const hosted = this.get(topicId, partition);
      if (hosted ? hosted.isBusy : this.#mayCome(topicId, partition)) return this.#whenReady(addresses);
    }
    return undefined;
  }

  #mayCome(topicId: Uuid, partition: number): boolean {
    return this.#opening.get(topicId)?.has(partition) || !this.#observer.image.partition(topicId, partition);
  }

  async #whenReady(addresses: readonly Address[]): Promise<void> {
    const unknown = ({ topicId, partition }: Address) => !this.#observer.image.partition(topicId, partition);
    const metadataTimer = this.#timeout(METADATA_WAIT_MS);
    while (addresses.some(unknown) && !metadataTimer.isOver()) {
      await Promise.race([this.#whenNextImage(), metadataTimer.over]);
    }
    metadataTimer.cancel();
    const under = addresses
      .map(({ topicId, partition }) => this.#opening.get(topicId)?.get(partition))
      .filter((opening) => opening !== undefined);
    const openingTimer = this.#timeout(OPENING_WAIT_MS);
    if (under.length > 0) await Promise.race([Promise.all(under), openingTimer.over]);
    const steps = addresses
      .map(({ topicId, partition }) => this.get(topicId, partition))
      .filter((hosted) => hosted?.isBusy)
      .map((hosted) => hosted!.whenIdle());
    if (steps.length > 0) await Promise.race([Promise.all(steps), openingTimer.over]);
    openingTimer.cancel();
  }

  /** Each metadata update, after it was applied here. */
  noteImage(): void {
    this.#onImage?.();
    this.#nextImage = undefined;
    this.#onImage = undefined;
  }

  add(hosted: HostedPartition): void {
    nested(this.#open, hosted.topicId, () => new Map<number, HostedPartition>()).set(hosted.partition, hosted);
    this.#failed.get(hosted.topicId)?.delete(hosted.partition);
  }

  remove({ topicId, partition }: Address): void {
    for (const some of [this.#open, this.#opening, this.#failed]) {
      const partitions = some.get(topicId);
      if (partitions?.delete(partition) && partitions.size === 0) some.delete(topicId);
    }
  }

  noteOpening({ topicId, partition }: Address, opening: Promise<void>): void {
    const partitions = nested(this.#opening, topicId, () => new Map<number, Promise<void>>());
    partitions.set(partition, opening);
    const clear = () => {
      if (partitions.get(partition) === opening) partitions.delete(partition);
      if (partitions.size === 0 && this.#opening.get(topicId) === partitions) this.#opening.delete(topicId);
    };
    opening.then(clear, clear);
  }

  openingOf(topicId: Uuid, partition: number): Promise<void> | undefined {
    return this.#opening.get(topicId)?.get(partition);
  }

  noteFailed({ topicId, partition }: Address): void {
    nested(this.#failed, topicId, () => new Set<number>()).add(partition);
  }

  /** How many are being opened. */
  get openingCount(): number {
    let count = 0;
    for (const partitions of this.#opening.values()) count += partitions.size;
    return count;
  }

  #whenNextImage(): Promise<void> {
    return (this.#nextImage ??= new Promise((resolve) => (this.#onImage = resolve)));
  }

  #timeout(ms: number): { over: Promise<void>; isOver: () => boolean; cancel: () => void } {
    let over = false;
    let cancel = () => {};
    const promise = new Promise<void>((resolve) => {
      const timer = this.#timers.after(ms, () => {
        over = true;
        resolve();
      });
      cancel = () => timer.cancel();
    });
    return { over: promise, isOver: () => over, cancel };
  }
}

function nested<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
