// npm run conformance: real clients against a cluster of each shape, started as a user starts it.
//   npm run conformance -- --shapes one,split --clients kcat,kafkajs --quick --keep
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { clients, installClients } from "./clients.mjs";
import { Cluster, shapes, writeRecords } from "./cluster.mjs";

const { values: options } = parseArgs({
  options: {
    shapes: { type: "string", default: "one,split" },
    clients: { type: "string" },
    cases: { type: "string" },
    quick: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    port: { type: "string", default: "29092" },
    "no-install": { type: "boolean", default: false },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log(`Real clients against a cluster of each shape.

  --shapes one,split   which shapes (default both)
  --clients a,b        which clients, by name (default all); an absent one is reported as SKIPPED
  --cases a,b          which cases, by the beginning of their names
  --quick              10,000 instead of 100,000 records, two codecs
  --no-install         use what is installed
  --keep               keep data and logs, and say where

Examples:
  npm run conformance
  npm run conformance -- --shapes one --clients kcat,kafkajs --quick`);
  process.exit(0);
}

const say = (line) => process.stderr.write(`${line}\n`);
const taskTimeoutMs = 180_000;
const results = []; // {client, shape, name, outcome: passed | failed | skipped, detail}
const children = new Set();

/** Runs one task of a client. Resolves with its last event; `onEvent` sees all, `stop()` asks it to end. */
function runTask(client, task, onEvent = () => undefined) {
  const [command, args] = client.command(task);
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  children.add(child);
  let last;
  let errors = "";
  child.stderr.on("data", (data) => (errors = (errors + data).slice(-2000)));
  const finished = new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(
        new Error(
          `${task.op} took longer than ${taskTimeoutMs / 1000} s; last event: ${JSON.stringify(last)} ${errors}`,
        ),
      );
    }, task.timeoutMs ?? taskTimeoutMs);
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      try {
        last = JSON.parse(line);
      } catch {
        return;
      }
      onEvent(last);
    });
    child.on("close", () => {
      clearTimeout(timer);
      children.delete(child);
      if (last?.event === "done") resolve(last);
      else if (last?.event === "skipped") resolve({ skipped: last.reason });
      else reject(new Error(`${task.op}: ${last?.error ?? errors ?? "ended without a word"}`.slice(0, 600)));
    });
  });
  return { finished, stop: () => child.kill("SIGTERM") };
}

class Skip extends Error {}

const text = (seed, bytes) => {
  let out = "";
  for (let i = 0; out.length < bytes; i++) out += createHash("sha256").update(`${seed}:${i}`).digest("base64url");
  return out.slice(0, bytes);
};
const b64 = (value) => (value === null ? null : Buffer.from(value).toString("base64"));

/** Records with keys, null keys, headers and null values, spread over partitions. */
function mixedRecords(count, partitions) {
  return Array.from({ length: count }, (_, i) => ({
    // Never both null: kafka-python refuses such a record.
    k: i % 5 === 0 && i % 7 !== 3 ? null : b64(`key-${i}`),
    v: i % 7 === 3 ? null : b64(`${i}-${text(`v${i % 17}`, 20 + (i % 200))}`),
    h:
      i % 2 === 0
        ? [
            ["trace", b64("abc")],
            ["kind", b64("test")],
          ]
        : [],
    p: i % partitions,
  }));
}

const canonical = ({ k, v, h, p }) => JSON.stringify([p, k, v, h]);
/** SHA-256 over the records of each partition, in order unless the client cannot send them in the order of the file. */
function digest(records, { unordered, choosesPartition }) {
  if (choosesPartition) records = records.map((record) => ({ ...record, p: 0, o: undefined }));
  const byPartition = new Map();
  for (const record of records) {
    if (!byPartition.has(record.p)) byPartition.set(record.p, []);
    byPartition.get(record.p).push(record);
  }
  const hash = createHash("sha256");
  for (const p of [...byPartition.keys()].sort((a, b) => a - b)) {
    const list = byPartition.get(p);
    if (list[0].o !== undefined) list.sort((a, b) => a.o - b.o);
    const lines = list.map(canonical);
    for (const line of unordered || choosesPartition ? lines.sort() : lines) hash.update(`${line}\n`);
  }
  return hash.digest("hex");
}
const readLines = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
const readRecords = (file) => readLines(file).map((line) => JSON.parse(line));
const valuesOf = (files) => files.flatMap((file) => readRecords(file).map(({ v }) => v));

function assert(condition, message) {
  if (!condition) throw new Error(message);
}

async function until(condition, what, timeoutMs = 60_000) {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The cases of one client; `context` has its folder, the cluster and helpers. */
function casesOf({ client, cluster, dir, prefix }) {
  const kafkajs = clients.find(({ name }) => name === "kafkajs");
  const create = async (topic, partitions) => {
    const maker = client.cannotCreate ? (clients.find((c) => c.ready && !c.cannotCreate) ?? kafkajs) : client;
    await runTask(maker, {
      op: "create",
      bootstrap: cluster.bootstrap,
      topic,
      partitions,
      replicationFactor: cluster.shape.replicationFactor,
    }).finished;
    return topic;
  };
  const run = (task, onEvent) => runTask(client, { bootstrap: cluster.bootstrap, ...task }, onEvent);
  const produce = async (topic, records, options = {}) => {
    const file = writeRecordsTo(`${topic}-in`, records);
    const done = await run({ op: "produce", topic, file, ...options }).finished;
    if (done.skipped) throw new Skip(done.skipped);
    assert(done.acked === records.length, `${done.acked} of ${records.length} records were acknowledged`);
  };
  const writeRecordsTo = (name, records) => {
    const file = join(dir, `${name}.ndjson`);
    writeRecords(file, records);
    return file;
  };
  const out = (name) => join(dir, `${name}.ndjson`);
  const roundTrip = async (topic, partitions, records, options) => {
    await create(topic, partitions);
    await produce(topic, records, options);
    const file = out(`${topic}-out`);
    await run({ op: "consume", topic, out: file, count: records.length, idleMs: 20_000 }).finished;
    const got = readRecords(file);
    assert(got.length === records.length, `consumed ${got.length} of ${records.length} records`);
    const [want, have] = [digest(records, client), digest(got, client)];
    assert(want === have, `SHA-256 of what went in ${want} and of what came out ${have} differ`);
    return `sha256 ${have.slice(0, 12)}`;
  };

  /** Fewer replicas, others, more again: the records stay what they were. */
  const reassign = async () => {
    const topic = await create(`${prefix}-moving`, 2);
    const records = mixedRecords(300, 2);
    await produce(topic, records);
    const plans = [
      [[1], [2, 3]],
      [
        [3, 2],
        [1, 2],
      ],
      [
        [2, 1, 3],
        [3, 1, 2],
      ],
    ];
    for (const [i, plan] of plans.entries()) {
      const file = join(dir, `${topic}-${i}.json`);
      const partitions = plan.map((replicas, partition) => ({ topic, partition, replicas }));
      writeFileSync(file, JSON.stringify({ version: 1, partitions }));
      const { completed, listed } = await run({ op: "reassign", file }).finished;
      assert(completed === 2, `${completed} of 2 partitions arrived`);
      assert(listed === "No partition reassignments found.", `afterwards --list said: ${listed}`);
    }
    const file = out(`${topic}-out`);
    await run({ op: "consume", topic, out: file, count: records.length, idleMs: 60_000 }).finished;
    const got = readRecords(file);
    assert(got.length === records.length, `consumed ${got.length} of ${records.length} records`);
    const [want, have] = [digest(records, client), digest(got, client)];
    assert(want === have, `SHA-256 of what went in ${want} and of what came out ${have} differ`);
    return "3 → 1 and 2 → 2 → 3 replicas";
  };

  const codecs = options.quick ? ["none", "lz4"] : ["none", "gzip", "snappy", "lz4", "zstd"];
  const many = options.quick ? 10_000 : 100_000;
  return [
    ...codecs.map((codec) => [
      `codec ${codec}`,
      () => roundTrip(`${prefix}-codec-${codec}`, 3, mixedRecords(300, 3), { codec }),
    ]),
    ["acks=1", () => roundTrip(`${prefix}-acks1`, 1, mixedRecords(100, 1), { acks: 1 })],
    [
      "records of 1 MB",
      () =>
        roundTrip(
          `${prefix}-large`,
          2,
          Array.from({ length: 6 }, (_, i) => ({ k: b64(`k${i}`), v: b64(text(i, 1_000_000)), h: [], p: i % 2 })),
        ),
    ],
    [
      `${many.toLocaleString("en")} records`,
      () =>
        roundTrip(
          `${prefix}-many`,
          3,
          Array.from({ length: many }, (_, i) => ({
            k: b64(`${i}`),
            v: b64(`value-${i}-${"x".repeat(80)}`),
            h: [],
            p: i % 3,
          })),
        ),
    ],
    [
      "two group members, rebalance",
      async () => {
        if (client.hidesAssignment) throw new Skip("this client does not say which partitions it was assigned");
        const topic = await create(`${prefix}-group`, 4);
        const group = `${prefix}-members`;
        const batch = (n, count) =>
          Array.from({ length: count }, (_, i) => ({ k: b64(`${n}-${i}`), v: b64(`${n}-${i}`), h: [], p: i % 4 }));
        const member = (name) => {
          const state = { file: out(`${topic}-${name}`), partitions: [] };
          state.task = run({ op: "consumeGroup", topic, group, out: state.file, idleMs: 120_000 }, (event) => {
            if (event.event === "assigned") state.partitions = event.partitions;
          });
          state.task.finished.catch(() => undefined);
          return state;
        };
        const a = member("a");
        await until(
          () => a.partitions.length === 4,
          () => `the first member to get 4 partitions; it has ${a.partitions.length}`,
        );
        await produce(topic, batch(1, 1000));
        const b = member("b");
        await until(
          () => a.partitions.length === 2 && b.partitions.length === 2,
          () => `two members with 2 partitions each; they have ${a.partitions.length} and ${b.partitions.length}`,
        );
        await produce(topic, batch(2, 1000));
        await new Promise((resolve) => setTimeout(resolve, 2000));
        b.task.stop();
        await b.task.finished;
        await until(
          () => a.partitions.length === 4,
          () => `the remaining member to get 4 partitions; it has ${a.partitions.length}`,
        );
        await produce(topic, batch(3, 1000));
        await new Promise((resolve) => setTimeout(resolve, 2500));
        a.task.stop();
        await a.task.finished;
        const seen = new Set(valuesOf([a.file, b.file]));
        assert(seen.size === 3000, `${seen.size} of 3000 records were seen by the group`);
        return "4 → 2+2 → 4 partitions";
      },
    ],
    ...(client.reassigns && cluster.shape.replicationFactor > 1 ? [["reassign partitions", reassign]] : []),
    [
      "resume: before the restart",
      async () => {
        const topic = await create(`${prefix}-resume`, 2);
        const records = Array.from({ length: 2000 }, (_, i) => ({ k: null, v: b64(`r-${i}`), h: [], p: i % 2 }));
        await produce(topic, records);
        const file = out(`${topic}-first`);
        await run({ op: "consumeGroup", topic, group: `${prefix}-resume`, out: file, count: 2000, idleMs: 20_000 })
          .finished;
        const seen = new Set(valuesOf([file]));
        assert(seen.size === 2000, `${seen.size} of 2000 records were seen before the restart`);
        await produce(
          topic,
          records.map((record, i) => ({ ...record, v: b64(`s-${i}`) })),
        );
      },
    ],
    [
      "resume: from committed offsets after a restart",
      async () => {
        const topic = `${prefix}-resume`;
        const file = out(`${topic}-second`);
        await run({ op: "consumeGroup", topic, group: `${prefix}-resume`, out: file, count: 2000, idleMs: 15_000 })
          .finished;
        const seen = valuesOf([file]).map((v) => Buffer.from(v, "base64").toString());
        const fresh = new Set(seen.filter((v) => v.startsWith("s-")));
        const again = seen.filter((v) => v.startsWith("r-")).length;
        assert(fresh.size === 2000, `${fresh.size} of 2000 records that came after the commit were seen`);
        assert(again === 0, `${again} records from before the committed offset were seen again`);
      },
      "after restart",
    ],
  ];
}

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

async function runShape(shapeName, present, base) {
  const shape = shapes[shapeName];
  const dir = join(base, shapeName);
  const cluster = new Cluster(shape, {
    dir: join(dir, "data"),
    port: Number(options.port),
    adminPort: Number(options.port) + 500,
  });
  say(`\n${shape.title}`);
  say(`  ready after ${Math.round(await cluster.start())} ms`);
  try {
    const perClient = present.map((client, i) => {
      const folder = mkdtempSync(join(tmpdir(), "moldau-conformance-"));
      return { client, folder, cases: casesOf({ client, cluster, dir: folder, prefix: `c${i}` }) };
    });
    for (const { client, cases } of perClient) {
      for (const [name, work, when] of cases)
        if (!when && wantedCase(name)) await runCase(client, shapeName, name, work);
    }
    if (wantedCase("resume")) {
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
    if (!options.keep) cluster.remove();
    else say(`  data and logs: ${cluster.dir}`);
  }
}

/** All clients write while each process of the cluster is killed in turn; every acknowledged record must be read back. */
async function killEveryRole(cluster, perClient, shapeName) {
  const writers = [];
  for (const { client, folder } of perClient) {
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

process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));
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
for (const shape of options.shapes.split(",")) {
  if (!shapes[shape]) {
    console.error(`--shapes ${shape}: one of ${Object.keys(shapes).join(", ")}`);
    process.exit(2);
  }
  await runShape(shape, present, base);
}
if (!options.keep) rmSync(base, { recursive: true, force: true });
printTable(present, absent);
process.exit(results.some((result) => result.outcome === "failed") || results.length === 0 ? 1 : 0);
