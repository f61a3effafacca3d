// Records in and out again, a group of two, a restart: what every client has to get right.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, b64, readRecords, Skip, text, until, valuesOf } from "../harness.mjs";

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

export function recordCases({ client, cluster, dir, prefix, options, create, run, produce, out }) {
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
