import type { Clock } from "@moldau/base";
import type { Config } from "@moldau/config";
import { MutationQuotas } from "@moldau/quotas";
import type { Metrics } from "@moldau/telemetry";
import type { Mutations } from "./handle/controller-api";
import type { MetadataLog } from "./metadata-log";

/**
 * The quotas on changes of the cluster: counted by the active controller, for all gateways together. Who becomes active begins
 * with full buckets, as in Kafka. Source: KIP-599.
 */
export function startMutationQuotas(options: {
  config: Pick<Config, "number">;
  metadata: Pick<MetadataLog, "onChange">;
  clock: Pick<Clock, "monotonicMs">;
  metrics: Metrics;
}): Mutations {
  const { config, metadata, clock, metrics } = options;
  const quotas = new MutationQuotas({
    samples: config.number("controller.quota.window.num"),
    sampleMs: config.number("controller.quota.window.size.seconds") * 1000,
  });
  metadata.onChange((delta) => {
    if (delta.clientQuotasChanged) quotas.update(delta.after.clientQuotas.values());
  });
  const gauge = (name: string, help: string, read: (reading: { rate: number; tokens: number | undefined }) => number) =>
    metrics.gauge(`kafka_server_controllermutation_${name}`, help, ["user", "client_id"], () =>
      [...quotas.readings(clock.monotonicMs())].map((reading) => [[reading.user, reading.clientId], read(reading)]),
    );
  gauge("mutation_rate", "Partitions that a client creates and deletes a second.", ({ rate }) => rate);
  gauge(
    "tokens",
    "Partitions that a client may still change at once; negative while it has to wait.",
    ({ tokens }) => tokens ?? Infinity,
  );
  return {
    of(client, { version, strictSince }) {
      const quota = quotas.of(client, { strict: version >= strictSince, nowMs: clock.monotonicMs() });
      return {
        admit: (partitions) => quota.admits(partitions, clock.monotonicMs()),
        throttleTimeMs: () => quota.throttleTimeMs(clock.monotonicMs()),
      };
    },
  };
}
