import { lookup } from "node:dns/promises";
import { isIP, SocketAddress } from "node:net";
import type { Clock } from "@moldau/base";
import type { Config } from "@moldau/config";
import type { MetadataImage } from "@moldau/metadata";
import type { Admission } from "@moldau/net";
import { ConnectionRates, type QuotaEntry } from "@moldau/quotas";
import type { Metrics } from "@moldau/telemetry";

/**
 * How fast clients may make connections to this gateway: `max.connection.creation.rate` in all, and the quotas of addresses
 * (KIP-612). With one listener for clients its rate and that of the process are one.
 */
export class ConnectionQuotas {
  private readonly rates: ConnectionRates;
  private known: ReadonlyMap<string, QuotaEntry> | undefined;
  /** Addresses of names that quotas are set for. */
  private readonly resolved = new Map<string, string>();

  constructor(
    config: Pick<Config, "number">,
    private readonly clock: Pick<Clock, "monotonicMs">,
    private readonly image: () => Pick<MetadataImage, "clientQuotas">,
  ) {
    const limit = () => config.number("max.connection.creation.rate");
    this.rates = new ConnectionRates(
      { samples: config.number("quota.window.num"), sampleMs: config.number("quota.window.size.seconds") * 1000 },
      { broker: limit, listener: limit },
    );
  }

  arrived(address: string, listener: string): Admission {
    const { clientQuotas } = this.image();
    if (clientQuotas !== this.known) this.take(clientQuotas);
    return this.rates.arrived({ address: canonical(address), listener }, this.clock.monotonicMs());
  }

  register(metrics: Metrics): void {
    const name = (rest: string) => `kafka_server_socket_server_metrics_${rest}`;
    const nowMs = () => this.clock.monotonicMs();
    metrics.gauge(name("broker_connection_accept_rate"), "New connections a second.", [], () => [
      [[], this.rates.brokerRate(nowMs())],
    ]);
    metrics.gauge(
      name("connection_accept_rate"),
      "New connections a second on a listener, and from each address that a quota is for.",
      ["listener", "ip"],
      () => [
        ...[...this.rates.listenerReadings(nowMs())].map(({ listener, rate }) => [[listener, ""], rate] as const),
        ...[...this.rates.addressRates(nowMs())].map(([ip, rate]) => [["", ip], rate] as const),
      ],
    );
    const waits = "that connections had to wait for, on average. Unit: ms.";
    metrics.gauge(name("connection_accept_throttle_time"), `The listener's rate, ${waits}`, ["listener"], () =>
      [...this.rates.listenerReadings(nowMs())].map((reading) => [[reading.listener], reading.throttleTimeMs]),
    );
    metrics.gauge(name("ip_connection_accept_throttle_time"), `An address's rate, ${waits}`, ["listener"], () =>
      [...this.rates.listenerReadings(nowMs())].map((reading) => [[reading.listener], reading.ipThrottleTimeMs]),
    );
  }

  private take(clientQuotas: ReadonlyMap<string, QuotaEntry>): void {
    this.known = clientQuotas;
    const names = [...clientQuotas.values()].flatMap(({ entity }) => entity.get("ip") ?? []);
    for (const name of names) if (isIP(name) === 0 && !this.resolved.has(name)) void this.resolve(name);
    this.rates.update(clientQuotas.values(), (ip) => (isIP(ip) === 0 ? this.resolved.get(ip) : canonical(ip)));
  }

  /** Looks a name up once, as Kafka does when the quota is set. */
  private async resolve(name: string): Promise<void> {
    try {
      const { address } = await lookup(name);
      this.resolved.set(name, canonical(address));
      this.known = undefined;
    } catch {
      // The controller knew it when the quota was set; here it is nobody until the quotas change again.
    }
  }
}

/** An address as it compares: without the prefix that IPv4 has on a socket for both kinds, IPv6 in its short form. */
function canonical(address: string): string {
  const plain = address.startsWith("::ffff:") && address.includes(".") ? address.slice("::ffff:".length) : address;
  return isIP(plain) === 6 ? new SocketAddress({ address: plain, family: "ipv6" }).address : plain;
}
