import type { TopicInfo } from "../topic-info";

/**
 * Where records without a key go: to one partition until a batch's worth of bytes went there, then to another, so that
 * batches fill. Partitions without a leader are left out while there are others. Source: KIP-480, KIP-794.
 */
export class StickyPartition {
  private partition = -1;
  private bytes = 0;

  constructor(
    private readonly bytesMax: number,
    private readonly random: () => number = Math.random,
  ) {}

  next(topic: TopicInfo, recordBytes: number): number {
    if (this.bytes >= this.bytesMax || !this.usable(topic)) {
      this.partition = this.choose(topic);
      this.bytes = 0;
    }
    this.bytes += recordBytes;
    return this.partition;
  }

  private usable({ partitions }: TopicInfo): boolean {
    const info = partitions[this.partition];
    return info !== undefined && (info.leader >= 0 || partitions.every(({ leader }) => leader < 0));
  }

  private choose({ partitions }: TopicInfo): number {
    const led = partitions.filter(({ leader }) => leader >= 0);
    const from = led.length > 0 ? led : partitions;
    // Another one than before where there is another.
    const others = from.length > 1 ? from.filter(({ partition }) => partition !== this.partition) : from;
    return others[Math.floor(this.random() * others.length)]!.partition;
  }
}
