import type { Uuid } from "@moldau/base";
import {
  readConsumerProtocolAssignment,
  readConsumerProtocolSubscription,
  Reader,
  writeConsumerProtocolAssignment,
  Writer,
} from "@moldau/protocol";
import { type Assignment, assignmentOf } from "./assignment";
import type { ClusterView } from "./cluster-view";
import { sortedNames } from "./consumer-member";

/** Newest version that this build reads; later ones begin alike. */
const VERSION_MAX = 3;

/** What a member of the classic protocol says with its JoinGroup. */
export interface Subscription {
  readonly topics: readonly string[];
  readonly rackId: string | null;
  /** What it has at this moment: nothing with the eager protocol. */
  readonly owned: Assignment;
}

/** ConsumerProtocolSubscription as clients embed it; undefined where the bytes are none. */
export function readSubscription(bytes: Uint8Array, cluster: ClusterView): Subscription | undefined {
  try {
    const reader = new Reader(bytes);
    const version = Math.min(Math.max(reader.int16(), 0), VERSION_MAX);
    const { topics, rackId, ownedPartitions } = readConsumerProtocolSubscription(reader, version);
    return { topics: sortedNames(topics), rackId, owned: byTopicId(ownedPartitions, cluster) };
  } catch {
    return undefined;
  }
}

/** ConsumerProtocolAssignment as leaders embed it; no bytes are no partitions; undefined where they are malformed. */
export function readAssignment(bytes: Uint8Array, cluster: ClusterView): Assignment | undefined {
  if (bytes.length === 0) return new Map();
  try {
    const reader = new Reader(bytes);
    const version = Math.min(Math.max(reader.int16(), 0), VERSION_MAX);
    return byTopicId(readConsumerProtocolAssignment(reader, version).assignedPartitions, cluster);
  } catch {
    return undefined;
  }
}

/** An assignment in the version that the member's own subscription has. Topics that are gone are left out. */
export function writeAssignment(assignment: Assignment, subscription: Uint8Array, cluster: ClusterView): Uint8Array {
  const writer = new Writer();
  const version = subscription.length < 2 ? 0 : Math.min(Math.max(new Reader(subscription).int16(), 0), VERSION_MAX);
  writer.int16(version);
  const assignedPartitions = [...assignment].flatMap(([topicId, partitions]) => {
    const topic = cluster.topicName(topicId);
    return topic === undefined ? [] : [{ topic, partitions: [...partitions] }];
  });
  writeConsumerProtocolAssignment(writer, { assignedPartitions, userData: null }, version);
  return writer.toBytes();
}

function byTopicId(topics: readonly { topic: string; partitions: number[] }[], cluster: ClusterView): Assignment {
  return assignmentOf(
    topics.flatMap(({ topic, partitions }) => {
      const topicId: Uuid | undefined = cluster.topic(topic)?.id;
      return topicId === undefined ? [] : [{ topicId, partitions }];
    }),
  );
}
