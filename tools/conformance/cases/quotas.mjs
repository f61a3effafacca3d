// Clients that are given less than they would take: they neither fail nor get more.
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { assert, readLines, readRecords, runTask, until } from "../harness.mjs";

const producedPerSecond = 400_000;
const consumedPerSecond = 300_000;
/** Kafka measures over ten seconds and a bit: so much more may come at the beginning and between its samples. */
const windowSeconds = 11;
const valueBytes = 20_000;
/** Clients of this list stand for the others: what they are held by is the same. */
const held = new Set(["kafkajs", "node-rdkafka"]);

const administrator = {
  command: (task) => [
    process.execPath,
    [
      "--import",
      "tsx",
      "--conditions",
      "@moldau/source",
      fileURLToPath(new URL("../drivers/quotas.ts", import.meta.url)),
      JSON.stringify(task),
    ],
  ],
};

export function quotaCases({ client, cluster, prefix, create, run, out }) {
  if (!held.has(client.name)) return [];
  const set = (quotas) => runTask(administrator, { op: "quotas", bootstrap: cluster.bootstrap, quotas }).finished;
  return [
    [
      "quotas: a producer and a consumer are slowed down and lose nothing",
      async () => {
        const topic = await create(`${prefix}-quotas`, 1);
        await set({ producer_byte_rate: producedPerSecond, consumer_byte_rate: consumedPerSecond });
        try {
          const produced = await produceMuch({ run, topic, acked: out("quota-acked") });
          const consumed = await consume({ run, topic, file: out("quota-read"), limit: produced.records });
          return `${produced.says}; ${consumed}`;
        } finally {
          await set({ producer_byte_rate: null, consumer_byte_rate: null });
        }
      },
    ],
  ];
}

/** Writes as fast as it may until that was much more than a window holds; key and value are both as long as `prefix`. */
async function produceMuch({ run, topic, acked }) {
  const startedMs = Date.now();
  // A line holds a value; its record has it as key too.
  const bytes = () => (existsSync(acked) ? statSync(acked).size * 2 : 0);
  const task = run({ op: "produceStream", topic, out: acked, prefix: "q".repeat(valueBytes), pauseMs: 1 });
  task.finished.catch(() => undefined);
  await until(
    () => bytes() > 1.6 * producedPerSecond * windowSeconds,
    () => `${bytes()} bytes written`,
    150_000,
  );
  task.stop();
  await task.finished;
  const seconds = (Date.now() - startedMs) / 1000;
  assert(
    bytes() < producedPerSecond * (seconds + windowSeconds),
    `${bytes()} bytes in ${seconds} s are more than ${producedPerSecond} a second`,
  );
  return { records: readLines(acked).length, says: `wrote ${rate(bytes(), seconds)} of ${producedPerSecond / 1000}` };
}

async function consume({ run, topic, file, limit }) {
  const count = Math.min(limit, 200);
  const bytes = count * 2 * valueBytes;
  const startedMs = Date.now();
  await run({ op: "consume", topic, out: file, count, idleMs: 30_000 }).finished;
  const seconds = (Date.now() - startedMs) / 1000;
  const read = readRecords(file).length;
  assert(read >= count, `${read} of ${count} records were read`);
  const leastSeconds = (bytes - consumedPerSecond * windowSeconds) / consumedPerSecond;
  assert(seconds > leastSeconds * 0.9, `${bytes} bytes in ${seconds} s are more than ${consumedPerSecond} a second`);
  return `read ${rate(bytes, seconds)} of ${consumedPerSecond / 1000}`;
}

const rate = (bytes, seconds) => `${Math.round(bytes / seconds / 1000)} KB/s`;
