import { ApiKey, Reader, readRequestHeader, type RequestHeader } from "@moldau/protocol";
import type { NodeId } from "@moldau/base";
import { unsupportedApiVersions } from "./apis/18-api-versions";
import { type Answer, type Call, type ClientInformation, CloseConnection } from "./call";
import type { Gateway } from "./gateway";
import type { RequestMetrics } from "./request-metrics";
import { servedApis } from "./served-apis";

/** What a request brings along from its connection. */
export interface Origin {
  clientHost: string;
  client: ClientInformation;
  listener: string;
  targetNode: NodeId | undefined;
  signal: AbortSignal;
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
    clientHost: origin.clientHost,
    client: origin.client,
    listener: origin.listener,
    targetNode: origin.targetNode,
    signal: origin.signal,
    traceparent: span?.traceparent ?? "",
  };
  try {
    const answered = await served.handler(call, gateway);
    metrics.answered(header.apiKey, header.apiVersion, gateway.clock.monotonicMs() - startedMs);
    span?.end();
    return answered;
  } catch (error) {
    metrics.failed(header.apiKey);
    span?.end(String(error));
    throw error;
  }
}
