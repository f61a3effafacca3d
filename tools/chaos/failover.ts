// How long a partition is without a leader that writes: a leader is killed, and an idempotent producer tells when the next
// write is acknowledged that it was given after the kill.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAdmin } from "@moldau/client";
import { ClientFleet } from "./client-fleet";
import type { TopicPlan } from "./clients";
import { describeTimes, type FailoverTimes } from "./distribution";
import { inSync } from "./faults";
import { judge } from "./judge";
import { delay, monotonicMs, until } from "./machine";
import type { Node } from "./nodes";
import { type Run, startCluster } from "./prepare";

const topic = "failover";
const settleMs = 2_000;
const inSyncTimeoutMs = 120_000;
const probeTimeoutMs = 60_000;
const finalReadsMs = 200_000;
/** Beside the probes the producer writes all the time, as producers do. */
const backgroundRate = 100;

/** Exit status: 0 where every kill was survived and every invariant held; how long it took is told, not judged. */
export async function failoverRun(run: Run, kills: number): Promise<number> {
  const { options, cluster, directory, say } = run;
  const topics: TopicPlan[] = [{ name: topic, partitions: options.partitions }];
  await startCluster(run, topics, {});
  const originMs = monotonicMs();
  const fleet = new ClientFleet({
    directory,
    program: join(directory, "programs", "client.cjs"),
    slot: run.slot,
    bootstrap: cluster.bootstrap,
    topics,
    originMs,
    rate: backgroundRate,
    transactions: false,
    group: "chaos",
    say,
  });
  fleet.start({ prober: 1 });
  const times: FailoverTimes[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    if (!(await inSync(run, inSyncTimeoutMs))) throw new Error("not every replica is in sync; see the logs");
    await delay(settleMs);
    const { leader, partitions } = await mostLeading(run);
    // A machine that vanishes sends nothing any more, not even the reset of its connections.
    const fromMs = monotonicMs();
    if (options.how === "vanish") run.network.block(leader.name, { from: "all", to: "all" });
    const killed = leader.kill();
    const answers = await fleet.probe(partitions, probeTimeoutMs);
    await killed;
    const took = answers.map((endMs) => endMs + originMs - fromMs).sort((a, b) => a - b);
    if (took.length < partitions.length) say(`${partitions.length - took.length} partitions did not come back`);
    times.push({
      firstMs: took[0] ?? probeTimeoutMs,
      allMs: took.length < partitions.length ? probeTimeoutMs : took.at(-1)!,
    });
    const { firstMs, allMs } = times.at(-1)!;
    const rest = partitions.length > 1 ? `, all ${partitions.length} after ${allMs.toFixed(0)} ms` : "";
    say(`${kill}/${kills} ${leader.name}: first acknowledged after ${firstMs.toFixed(0)} ms${rest}`);
    run.network.healAll();
    leader.start();
  }
  if (!(await inSync(run, inSyncTimeoutMs))) say("in the end not every replica is in sync");
  const fromMs = monotonicMs();
  const late = await fleet.stop(["prober"], 60_000);
  fleet.start({ "final-reader": 1 });
  const read = await until(() => fleet.hasFinished("final-reader"), finalReadsMs);
  fleet.killAll();
  const lines = describeTimes(options.how, options.partitions, times);
  process.stdout.write(`\n${lines.join("\n")}\n`);
  writeFileSync(join(directory, "failover.json"), JSON.stringify(times));
  const completed = read && late.length === 0;
  const status = await judge(run, fleet, `${kills} × ${options.how} of a leader`, {
    completed,
    detail: completed ? undefined : "the final reads did not complete",
    tookMs: monotonicMs() - fromMs,
  });
  return times.some(({ allMs }) => allMs >= probeTimeoutMs) ? 1 : status;
}

/** The broker that leads most partitions, and which they are. */
async function mostLeading({ cluster }: Run): Promise<{ leader: Node; partitions: number[] }> {
  const admin = createAdmin({ bootstrap: cluster.bootstrap, clientId: "chaos" });
  try {
    const [description] = await admin.describeTopics([topic]);
    const byLeader = new Map<number, number[]>();
    for (const { partition, leader } of description!.partitions) {
      const list = byLeader.get(leader);
      if (list === undefined) byLeader.set(leader, [partition]);
      else list.push(partition);
    }
    const [leaderId, partitions] = [...byLeader].sort((a, b) => b[1].length - a[1].length)[0]!;
    const leader = cluster.nodeOf(leaderId);
    if (leader === undefined) throw new Error(`${topic}-${partitions[0]} has no leader`);
    return { leader, partitions };
  } finally {
    await admin.close();
  }
}
