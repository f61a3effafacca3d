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
