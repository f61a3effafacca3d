import { KafkaError, type KafkaErrorCode, type NodeId } from "@moldau/base";
import type { KafkaCall } from "@moldau/contracts";
import { type CallContext, PeerUnavailable } from "@moldau/rpc";
import { type Answer, type Call, CloseConnection, relay } from "./call";
import type { Gateway } from "./gateway";
import { routeToOwner } from "./routes";

/** Requests to other roles that a client bounds itself wait this much longer than the client said. */
const graceMs = 1_000;

/** What travels beside a request to another role. */
export function callContext(call: Call, gateway: Gateway, deadlineMs = 0): CallContext {
  const { traceparent, signal } = call;
  return { traceparent, deadlineMs, callerNodeId: gateway.context.nodeId, signal };
}

/** Bound of an internal call whose client allows `timeoutMs`. */
export function deadlineFor(timeoutMs: number): number {
  return Math.max(0, timeoutMs) + graceMs;
}

/**
 * What the failure of a call to another role means: the trouble with reaching it, or undefined for a fault of its own,
 * which is logged.
 * @throws CloseConnection where the client has gone meanwhile and nobody waits for an answer
 */
export function troubleOf(call: Call, gateway: Gateway, error: unknown, peer: string): PeerUnavailable | undefined {
  if (call.signal.aborted) throw new CloseConnection("the client has gone");
  if (error instanceof PeerUnavailable) return error;
  gateway.context.telemetry.log.error({ err: error, apiKey: call.apiKey, peer }, `${peer} failed to answer`);
  return undefined;
}

/** A client's request in its own bytes, for the role that owns the answer. */
export function kafkaCall(call: Call, body: Uint8Array = call.body, version: number = call.version): KafkaCall {
  return {
    apiKey: call.apiKey,
    apiVersion: version,
    clientId: call.clientId ?? "",
    principal: `User:${call.user}`,
    clientHost: call.clientHost,
    listener: call.listener,
    body,
    targetNodeId: call.targetNode ?? -1,
  };
}

export type Forwarded = { body: Uint8Array; error?: undefined } | { error: KafkaErrorCode };

/** Group requests wait at the coordinator for members that join; a rebalance may take this long (Kafka's maximum). */
const groupDeadlineMs = 30 * 60_000;

/** Hands a request to the coordinator on `ownerId`; a coordinator that cannot be reached is "not available". */
export async function askCoordinator(
  call: Call,
  gateway: Gateway,
  ownerId: NodeId,
  request: KafkaCall,
): Promise<Forwarded> {
  try {
    const reply = await gateway.context.peers
      .coordinator(ownerId)
      .handle(request, callContext(call, gateway, groupDeadlineMs));
    if (reply.errorCode) return { error: reply.errorCode as KafkaErrorCode };
    return { body: reply.body };
  } catch (error) {
    const trouble = troubleOf(call, gateway, error, `coordinator ${ownerId}`);
    if (!trouble) return { error: KafkaError.UNKNOWN_SERVER_ERROR };
    // What may have been done (a commit, a join) is safe to repeat, but only the client knows whether it still wants it.
    return { error: trouble.mayHaveBeenSent ? KafkaError.NOT_COORDINATOR : KafkaError.COORDINATOR_NOT_AVAILABLE };
  }
}

/**
 * Hands a request as it is to the owner of the shard of `id` (a group, a transactional id) and its answer back to the client;
 * `refuse` makes the answer where there is no owner to ask.
 */
export async function relayToOwner(
  call: Call,
  gateway: Gateway,
  { shardTopic, id }: { shardTopic: string; id: string },
  refuse: (error: KafkaErrorCode) => Uint8Array[],
): Promise<Answer> {
  const route = routeToOwner(gateway.image, shardTopic, id);
  if (route.error !== undefined) return refuse(route.error);
  const reply = await askCoordinator(call, gateway, route.ownerId, kafkaCall(call));
  return reply.error === undefined ? relay(call, reply.body) : refuse(reply.error);
}

/** Hands a request to the active controller and waits until this gateway's image shows what was changed. */
export async function askController(call: Call, gateway: Gateway, timeoutMs: number): Promise<Forwarded> {
  const { peers, observer } = gateway.context;
  try {
    const reply = await peers.controller().handle(kafkaCall(call), callContext(call, gateway, deadlineFor(timeoutMs)));
    if (reply.errorCode) return { error: KafkaError.NOT_CONTROLLER };
    if (reply.metadataOffset !== undefined)
      await observer.waitFor(reply.metadataOffset, graceMs).catch(() => undefined);
    return { body: reply.body };
  } catch (error) {
    const trouble = troubleOf(call, gateway, error, "the controller");
    return { error: trouble ? KafkaError.NOT_CONTROLLER : KafkaError.UNKNOWN_SERVER_ERROR };
  }
}
