import type { RoleContext } from "@moldau/host";
import type { Random } from "@moldau/base";
import type { Call } from "../call";
import { ClientMetrics, type ReportingClient } from "./client-metrics";
import { receiveReport } from "./receive-report";

/** Clients' reports about themselves at this gateway; undefined where nobody wants them (no moldau.otlp.endpoint). */
export function gatewayClientMetrics(context: RoleContext, random: Random): ClientMetrics | undefined {
  const { config, clock, observer, telemetry } = context;
  const receiver = telemetry.clientMetrics;
  if (receiver === undefined) return undefined;
  const maxBytes = (): number => config.number("telemetry.max.bytes");
  const clients = new ClientMetrics({
    image: () => observer.image,
    nowMs: () => clock.monotonicMs(),
    random,
    maxBytes,
    receive: (push, client) => receiveReport(receiver, { push, client, maxBytes: maxBytes() }),
  });
  const { metrics } = telemetry;
  const gauge = (name: string, help: string, read: () => number) =>
    metrics.gauge(`kafka_server_client_metrics_${name}`, help, [], () => [[[], read()]]);
  gauge("instance_count", "Clients that report about themselves", () => clients.instances);
  gauge("throttle_count", "Reports and questions that came too early", () => clients.counts.throttled);
  gauge(
    "unknown_subscription_request_count",
    "Reports by an outdated subscription",
    () => clients.counts.unknownSubscription,
  );
  gauge("plugin_export_count", "Reports that were taken", () => clients.counts.exported);
  gauge("plugin_error_count", "Reports that were no metrics", () => clients.counts.failed);
  return clients;
}

/** The client of a request, as subscriptions and the receiver of its reports know it. */
export function reportingClient(call: Call): ReportingClient {
  const { client } = call;
  return {
    attributes: {
      client_id: call.clientId ?? undefined,
      client_software_name: client.softwareName,
      client_software_version: client.softwareVersion,
      client_source_address: call.clientHost,
      client_source_port: String(client.port),
    },
    connection: client,
  };
}
