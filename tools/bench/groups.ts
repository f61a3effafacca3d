// npm run bench -- groups: what many groups cost a coordinator process, and how fast another one takes over. Prints;
// asserts nothing but that no committed offset is lost.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Cluster } from "../conformance/cluster.mjs";
import { measureHeartbeats } from "./heartbeats";
import { topOfProfile } from "./profile-summary";
import { measureTakeover } from "./takeover";

const { values: options } = parseArgs({
  options: {
    groups: { type: "string", default: "1000" },
    members: { type: "string", default: "5000" },
    "heartbeat-ms": { type: "string", default: "3000" },
    seconds: { type: "string", default: "30" },
    offsets: { type: "string", default: "100000" },
    partitions: { type: "string", default: "1000" },
    brokers: { type: "string", default: "1" },
    rounds: { type: "string", default: "3" },
    only: { type: "string" },
    "cpu-prof": { type: "string" },
    keep: { type: "boolean", default: false },
    port: { type: "string", default: "39092" },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log(`Measures groups on this machine.

  --only heartbeats|takeover   one of the two
  --groups N --members N       groups, and members in all (default 1000, 5000), on one coordinator process
  --heartbeat-ms N             each member's heartbeat (default 3000)
  --seconds N                  how long heartbeats are measured (default 30)
  --offsets N                  committed offsets of the coordinator that is killed (default 100000)
  --partitions N               of which each group has as many (default 1000)
  --brokers N                  of the takeover's cluster; replicas of its topics, at most 3 (default 1)
  --rounds N                   takeovers (default 3)
  --cpu-prof DIR               profile the coordinator under heartbeats, print where its time goes
  --keep                       keep data and logs, and say where

Examples:
  npm run bench -- groups
  npm run bench -- groups --only heartbeats --seconds 60 --cpu-prof /tmp/profile`);
  process.exit(0);
}

const fixed = (value: number, digits = 0) => value.toFixed(digits);

async function withCluster<T>(args: string[], replicationFactor: number, work: (cluster: Cluster) => Promise<T>) {
  const base = mkdtempSync(join(tmpdir(), "moldau-bench-"));
  const title = `split: ${args.join(" ")}`;
  const cluster = new Cluster(
    { title, args: ["--split", "--gateways", "1", ...args], replicationFactor },
    {
      dir: join(base, "data"),
      port: Number(options.port),
      adminPort: Number(options.port) + 500,
      options: ["-o", `offsets.topic.replication.factor=${replicationFactor}`],
    },
  );
  try {
    await cluster.start();
    return await work(cluster);
  } finally {
    await cluster.stop().catch((error: unknown) => console.error(String(error)));
    if (options.keep) console.log(`data and logs: ${base}`);
    else rmSync(base, { recursive: true, force: true });
  }
}

async function heartbeats(): Promise<void> {
  const profileDirectory = options["cpu-prof"] === undefined ? undefined : resolve(options["cpu-prof"]);
  if (profileDirectory !== undefined) {
    mkdirSync(profileDirectory, { recursive: true });
    process.env.CPU_PROFILE_DIR = profileDirectory;
    process.env.NODE_OPTIONS = `--require ${join(__dirname, "cpu-profile.cjs")}`;
  }
  const groups = Number(options.groups);
  const members = Number(options.members);
  const everyMs = Number(options["heartbeat-ms"]);
  const plan = { groups, members, everyMs, seconds: Number(options.seconds), profileDirectory };
  const result = await withCluster(["--brokers", "1", "--coordinators", "1"], 1, (cluster) =>
    measureHeartbeats(cluster, plan),
  );
  console.log(
    `\n${groups} groups, ${members} members, one coordinator, a heartbeat every ${everyMs} ms each; ` +
      `load average ${fixed(loadavg()[0]!, 1)}`,
  );
  console.log(
    `all joined after ${fixed(result.joinedMs / 1000, 1)} s; RSS of the coordinator ${fixed(result.rssMb)} MB`,
  );
  console.log(
    `heartbeats/s ${fixed(result.perSecond)}  p50 ${fixed(result.p50Ms, 2)} ms  p99 ${fixed(result.p99Ms, 2)} ms  ` +
      `max ${fixed(result.maxMs, 1)} ms  (the generator itself late at p99 by ${fixed(result.generatorP99Ms, 1)} ms)`,
  );
  console.log(
    `answered with an error: ${[...result.errors].map(([code, n]) => `${n} × ${code}`).join(", ") || "none"}`,
  );
  for (const [role, cores] of result.cores) console.log(`${role.padEnd(18)} ${fixed(cores, 2)} cores`);
  if (result.profile !== undefined) {
    console.log("\nwhere the coordinator's busy time goes (self time)");
    for (const line of topOfProfile(result.profile, 30)) console.log(line);
  }
}

async function takeover(): Promise<void> {
  const brokers = Number(options.brokers);
  const plan = {
    offsets: Number(options.offsets),
    partitions: Number(options.partitions),
    replicationFactor: Math.min(3, brokers),
  };
  console.log(
    `\na coordinator with ${plan.offsets} committed offsets is killed; ${brokers} brokers, the other coordinator takes over; ` +
      `load average ${fixed(loadavg()[0]!, 1)}`,
  );
  console.log("round  groups  first ms  median ms  last ms");
  for (let round = 1; round <= Number(options.rounds); round++) {
    const { groups, readMs } = await withCluster(
      ["--brokers", String(brokers), "--coordinators", "2"],
      plan.replicationFactor,
      (cluster) => measureTakeover(cluster, plan),
    );
    const cell = (ms: number, width: number) => fixed(ms).padStart(width);
    console.log(
      `${String(round).padStart(5)}  ${String(groups).padStart(6)}  ${cell(readMs[0]!, 8)}  ` +
        `${cell(readMs[Math.floor(readMs.length / 2)]!, 9)}  ${cell(readMs.at(-1)!, 7)}`,
    );
  }
}

async function main(): Promise<void> {
  if (options.only !== "takeover") await heartbeats();
  if (options.only !== "heartbeats") await takeover();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
