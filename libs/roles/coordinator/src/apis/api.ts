import { KafkaError, type NodeId, type Random } from "@moldau/base";
import type { KafkaCall } from "@moldau/contracts";
import type { Caller } from "@moldau/groups";
import type { MetadataImage } from "@moldau/metadata";
import { Reader, Writer } from "@moldau/protocol";
import type { Peers } from "@moldau/rpc";
import type { GroupShards } from "../group-kind";
import type { TransactionCoordinator } from "../transaction-coordinator";
import type { RebalanceHistory } from "../rebalance-history";

/** What the handlers work with. */
export interface ApiContext {
  /** Shards of groups. */
  readonly shards: GroupShards;
  readonly rebalances: RebalanceHistory;
  readonly transactions: TransactionCoordinator;
  /** `offsets.topic.num.partitions`: how many shards of groups there will be, while there are none. */
  readonly groupShards: number;
  /** For member ids. */
  readonly random: Random;
  readonly peers: Peers;
  readonly nodeId: NodeId;
  image(): MetadataImage;
  /** Whether the cluster has the consumer protocol (KIP-848): `group.version` and the configured protocols say so. */
  servesConsumerGroups(): boolean;
}

/** Answers a client's request in its own version. Rejects only when `signal` gives up or the bytes are malformed. */
export type ApiHandler = (call: KafkaCall, context: ApiContext, signal: AbortSignal | undefined) => Promise<Uint8Array>;

export function decode<T>(call: KafkaCall, read: (reader: Reader, version: number) => T): T {
  return read(new Reader(call.body), call.apiVersion);
}

export function encode<M>(
  call: KafkaCall,
  write: (writer: Writer, message: M, version: number) => void,
  message: NoInfer<M>,
): Uint8Array {
  const writer = new Writer();
  write(writer, message, call.apiVersion);
  return writer.toBytes();
}

export function callerOf(call: KafkaCall): Caller {
  const { apiVersion, clientId, clientHost } = call;
  // As Java prints an InetAddress without a name; tools show it.
  return { apiVersion, clientId, clientHost: clientHost.startsWith("/") ? clientHost : `/${clientHost}` };
}

/** Whether a client may commit for the partition: only for what exists. */
export function partitionExists(image: MetadataImage, topic: string, partition: number): boolean {
  return image.topicsByName.get(topic)?.partitions[partition] !== undefined;
}

/** Bits of READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS and ALTER_CONFIGS: all that exist for groups. */
export const ALL_GROUP_OPERATIONS = (1 << 3) | (1 << 6) | (1 << 8) | (1 << 10) | (1 << 11);
/** "Not asked for." */
export const NO_OPERATIONS = -2147483648;

export const { NONE, UNKNOWN_TOPIC_ID, UNKNOWN_TOPIC_OR_PARTITION } = KafkaError;
