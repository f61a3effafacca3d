import { ApiKey, Reader, readRequestHeader, type RequestHeader } from "@moldau/protocol";
import type { NodeId } from "@moldau/base";
import type { ExchangeMemory } from "@moldau/net";
import { unsupportedApiVersions } from "./apis/18-api-versions";
import { type Answer, type Call, type ClientInformation, type Channel, CloseConnection } from "./call";
import type { Gateway } from "./gateway";
import type { RequestMetrics } from "./request-metrics";
import { servedApis } from "./served-apis";

/** What a request brings along from its connection. */
export interface Origin {
  /** Name of the authenticated principal. */
  user: string;
  clientHost: string;
  client: ClientInformation;
  listener: string;
  targetNode: NodeId | undefined;
  signal: AbortSignal;
  memory: ExchangeMemory;
  channel: Channel;
}

/**
 * Answers one request frame. Rules 2 and 4: an unknown version of ApiVersions is answered with what we have, any other
 * unknown API or version closes the connection, and so does a malformed request.
 * @throws CloseConnection
 */
export async function dispatch(
  frame: Uint8Array,
  origin: Origin,
  gateway: Gateway,
  metrics: RequestMetrics,
): Promise<Answer> {
  const startedMs = gateway.clock.monotonicMs();
  let header: RequestHeader;
  const reader = new Reader(frame);
  try {
    header = readRequestHeader(reader);
  } catch (error) {
    throw new CloseConnection(`malformed request header: ${(error as Error).message}`);
  }
  const served = servedApis.get(header.apiKey);
  if (!served || header.apiVersion < served.min || header.apiVersion > served.max) {
    if (header.apiKey === ApiKey.ApiVersions) return unsupportedApiVersions(header.correlationId);
    throw new CloseConnection(
      served
        ? `${metrics.nameOf(header.apiKey)} version ${header.apiVersion} is not served; versions ${served.min} to ${served.max} are`
        : `API key ${header.apiKey} is not served`,
    );
  }
  const name = metrics.nameOf(header.apiKey);
  const span = gateway.context.telemetry.tracing.start(`kafka.${name}`, "", {
    "messaging.system": "kafka",
    "kafka.api_version": header.apiVersion,
    "messaging.client_id": header.clientId ?? "",
  });
  const call: Call = {
    apiKey: header.apiKey,
    version: header.apiVersion,
    correlationId: header.correlationId,
    clientId: header.clientId,
    body: frame.subarray(reader.offset),
    user: origin.user,
    clientHost: origin.clientHost,
    client: origin.client,
    listener: origin.listener,
    targetNode: origin.targetNode,
    signal: origin.signal,
    traceparent: span?.traceparent ?? "",
    memory: origin.memory,
    channel: origin.channel,
    workMs: 0,
  };
  const { quotas } = gateway;
  quotas.follow(gateway.image);
  try {
    const handled = served.handler(call, gateway);
    if (quotas.enabled) call.workMs = gateway.clock.monotonicMs() - startedMs;
    let answered = await handled;
    if (quotas.enabled) {
      if (served.throttling === "exempt") quotas.workedExempt(call);
      else if (served.throttling !== "own") answered = quotas.settle(call, answered);
    }
    metrics.answered(header.apiKey, header.apiVersion, gateway.clock.monotonicMs() - startedMs);
    span?.end();
    return answered;
  } catch (error) {
    metrics.failed(header.apiKey);
    span?.end(String(error));
    throw error;
  }
}
