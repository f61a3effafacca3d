export interface TopicPartition {
  topic: string;
  partition: number;
}

/** A partition as people and maps name it: `orders-3`. */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
