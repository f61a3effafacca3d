import type { Random } from "./clock";

/**
 * A 128-bit id in Kafka's printed form: 22 characters of unpadded base64url. Strings so that they are map keys and
 * compare with ===.
 */
export type Uuid = string;

/** "No id": sixteen zero bytes on the wire. */
export const ZERO_UUID: Uuid = "AAAAAAAAAAAAAAAAAAAAAA";

/** Node ids: brokers, coordinators and controllers draw from one space, as in KRaft. */
export type NodeId = number;

/** No leader, no node. */
export const NO_NODE: NodeId = -1;

/** Key of a partition in maps: `topicId:partition` or `topic:partition`. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}:${partition}`;
}

/**
 * A random id. None begins with a dash, so that it can be given on a command line, and none is one of Kafka's reserved
 * ids, which are small numbers. Source: Kafka's Uuid.randomUuid.
 */
export function randomUuid(random: Random): Uuid {
  for (;;) {
    const bytes = Array.from({ length: 16 }, () => Math.floor(random.next() * 256));
    // Version 4, variant 1 of RFC 4122; with the version set an id cannot be a small number.
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const id = base64url(bytes);
    if (!id.startsWith("-")) return id;
  }
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function base64url(bytes: readonly number[]): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const digits = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    for (const digit of digits.slice(0, Math.min(4, bytes.length - i + 1))) text += DIGITS[digit];
  }
  return text;
}
