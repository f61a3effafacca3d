import { KafkaError, type KafkaErrorCode, type NodeId, type Uuid } from "@moldau/base";
import { type MetadataImage, type MetadataRecord, type NodeRegistration, record } from "@moldau/metadata";
import { directoriesOffline } from "./assign-directories";
import type { Decision } from "./decision";
import { partitionsAfter } from "./leadership";
import { checkNodeEpoch } from "./registration";
import type { NodeSessions } from "./sessions";
import type { ControlSettings } from "./settings";

export interface HeartbeatRequest {
  readonly nodeId: NodeId;
  readonly nodeEpoch: number;
  /** Offset of the last record that the node has applied. */
  readonly metadataOffset: number;
  readonly wantFence: boolean;
  readonly wantShutDown: boolean;
  readonly offlineLogDirs: readonly Uuid[];
}

export interface HeartbeatOutcome {
  readonly errorCode: KafkaErrorCode;
  readonly isFenced: boolean;
  readonly isCaughtUp: boolean;
  readonly shouldShutDown: boolean;
}

type HeartbeatSettings = Pick<ControlSettings, "topicDefaults">;

/**
 * A node's life, one transition a heartbeat:
 * - fenced -> unfenced: it does not want to be fenced and has applied its own registration;
 * - unfenced -> fenced: it wants to be;
 * - any -> leaving: it wants to shut down. Its leaders and shards move away with the same records that fence it, so when
 *   they are committed it may stop at once: `shouldShutDown`. Kafka waits besides until every other broker has applied
 *   that; here the gateways route by the same image and a late request is answered with the new leader (KIP-951).
 * Timeouts fence too: `fenceNode`.
 */
export function heartbeat(
  image: MetadataImage,
  settings: HeartbeatSettings,
  sessions: NodeSessions,
  request: HeartbeatRequest,
  nowMs: number,
): Decision<HeartbeatOutcome> {
  const { nodeId, nodeEpoch } = request;
  const errorCode = checkNodeEpoch(image, nodeId, nodeEpoch);
  const node = image.brokers.get(nodeId);
  if (errorCode !== KafkaError.NONE || node === undefined) {
    return { records: [], reply: { errorCode, isFenced: true, isCaughtUp: false, shouldShutDown: false } };
  }
  sessions.touch(nodeId, nodeEpoch, nowMs);
  const isCaughtUp = request.metadataOffset >= nodeEpoch;
  const answer = (records: MetadataRecord[], isFenced: boolean): Decision<HeartbeatOutcome> => ({
    records,
    reply: { errorCode: KafkaError.NONE, isFenced, isCaughtUp, shouldShutDown: request.wantShutDown },
  });
  if (request.wantShutDown) return answer(leave(image, settings, node), true);
  const directories = directoriesOffline(image, settings, node, request.offlineLogDirs);
  // A node without a directory left can serve nothing; it comes back with a new registration.
  const wantFence = request.wantFence || directories?.online.length === 0;
  if (wantFence) return answer(node.fenced ? [] : fenceNode(image, settings, nodeId), true);
  const records = directories?.records ?? [];
  if (!node.fenced) return answer(records, false);
  if (!isCaughtUp || node.inControlledShutdown) return answer(records, true);
  return answer([...records, ...unfenceNode(image, settings, nodeId)], false);
}

/** Fences a node: whatever it led or owned goes to others. Nothing where it is fenced or gone already. */
export function fenceNode(image: MetadataImage, settings: HeartbeatSettings, nodeId: NodeId): MetadataRecord[] {
  const node = image.brokers.get(nodeId);
  if (node === undefined || node.fenced) return [];
  return [
    ...partitionsAfter(image, settings, { kind: "gone", nodeId }),
    record("BrokerRegistrationChangeRecord", { brokerId: nodeId, brokerEpoch: node.epoch, fenced: 1 }),
  ];
}

/** Lets a node take part: partitions that nobody leads and that it may lead are led again. */
export function unfenceNode(image: MetadataImage, settings: HeartbeatSettings, nodeId: NodeId): MetadataRecord[] {
  const node = image.brokers.get(nodeId);
  if (node === undefined || !node.fenced) return [];
  const unfence = record("BrokerRegistrationChangeRecord", { brokerId: nodeId, brokerEpoch: node.epoch, fenced: -1 });
  if (!node.roles.includes("broker")) return [unfence];
  return [unfence, ...partitionsAfter(image, settings, { kind: "back", nodeId })];
}

function leave(image: MetadataImage, settings: HeartbeatSettings, node: NodeRegistration): MetadataRecord[] {
  const { nodeId } = node;
  if (node.fenced && node.inControlledShutdown) return [];
  return [
    ...partitionsAfter(image, settings, { kind: "gone", nodeId }),
    record("BrokerRegistrationChangeRecord", {
      brokerId: nodeId,
      brokerEpoch: node.epoch,
      fenced: node.fenced ? 0 : 1,
      inControlledShutdown: node.inControlledShutdown ? 0 : 1,
    }),
  ];
}
