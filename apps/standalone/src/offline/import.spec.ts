// What an Apache Kafka 4.0.0 wrote goes on as a Moldau cluster: import, start and clients as a user runs them. The directory is
// libs/offline/testdata/kafka-4.0.0.tar.gz; the README beside it says what is in it.
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Kafka, logLevel } from "kafkajs";

const moldau = join(__dirname, "../../../cli/bin/moldau.cjs");
const archive = join(__dirname, "../../../../libs/offline/testdata/kafka-4.0.0.tar.gz");
const execute = promisify(execFile);
let dir: string;
let kafkaDir: string;
let up: ChildProcess | undefined;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "moldau-import-"));
  kafkaDir = mkdtempSync(join(tmpdir(), "moldau-import-kafka-"));
  execFileSync("tar", ["-xzf", archive, "-C", kafkaDir]);
});
afterAll(async () => {
  await stop();
  for (const path of [dir, kafkaDir]) rmSync(path, { recursive: true, force: true });
});

/** The bootstrap address. */
function start(): Promise<string> {
  const child = spawn(
    process.execPath,
    [moldau, "up", "--port", "0", "--admin-port", "0", "--data", join(dir, "data")],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  up = child;
  return new Promise((resolve, reject) => {
    let said = "";
    const look = (data: unknown) => {
      said += String(data);
      const ready = /^moldau ready: bootstrap=(\S+)/m.exec(said);
      if (ready) resolve(ready[1]!);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.on("close", () => reject(new Error(`not ready: ${said}`)));
  });
}

async function stop(): Promise<void> {
  const child = up;
  up = undefined;
  if (child === undefined) return;
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGTERM");
  await ended;
}

const run = async (...args: string[]) => (await execute(process.execPath, [moldau, ...args])).stdout;

it("goes on where Kafka was", async () => {
  const said = await run("import", "--kafka-data", kafkaDir, "--data-dir", join(dir, "data"), "--copy");
  expect(said).toContain("12 topics, 25 partitions");
  const bootstrap = await start();
  const ask = async (...args: string[]) => await run(...args, "--bootstrap", bootstrap);
  const records = async (topic: string, ...args: string[]) =>
    (await ask("consume", topic, "-e", "-f", "%p %o %k|%s\\n", ...args)).trimEnd().split("\n").sort();

  for (const codec of ["none", "gzip", "snappy", "lz4", "zstd"]) {
    const expected = Array.from({ length: 40 }, (_, i) => {
      const key = i % 5 === 0 ? "" : `key-${i}`;
      const value = i % 7 === 3 ? "" : `${codec} value number ${i} ${"x".repeat(i)}`;
      return `${i % 2} ${Math.floor(i / 2)} ${key}|${value}`;
    });
    expect(await records(`codec-${codec}`)).toEqual(expected.sort());
  }
  const compacted = await records("compacted");
  expect(compacted).toHaveLength(15);
  expect(compacted).toContain("0 59 k3|compacted value 59");
  const trimmed = await records("trimmed");
  expect([trimmed.length, trimmed[0]]).toEqual([27, `0 33 a33|trimmed 33${"y".repeat(20)}`]);
  expect(await records("txn")).toHaveLength(33);
  const committed = await records("txn", "--isolation", "read_committed");
  expect(committed).toHaveLength(20);
  expect(committed.filter((line) => /aborted|open/.test(line))).toEqual([]);

  const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING, retry: { retries: 30 } });
  const admin = kafka.admin();
  await admin.connect();
  const offsetsOf = async (groupId: string, topic: string) => {
    const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
    return found!.partitions
      .map(({ partition, offset, metadata }) => `${partition}: ${offset} ${metadata ?? ""}`)
      .sort();
  };
  expect(await offsetsOf("classic-group", "codec-lz4")).toEqual(["0: 20 ", "1: 20 "]);
  expect(await offsetsOf("modern-group", "codec-zstd")).toEqual(["0: 20 ", "1: 20 "]);
  expect(await offsetsOf("simple-group", "codec-none")).toEqual(["0: 11 eleven", "1: 3 "]);
  expect(await offsetsOf("txn-group", "codec-gzip")).toContain("0: 7 by transaction");

  const configs = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: 2, name: "compacted", configNames: ["cleanup.policy", "segment.bytes"] }],
  });
  expect(configs.resources[0]!.configEntries.map(({ configValue }) => configValue).sort()).toEqual(["1200", "compact"]);
  await admin.disconnect();

  // Its producer of before left a transaction open: it is aborted, and the id goes on with a higher epoch.
  const producer = kafka.producer({ transactionalId: "open-tx", maxInFlightRequests: 1, idempotent: true });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic: "txn", messages: [{ partition: 0, key: "after", value: "the import" }] });
  await transaction.commit();
  await producer.disconnect();
  const [described] = JSON.parse(await ask("txn", "describe", "open-tx", "--output", "json")) as {
    state: string;
    producerEpoch: number;
    producerId: number;
  }[];
  expect(described).toMatchObject({ state: "CompleteCommit", producerId: 8 });
  expect(described!.producerEpoch).toBeGreaterThan(0);

  const plain = kafka.producer();
  await plain.connect();
  const [sent] = await plain.send({ topic: "codec-zstd", messages: [{ partition: 0, value: "one more" }] });
  expect(sent!.baseOffset).toBe("20");
  await plain.disconnect();

  await stop();
  const again = await start();
  const after = await run("consume", "txn", "-e", "--isolation", "read_committed", "-f", "%s\\n", "--bootstrap", again);
  const values = after.trimEnd().split("\n");
  expect(values).toHaveLength(21);
  expect(values).toContain("the import");
}, 300_000);
