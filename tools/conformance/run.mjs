// npm run conformance: real clients against a cluster of each shape, started as a user starts it.
//   npm run conformance -- --shapes one,split --clients kcat,kafkajs --quick --keep
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { contextOf } from "./cases/context.mjs";
import { dumpLogCase } from "./cases/dump-log.mjs";
import { lagCases } from "./cases/lag.mjs";
import { quotaCases } from "./cases/quotas.mjs";
import { recordCases } from "./cases/records.mjs";
import { rollingGroupCases } from "./cases/rolling-groups.mjs";
import { telemetryCases } from "./cases/telemetry.mjs";
import { transactionCases } from "./cases/transactions.mjs";
import { oldVersionCases } from "./cases/old-versions.mjs";
import { clients, installClients } from "./clients.mjs";
import { Cluster, RunningCluster, shapes } from "./cluster.mjs";
import { Collector } from "./collector.mjs";
import { compareWithGoldens, comparisons } from "./tools/compare.mjs";
import { playKafkaTools } from "./tools/run.mjs";
import { printToolTable } from "./tools/table.mjs";
import { playTwins } from "./tools/twins.mjs";
import { assert, readLines, runTask, Skip, valuesOf } from "./harness.mjs";

/** All cases of a client: [name, what to do, "after restart" where the cluster has to be restarted before]. */
const casesOf = (context) => [
  ...(context.client.onlyOwnCases ? [] : recordCases(context)),
  ...(isLeftOut(context, briefGroups) ? [] : rollingGroupCases(context)),
  ...lagCases(context),
  ...oldVersionCases(context),
  ...(isLeftOut(context, briefQuotas) ? [] : quotaCases(context)),
  ...telemetryCases(context),
  ...(isLeftOut(context, briefTransactions) ? [] : transactionCases(context)),
];

/** Whether long cases are left to a run without `--brief`: everywhere but for some clients against one process. */
const isLeftOut = ({ client, cluster, options }, these) =>
  options.brief && (cluster.shape.args.includes("--split") || !these.has(client.name));
const briefGroups = new Set(["confluent-kafka (Python)", "node-rdkafka", "kafkajs"]);
/** librdkafka stands still now and then where its coordinator's process is killed (its issues 5511, 5456). */
const briefTransactions = new Set(["kafkajs"]);
const briefQuotas = new Set(["kafkajs"]);

const { values: options } = parseArgs({
  options: {
    shapes: { type: "string", default: "one,split" },
    clients: { type: "string" },
    cases: { type: "string" },
    quick: { type: "boolean", default: false },
    brief: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    port: { type: "string", default: "29092" },
    bootstrap: { type: "string" },
    "no-install": { type: "boolean", default: false },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log(`Real clients against a cluster of each shape.

  --shapes one,split   which shapes (default both)
  --clients a,b        which clients, by name (default all); an absent one is reported as SKIPPED
  --cases a,b          which cases, by the beginning of their names; "tools" are the sub-commands of Kafka's own tools,
                       "twins" those of the tools that moldau has for people without a JDK
  --quick              10,000 instead of 100,000 records, two codecs
  --brief              groups of six and transactions shortened, by few clients against one process
  --no-install         use what is installed
  --bootstrap H:P      against a cluster that runs already, e.g. Apache Kafka's; what would restart or kill it is skipped
  --keep               keep data and logs, and say where

Examples:
  npm run conformance
  npm run conformance -- --shapes one --clients kcat,kafkajs --quick
  npm run conformance -- --bootstrap 127.0.0.1:9092 --cases rolling --clients kafkajs`);
  process.exit(0);
}

const say = (line) => process.stderr.write(`${line}\n`);
const results = []; // {client, shape, name, outcome: passed | failed | skipped, detail}

async function runCase(client, shape, name, work) {
  const started = Date.now();
  try {
    const detail = (await work()) ?? "";
    results.push({ client: client.name, shape, name, outcome: "passed", detail });
    say(`  ok      ${client.name}: ${name} (${((Date.now() - started) / 1000).toFixed(1)} s) ${detail}`);
  } catch (error) {
    const outcome = error instanceof Skip ? "skipped" : "failed";
    results.push({ client: client.name, shape, name, outcome, detail: error.message });
    say(`  ${outcome === "skipped" ? "SKIPPED" : "FAILED "} ${client.name}: ${name}: ${error.message}`);
  }
}

const wantedCase = (name) => !options.cases || options.cases.split(",").some((start) => name.startsWith(start));

/** Where reports of clients about themselves arrive; a cluster that somebody else started sends them elsewhere. */
const collector = options.bootstrap ? undefined : new Collector(Number(options.port) + 501);

const clusterOf = (shapeName, base) =>
  options.bootstrap
    ? new RunningCluster(options.bootstrap)
    : new Cluster(shapes[shapeName], {
        dir: join(base, shapeName, "data"),
        port: Number(options.port),
        adminPort: Number(options.port) + 500,
        options: ["-o", `moldau.otlp.endpoint=${collector.endpoint}`],
      });

async function runShape(shapeName, present, base) {
  const cluster = clusterOf(shapeName, base);
  say(`\n${cluster.shape.title}`);
  say(`  ready after ${Math.round(await cluster.start())} ms`);
  try {
    const perClient = present.map((client, i) => {
      const folder = mkdtempSync(join(tmpdir(), "moldau-conformance-"));
      return {
        client,
        folder,
        cases: casesOf(contextOf({ client, cluster, collector, dir: folder, prefix: `c${i}`, options, say })),
      };
    });
    for (const { client, cases } of perClient) {
      for (const [name, work, when] of cases)
        if (!when && wantedCase(name)) await runCase(client, shapeName, name, work);
    }
    if (wantedCase("resume") && !options.bootstrap) {
      say(
        `  restarting the cluster: stopped in ${Math.round(await cluster.stop())} ms, ready after ${Math.round(await cluster.start())} ms`,
      );
      for (const { client, cases } of perClient) {
        for (const [name, work, when] of cases)
          if (when && wantedCase(name)) await runCase(client, shapeName, name, work);
      }
    }
    if (shapeName === "split" && wantedCase("kill")) await killEveryRole(cluster, perClient, shapeName);
    for (const { folder } of perClient) if (!options.keep) rmSync(folder, { recursive: true, force: true });
  } finally {
    await cluster.stop().then(
      (ms) => say(`  stopped in ${Math.round(ms)} ms`),
      (error) => {
        results.push({
          client: "cluster",
          shape: shapeName,
          name: "clean stop",
          outcome: "failed",
          detail: error.message,
        });
        say(`  FAILED  ${error.message}`);
      },
    );
    if (!options.bootstrap && wantedCase("dump-log")) {
      await runCase({ name: "kafka-dump-log" }, shapeName, "dump-log: what is on the disk", () =>
        Promise.resolve(dumpLogCase({ dataDir: cluster.dir })),
      );
    }
    if (!options.keep) cluster.remove();
    else say(`  data and logs: ${cluster.dir}`);
  }
}

/** All clients write while each process of the cluster is killed in turn; every acknowledged record must be read back. */
async function killEveryRole(cluster, perClient, shapeName) {
  const writers = [];
  for (const { client, folder } of perClient.filter(({ client }) => !client.onlyOwnCases)) {
    const topic = `kill-${writers.length}`;
    const maker = client.cannotCreate ? (clients.find((c) => c.ready && !c.cannotCreate) ?? client) : client;
    await runTask(maker, {
      op: "create",
      bootstrap: cluster.bootstrap,
      topic,
      partitions: 3,
      replicationFactor: cluster.shape.replicationFactor,
    }).finished;
    const acked = join(folder, "acked");
    const task = runTask(client, {
      op: "produceStream",
      bootstrap: cluster.bootstrap,
      topic,
      out: acked,
      prefix: `w${writers.length}`,
      timeoutMs: 600_000,
    });
    task.finished.catch(() => undefined);
    writers.push({ client, folder, topic, acked, task });
  }
  await new Promise((resolve) => setTimeout(resolve, 4000));
  let broken;
  for (const role of cluster.roles()) {
    say(`  kill -9 ${role}`);
    try {
      await cluster.kill(role);
    } catch (error) {
      broken = error;
      say(`  ${error.message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
  for (const { task } of writers) task.stop();
  for (const { client, folder, topic, acked, task } of writers) {
    await runCase(client, shapeName, "kill -9 of every role in turn", async () => {
      await task.finished;
      if (broken) throw broken;
      const wanted = new Set(readLines(acked));
      assert(wanted.size > 0, "not one record was acknowledged");
      const file = join(folder, "kill-out.ndjson");
      await runTask(client, { op: "consume", bootstrap: cluster.bootstrap, topic, out: file, idleMs: 6000 }).finished;
      const seen = valuesOf([file]).map((v) => Buffer.from(v, "base64").toString());
      const have = new Set(seen);
      const lost = [...wanted].filter((value) => !have.has(value));
      assert(
        lost.length === 0,
        `${lost.length} of ${wanted.size} acknowledged records were lost, e.g. ${lost.slice(0, 3).join(", ")}`,
      );
      return `${wanted.size} acknowledged, 0 lost, ${seen.length - have.size} twice`;
    });
  }
}

function printTable(present, absent) {
  const rows = [["client", "version", ...options.shapes.split(","), "passed", "failed", "skipped"]];
  const count = (list, outcome) => list.filter((result) => result.outcome === outcome).length;
  for (const client of present) {
    const own = results.filter((result) => result.client === client.name);
    const perShape = options.shapes.split(",").map((shape) => {
      const list = own.filter((result) => result.shape === shape);
      return `${count(list, "passed")}/${list.length}`;
    });
    rows.push([
      client.name,
      client.version,
      ...perShape,
      ...["passed", "failed", "skipped"].map((o) => String(count(own, o))),
    ]);
  }
  for (const { client, reason } of absent)
    rows.push([client.name, `SKIPPED: ${reason}`, ...options.shapes.split(",").map(() => "-"), "-", "-", "-"]);
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  console.log("");
  rows.forEach((row, i) => {
    console.log(
      row
        .map((cell, j) => cell.padEnd(widths[j]))
        .join("  ")
        .trimEnd(),
    );
    if (i === 0) console.log(widths.map((width) => "-".repeat(width)).join("  "));
  });
  for (const { client, shape, name, outcome, detail } of results) {
    if (outcome !== "passed") console.log(`${outcome.toUpperCase()} ${client}, ${shape}, ${name}: ${detail}`);
  }
  console.log("");
  console.log(
    `${count(results, "passed")} passed, ${count(results, "failed")} failed, ${count(results, "skipped") + absent.length} skipped`,
  );
}

if (!options["no-install"]) installClients(say);
const wantedClients = options.clients?.split(",");
const present = [];
const absent = [];
for (const client of clients) {
  const found = client.detect();
  Object.assign(client, found.skipped ? {} : { version: found.version, ready: true });
  if (wantedClients && !wantedClients.includes(client.name)) continue;
  if (found.skipped) absent.push({ client, reason: found.skipped });
  else present.push(client);
}
const base = mkdtempSync(join(tmpdir(), "moldau-cluster-"));
if (options.bootstrap) options.shapes = "running";
for (const shape of options.shapes.split(",")) {
  if (!shapes[shape] && !options.bootstrap) {
    console.error(`--shapes ${shape}: one of ${Object.keys(shapes).join(", ")}`);
    process.exit(2);
  }
  await runShape(shape, present, base);
}
if (!options.keep) rmSync(base, { recursive: true, force: true });
printTable(present, absent);

/** Every sub-command of Kafka's tools, by their twins and by themselves, and what Apache Kafka's broker made Kafka's print. */
const sameTools = (compared) => (printToolTable(compared) ? "passed" : "failed");
const playTools = async (name, play) => {
  // Who names the case wants it whatever clients there are.
  if (wantedClients && !options.cases && !wantedClients.includes(name)) return;
  say(`\n${name}, three brokers in one process`);
  console.log(`\n${name}`);
  const { missing, outcome } = await play();
  if (missing) console.log(`SKIPPED ${name}: ${missing}`);
  results.push({ client: name, shape: "one", name: "tools", outcome: missing ? "skipped" : outcome, detail: missing });
};
if (wantedCase("twins")) {
  await playTools("the twins of Kafka's command-line tools", async () => ({
    outcome: sameTools(await playTwins({ port: Number(options.port) + 100 })),
  }));
}
if (wantedCase("tools")) {
  await playTools("kafka's command-line tools", async () => {
    const played = await playKafkaTools({ against: "moldau", port: Number(options.port) + 100, say: () => undefined });
    return played.missing ? played : { outcome: sameTools(compareWithGoldens(played.results, comparisons.kafka)) };
  });
}
process.exit(results.some((result) => result.outcome === "failed") || results.length === 0 ? 1 : 0);
