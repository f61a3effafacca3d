import {
  readConsumerProtocolAssignment,
  readConsumerProtocolSubscription,
  Reader,
  writeConsumerProtocolAssignment,
  writeConsumerProtocolSubscription,
  Writer,
} from "@moldau/protocol";

/** Of subscriptions with owned partitions, and of assignments. */
const COOPERATIVE = 2;

/**
 * Bytes as transcripts write them: `topics(a,b)` is a consumer's subscription, `owns(a,b:a-0,a-1)` one with what it has at
 * the moment, `assigned(a-0)` an assignment; anything else is its own text.
 */
export function bytesOf(text: string): Uint8Array {
  const subscription = /^topics\((.*)\)$/.exec(text);
  const owning = /^owns\((.*):(.*)\)$/.exec(text);
  if (owning !== null) return encodeOwning(owning[1]!.split(","), owning[2]!.split(",").filter(Boolean));
  const assigned = /^assigned\((.*)\)$/.exec(text);
  if (assigned !== null) return encodeAssigned(assigned[1]!.split(",").filter(Boolean));
  return subscription === null ? Buffer.from(text) : encodeSubscription((subscription[1] as string).split(","));
}

export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  if (buffer.length >= 6 && buffer.readInt16BE(0) === COOPERATIVE) return cooperativeText(buffer);
  const isSubscription = buffer.length >= 10 && buffer[0] === 0 && buffer[1] === 1;
  return isSubscription ? `topics(${decodeSubscription(buffer).join(",")})` : buffer.toString();
}

/** ConsumerProtocolSubscription version 1 without user data and owned partitions. */
function encodeSubscription(topics: string[]): Uint8Array {
  const parts = [Buffer.from([0, 1, 0, 0, 0, topics.length])];
  for (const topic of topics) parts.push(Buffer.from([0, Buffer.byteLength(topic)]), Buffer.from(topic));
  parts.push(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
  return Buffer.concat(parts);
}

function decodeSubscription(bytes: Buffer): string[] {
  const topics: string[] = [];
  let at = 6;
  for (let i = 0; i < bytes.readInt32BE(2); i++) {
    const length = bytes.readInt16BE(at);
    topics.push(bytes.toString("utf8", at + 2, at + 2 + length));
    at += 2 + length;
  }
  return topics;
}

function encodeOwning(topics: string[], owned: string[]): Uint8Array {
  const writer = new Writer();
  writer.int16(COOPERATIVE);
  const ownedPartitions = owned.map(partitionOf);
  writeConsumerProtocolSubscription(writer, { topics, ownedPartitions, userData: null, generationId: 1 }, COOPERATIVE);
  return writer.toBytes();
}

function encodeAssigned(names: string[]): Uint8Array {
  const writer = new Writer();
  writer.int16(COOPERATIVE);
  const assignedPartitions = names.map(partitionOf);
  writeConsumerProtocolAssignment(writer, { assignedPartitions, userData: null }, COOPERATIVE);
  return writer.toBytes();
}

function partitionOf(name: string): { topic: string; partitions: number[] } {
  const cut = name.lastIndexOf("-");
  return { topic: name.slice(0, cut), partitions: [Number(name.slice(cut + 1))] };
}

function cooperativeText(buffer: Buffer): string {
  const list = (topics: { topic: string; partitions: number[] }[]): string =>
    topics.flatMap(({ topic, partitions }) => partitions.map((partition) => `${topic}-${partition}`)).join(",");
  try {
    const reader = new Reader(buffer, 2);
    const { topics, ownedPartitions } = readConsumerProtocolSubscription(reader, COOPERATIVE);
    if (reader.offset === buffer.length) return `owns(${topics.join(",")}:${list(ownedPartitions)})`;
  } catch {
    // An assignment, then.
  }
  return `assigned(${list(readConsumerProtocolAssignment(new Reader(buffer, 2), COOPERATIVE).assignedPartitions)})`;
}
