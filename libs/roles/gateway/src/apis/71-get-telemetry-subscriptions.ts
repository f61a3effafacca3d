/**
 * GetTelemetrySubscriptions, version 0: what a client is to report about itself, how often, and under which id.
 * KIP: 714. Source: ClientMetricsManager.
 */
import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import { readGetTelemetrySubscriptionsRequest, writeGetTelemetrySubscriptionsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import { reportingClient } from "../client-metrics/gateway-client-metrics";
import type { Gateway } from "../gateway";

export function getTelemetrySubscriptions(call: Call, gateway: Gateway): Answer {
  const { clientInstanceId } = decode(call, readGetTelemetrySubscriptionsRequest);
  const refuse = (errorCode: KafkaErrorCode) =>
    answer(call, writeGetTelemetrySubscriptionsResponse, { errorCode, clientInstanceId });
  const told = gateway.clientMetrics?.get(clientInstanceId, reportingClient(call));
  if (told === undefined) return refuse(KafkaError.UNSUPPORTED_VERSION);
  if (told.error !== undefined) return refuse(told.error);
  return answer(call, writeGetTelemetrySubscriptionsResponse, {
    errorCode: 0,
    clientInstanceId: told.clientInstanceId,
    subscriptionId: told.subscriptionId,
    acceptedCompressionTypes: [...told.acceptedCompressionTypes],
    pushIntervalMs: told.intervalMs,
    telemetryMaxBytes: gateway.config.number("telemetry.max.bytes"),
    deltaTemporality: true,
    requestedMetrics: [...told.metrics],
  });
}
