/**
 * FindCoordinator, versions 0–6: one key up to v3, a batch from v4 (KIP-699).
 * A key's coordinator is the node that owns its shard. The first question makes the controller create the shards' topic;
 * until it is there the answer is COORDINATOR_NOT_AVAILABLE, which every client asks again after.
 * A transactional id is answered with INVALID_REQUEST, which no client repeats, while transactions are not served.
 */
import { KafkaError } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import { readFindCoordinatorRequest, writeFindCoordinatorResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";
import { ensureShardTopic } from "../internal-topics";
import { routeToOwner } from "../routes";

const batchVersion = 4;
const groupKey = 0;

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
  for (const key of keys) found.push(await find(gateway, key, request.keyType));
  if (call.version >= batchVersion) {
    return answer(call, writeFindCoordinatorResponse, { throttleTimeMs: 0, coordinators: found });
  }
  return answer(call, writeFindCoordinatorResponse, { throttleTimeMs: 0, ...found[0]! });
}

async function find(gateway: Gateway, key: string, keyType: number): Promise<Found> {
  const failed = (errorCode: number, errorMessage: string | null = null): Found => ({
    key,
    nodeId: -1,
    host: "",
    port: -1,
    errorCode,
    errorMessage,
  });
  if (keyType !== groupKey) {
    return failed(
      KafkaError.INVALID_REQUEST,
      "this cluster serves coordinators of groups only; transactions are not served yet",
    );
  }
  if (!gateway.image.topicsByName.has(GROUP_METADATA_TOPIC)) await ensureShardTopic(gateway, GROUP_METADATA_TOPIC);
  const route = routeToOwner(gateway.image, GROUP_METADATA_TOPIC, key);
  if (route.error !== undefined) return failed(route.error);
  const door = gateway.doors.standInFor(route.ownerId);
  if (!door) return failed(KafkaError.COORDINATOR_NOT_AVAILABLE);
  return { key, nodeId: door.nodeId, host: door.host, port: door.port, errorCode: 0, errorMessage: null };
}
