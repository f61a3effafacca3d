// What a process costs that nobody uses: a cluster of its own, so that nothing from before is counted.
import { setTimeout as delay } from "node:timers/promises";
import { ApiKey, writeApiVersionsRequest } from "@moldau/protocol";
import { WireConnection } from "../generator/connection";
import { frameOf } from "../generator/requests";
import { cpuOf, rssOf } from "../figures/meter";
import { connectionsPoint, partitionsPoint, points } from "../points";
import { untilReady } from "../systems/ready";
import type { System } from "../systems/system";
import { base, produce, produceInto } from "./produce";
import type { Bench, Outcome } from "./step";
import { benchTopic, withTopic } from "./topic";

/** The least memory that is seen while nothing happens: what is only garbage is given back meanwhile. Unit: MB. */
async function settledRssMb(system: System, forMs: number): Promise<number> {
  let least = Infinity;
  for (const until = Date.now() + forMs; Date.now() < until; await delay(200)) least = Math.min(least, rssOf(system));
  return least;
}

/** Percent of a core that it takes. */
async function idlePercent(system: System, forMs: number): Promise<number> {
  const [cpu, startedMs] = [cpuOf(system), performance.now()];
  await delay(forMs);
  return ((cpuOf(system) - cpu) / ((performance.now() - startedMs) / 1_000)) * 100;
}

async function openIdle(system: System, count: number): Promise<WireConnection[]> {
  const hello = frameOf(ApiKey.ApiVersions, 2, (writer) => writeApiVersionsRequest(writer, {}, 2));
  const connections: WireConnection[] = [];
  for (let i = 0; i < count; i++) {
    const connection = await WireConnection.open(system.bootstrap, () => undefined);
    await new Promise<void>((resolve) => connection.request(hello, () => resolve()));
    connections.push(connection);
  }
  return connections;
}

/** Memory and CPU of an idle cluster, then with idle connections, then with idle partitions. */
export async function idle(bench: Bench): Promise<Outcome[]> {
  const { idleMs, idleConnections, idlePartitions } = bench.amounts;
  const system = bench.fresh();
  const own: Bench = { ...bench, system };
  await system.prepare();
  system.launch();
  try {
    await untilReady(system);
    await delay(1_000);
    const outcomes: Outcome[] = [
      { point: points.empty, figures: { idleCorePercent: await idlePercent(system, idleMs), rssMb: rssOf(system) } },
    ];
    // Heaps and pools grow to their working size first; otherwise the connections would be charged for that.
    await withTopic(own, base.partitions, (topic) => produceInto(own, topic, base));
    await openAndClose(system, 50);
    const beforeMb = await settledRssMb(system, idleMs / 2);
    const connections = await openIdle(system, idleConnections);
    const openMb = await settledRssMb(system, idleMs / 2);
    outcomes.push({
      point: connectionsPoint(idleConnections),
      figures: {
        kbPerConnection: ((openMb - beforeMb) * 1_000) / idleConnections,
        idleCorePercent: await idlePercent(system, idleMs),
        rssMb: openMb,
      },
    });
    for (const connection of connections) connection.close();
    const closedMb = await settledRssMb(system, idleMs / 2);
    await benchTopic(own, idlePartitions);
    const heldMb = await settledRssMb(system, idleMs);
    outcomes.push({
      point: partitionsPoint(idlePartitions),
      figures: {
        kbPerPartition: ((heldMb - closedMb) * 1_000) / idlePartitions,
        idleCorePercent: await idlePercent(system, idleMs),
        rssMb: heldMb,
      },
    });
    return outcomes;
  } finally {
    await system.stop();
  }
}

/** What a producer reaches while so many connections do nothing. */
export async function produceBesideConnections(bench: Bench): Promise<Outcome> {
  const idle = await openIdle(bench.system, bench.amounts.idleConnections);
  try {
    return await produce(base)(bench);
  } finally {
    for (const connection of idle) connection.close();
  }
}

async function openAndClose(system: System, count: number): Promise<void> {
  for (const connection of await openIdle(system, count)) connection.close();
}
