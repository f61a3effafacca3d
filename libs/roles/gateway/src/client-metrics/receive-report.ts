import { decompress } from "@moldau/compression";
import type { ClientMetricsReceiver } from "@moldau/telemetry";
import type { Push, ReportingClient } from "./client-metrics";

/** What a report may grow to, as a multiple of what it may be as it comes. Metrics repeat their names, so they shrink well. */
const EXPANSION_MAX = 32;

/** Decompresses a report, within bounds, and hands it on with what is known of the client. Throws where it is none. */
export function receiveReport(
  receiver: ClientMetricsReceiver,
  { push, client, maxBytes }: { push: Push; client: ReportingClient; maxBytes: number },
): void {
  const { compressionType, metrics, clientInstanceId } = push;
  const payload = compressionType === 0 ? metrics : decompress(compressionType, metrics, maxBytes * EXPANSION_MAX);
  const known = Object.entries(client.attributes).filter((entry): entry is [string, string] => entry[1] !== undefined);
  receiver.receive(payload, { client_instance_id: clientInstanceId, ...Object.fromEntries(known) });
}
