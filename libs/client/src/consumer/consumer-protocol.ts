// What the members of a consumer group tell each other through the coordinator, which does not look inside.
import {
  Reader,
  readConsumerProtocolAssignment,
  readConsumerProtocolSubscription,
  writeConsumerProtocolAssignment,
  writeConsumerProtocolSubscription,
  Writer,
} from "@moldau/protocol";

/** Newest version that the codecs read; later ones only add fields behind. */
const NEWEST = 3;
/** What is written: everybody reads it, and a member that gives all partitions back has nothing to add to it. */
const WRITTEN = 0;

export interface TopicPartitions {
  topic: string;
  partitions: number[];
}

export function writeSubscription(topics: readonly string[]): Uint8Array {
  const writer = new Writer();
  writer.int16(WRITTEN);
  writeConsumerProtocolSubscription(writer, { topics: [...topics].sort() }, WRITTEN);
  return writer.toBytes();
}

/** The topics that a member wants. Throws ProtocolError for bytes that are none. */
export function readSubscription(bytes: Uint8Array): string[] {
  const reader = new Reader(bytes);
  return readConsumerProtocolSubscription(reader, Math.min(NEWEST, reader.int16())).topics;
}

export function writeAssignment(assignedPartitions: readonly TopicPartitions[]): Uint8Array {
  const writer = new Writer();
  writer.int16(WRITTEN);
  writeConsumerProtocolAssignment(writer, { assignedPartitions }, WRITTEN);
  return writer.toBytes();
}

/** What a member was given; nothing for no bytes. Throws ProtocolError. */
export function readAssignment(bytes: Uint8Array): TopicPartitions[] {
  if (bytes.length === 0) return [];
  const reader = new Reader(bytes);
  return readConsumerProtocolAssignment(reader, Math.min(NEWEST, reader.int16())).assignedPartitions;
}
