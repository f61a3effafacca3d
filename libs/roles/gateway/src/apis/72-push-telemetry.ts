/**
 * PushTelemetry, version 0: a client's report about itself, OTLP's metrics, handed on to the configured receiver.
 * KIP: 714. Source: ClientMetricsManager.
 */
import { KafkaError } from "@moldau/base";
import { readPushTelemetryRequest, writePushTelemetryResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import { reportingClient } from "../client-metrics/gateway-client-metrics";
import type { Gateway } from "../gateway";

export function pushTelemetry(call: Call, gateway: Gateway): Answer {
  const push = decode(call, readPushTelemetryRequest);
  const errorCode = gateway.clientMetrics?.push(push, reportingClient(call)) ?? KafkaError.UNSUPPORTED_VERSION;
  return answer(call, writePushTelemetryResponse, { errorCode });
}
