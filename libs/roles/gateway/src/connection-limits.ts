import type { DynamicConfig } from "@moldau/config";
import type { ConnectionLimits } from "@moldau/net";
import { lookup } from "node:dns/promises";

const TOTAL = "max.connections";
const PER_ADDRESS = "max.connections.per.ip";
const OVERRIDES = "max.connections.per.ip.overrides";

/** How many connections clients may have now; the overrides by address only. */
export function connectionLimits(config: Pick<DynamicConfig, "number" | "list">): ConnectionLimits {
  return {
    maxConnections: config.number(TOTAL),
    maxConnectionsPerIp: config.number(PER_ADDRESS),
    maxConnectionsOf: new Map(overridesOf(config)),
  };
}

/**
 * Tells `limit` how many connections clients may have, whenever that changes, and once more when the host names among the
 * overrides have addresses. Returns how to stop. Source: kafka.network.ConnectionQuotas.
 */
export function followConnectionLimits(config: DynamicConfig, limit: (limits: ConnectionLimits) => void): () => void {
  let changes = 0;
  const apply = (): void => {
    const change = ++changes;
    const limits = connectionLimits(config);
    limit(limits);
    void resolved(limits.maxConnectionsOf).then((maxConnectionsOf) => {
      if (change === changes) limit({ ...limits, maxConnectionsOf });
    });
  };
  apply();
  const stop = config.onChange([TOTAL, PER_ADDRESS, OVERRIDES], apply);
  return () => {
    changes++;
    stop();
  };
}

function overridesOf(config: Pick<DynamicConfig, "list">): [host: string, count: number][] {
  return config.list(OVERRIDES).map((item) => {
    const at = item.lastIndexOf(":");
    return [item.slice(0, at).trim(), Number(item.slice(at + 1))];
  });
}

/** With the addresses of names beside them; a name that nobody knows now means nobody. */
async function resolved(overrides: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
  const found = await Promise.all(
    [...overrides].map(async ([host, count]) => {
      const addresses = await lookup(host, { all: true }).catch(() => []);
      return addresses.map(({ address }): [string, number] => [address, count]);
    }),
  );
  return new Map([...overrides, ...found.flat()]);
}
