/**
 * FindCoordinator, versions 0–6: one key up to v3, a batch from v4 (KIP-699).
 * A key's coordinator is the node that owns its shard. The first question makes the controller create the shards' topic;
 * until it is there the answer is COORDINATOR_NOT_AVAILABLE, which every client asks again after.
 * Key types: 0 groups, 1 transactional ids; share groups (2) are answered with INVALID_REQUEST, which no client repeats.
 */
import { KafkaError } from "@moldau/base";
import { GROUP_METADATA_TOPIC, TRANSACTION_STATE_TOPIC } from "@moldau/metadata";
import { readFindCoordinatorRequest, writeFindCoordinatorResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";
import { ensureShardTopic } from "../internal-topics";
import { routeToOwner } from "../routes";

const batchVersion = 4;
/** Topic of the shards, by key type. */
const shardTopics: ReadonlyMap<number, string> = new Map([
  [0, GROUP_METADATA_TOPIC],
  [1, TRANSACTION_STATE_TOPIC],
]);

interface Found {
  key: string;
  nodeId: number;
  host: string;
  port: number;
  errorCode: number;
  errorMessage: string | null;
}

export async function findCoordinator(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readFindCoordinatorRequest);
  const keys = call.version >= batchVersion ? request.coordinatorKeys : [request.key];
  const found: Found[] = [];
  for (const key of keys) found.push(await find(call, gateway, key, request.keyType));
  if (call.version >= batchVersion) {
    return answer(call, writeFindCoordinatorResponse, { throttleTimeMs: 0, coordinators: found });
  }
  return answer(call, writeFindCoordinatorResponse, { throttleTimeMs: 0, ...found[0]! });
}

async function find(call: Call, gateway: Gateway, key: string, keyType: number): Promise<Found> {
  const failed = (errorCode: number, errorMessage: string | null = null): Found => ({
    key,
    nodeId: -1,
    host: "",
    port: -1,
    errorCode,
    errorMessage,
  });
  const shardTopic = shardTopics.get(keyType);
  if (shardTopic === undefined) {
    return failed(
      KafkaError.INVALID_REQUEST,
      `this cluster has coordinators of groups and of transactions; key type ${keyType} is neither`,
    );
  }
  if (!gateway.image.topicsByName.has(shardTopic)) await ensureShardTopic(gateway, shardTopic);
  const route = routeToOwner(gateway.image, shardTopic, key);
  if (route.error !== undefined) return failed(route.error);
  const door = gateway.doorsFor(call.listener).standInFor(route.ownerId);
  if (!door) return failed(KafkaError.COORDINATOR_NOT_AVAILABLE);
  return { key, nodeId: door.nodeId, host: door.host, port: door.port, errorCode: 0, errorMessage: null };
}
