import { DynamicConfig, loadConfig } from "@moldau/config";
import type { ConnectionLimits } from "@moldau/net";
import { followConnectionLimits } from "./connection-limits";

it("follows what is set while the gateway runs, and gives host names their addresses", async () => {
  const config = new DynamicConfig(loadConfig({ overrides: new Map([["max.connections.per.ip", "7"]]) }));
  const told: ConnectionLimits[] = [];
  const stop = followConnectionLimits(config, (limits) => told.push(limits));
  expect(told[0]).toMatchObject({ maxConnections: 2_147_483_647, maxConnectionsPerIp: 7 });
  const set = (values: [string, string][]) => config.update({ own: new Map(values), clusterDefault: new Map() });
  set([
    ["max.connections", "5"],
    ["max.connections.per.ip.overrides", "10.0.0.1:3,localhost:9"],
  ]);
  while (![...told.at(-1)!.maxConnectionsOf.keys()].some((host) => host === "127.0.0.1" || host === "::1")) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(told.at(-1)).toMatchObject({ maxConnections: 5, maxConnectionsPerIp: 7 });
  expect(told.at(-1)!.maxConnectionsOf.get("10.0.0.1")).toBe(3);
  const before = told.length;
  stop();
  set([]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).toHaveLength(before);
});
