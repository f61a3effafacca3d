import { batchesOf, checkCrc } from "@moldau/record-batch";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreEvent } from "./environment";
import { defaultLogConfig, type LogConfig } from "./log-config";
import { LogStore } from "./log-store";
import { partsOf } from "./parts";
import { readProducerSnapshot, writeProducerSnapshot } from "./producer-snapshot";

// Written by Apache Kafka 4.0.0 (see testdata/kafka-4.0/README.md); batches.txt is what its own kafka-dump-log said.
const testdata = join(__dirname, "../testdata/kafka-4.0");
const TOPIC = readFileSync(join(testdata, "clean/golden-0/partition.metadata"), "utf8").slice(-22);
const config: LogConfig = {
  ...defaultLogConfig,
  segmentBytes: 5000,
  indexIntervalBytes: 600,
  segmentIndexBytes: 4096,
};
const clock = { nowMs: () => Date.now(), monotonicMs: () => 0 };
const dumped = readFileSync(join(testdata, "batches.txt"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(" "));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "kafka-written-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function openCopy(state: "clean" | "killed"): Promise<{ store: LogStore; events: StoreEvent[] }> {
  cpSync(join(testdata, state), directory, { recursive: true });
  const events: StoreEvent[] = [];
  const store = await LogStore.open({
    directories: [directory],
    clusterId: "4L6g3nShT-eMCtK--X86sw",
    nodeId: 7,
    clock,
    configOf: () => config,
    onEvent: (event) => events.push(event),
  });
  return { store, events };
}

it.each(["clean", "killed"] as const)("reads what a %s Kafka left, batch for batch", async (state) => {
  const { store, events } = await openCopy(state);
  const log = store.log(TOPIC, 0)!;
  expect(log).toMatchObject({ topic: "golden", logStartOffset: 0, logEndOffset: 400 });
  const seen: string[][] = [];
  await log.forEachBatch({ from: 0, to: Infinity }, ({ header, bytes }) => {
    const { baseOffset, lastOffsetDelta, recordCount, producerId, maxTimestamp, sizeBytes } = header;
    seen.push([baseOffset, baseOffset + lastOffsetDelta, recordCount, producerId, maxTimestamp, sizeBytes].map(String));
    expect(checkCrc(bytes, 0, header)).toBe(true);
  });
  expect(seen).toEqual(dumped.map((fields) => fields.slice(0, 6)));
  const recovered = events.filter((event) => event.type === "segmentRecovered");
  expect(recovered).toHaveLength(state === "clean" ? 0 : 3);
  expect(recovered.every((event) => event.truncatedBytes === 0)).toBe(true);
  expect(log.leaderEpochs.entries).toEqual([{ epoch: 0, startOffset: 0 }]);
  await store.close();
});

it("takes recovery points and high watermarks from Kafka's checkpoints after a clean stop", async () => {
  const { store } = await openCopy("clean");
  expect(store.log(TOPIC, 0)).toMatchObject({ recoveryPoint: 400, highWatermark: 400 });
  expect(store.logByName("empty.topic-x", 0)).toMatchObject({ logEndOffset: 0, logStartOffset: 0 });
  await store.close();
});

it("reads Kafka's producer snapshots and writes the same bytes", async () => {
  const { store } = await openCopy("clean");
  const snapshot = await store.log(TOPIC, 0)!.latestProducerSnapshot();
  expect(snapshot?.offset).toBe(400);
  expect(
    snapshot?.entries.map(({ producerId, lastSequence, lastOffset }) => [producerId, lastSequence, lastOffset]),
  ).toEqual([
    [2, 79, 239],
    [3, 79, 319],
    [4, 79, 399],
  ]);
  for (const name of readdirSync(join(testdata, "clean/golden-0")).filter((file) => file.endsWith(".snapshot"))) {
    const bytes = readFileSync(join(testdata, "clean/golden-0", name));
    expect(Buffer.from(writeProducerSnapshot(readProducerSnapshot(bytes)!)).equals(bytes)).toBe(true);
  }
  await store.close();
});

it("finds offsets by time as the batches have them", async () => {
  const { store } = await openCopy("clean");
  const log = store.log(TOPIC, 0)!;
  // Record n has timestamp base + 10n, 500 less where n % 7 is 3; the first 80 are not compressed.
  expect(await log.offsetForTimestamp(1_700_000_000_000)).toMatchObject({ offset: 0 });
  expect(await log.offsetForTimestamp(1_700_000_000_451)).toMatchObject({ offset: 46, timestamp: 1_700_000_000_460 });
  expect(await log.offsetForTimestamp(1_800_000_000_000)).toBeUndefined();
  await store.close();
});

it("makes the same files as Kafka from the same batches", async () => {
  const source = join(testdata, "clean/golden-0");
  const store = await LogStore.open({ directories: [directory], clusterId: "c", nodeId: 1, clock });
  const log = await store.createLog({ topic: "golden", topicId: TOPIC, partition: 0, config });
  const logs = readdirSync(source).filter((name) => name.endsWith(".log"));
  for (const name of logs.sort()) {
    const bytes = readFileSync(join(source, name));
    for (const { header, position } of batchesOf(bytes)) {
      await log.append(partsOf(bytes.subarray(position, position + header.sizeBytes)));
    }
  }
  await store.close();
  const ours = join(directory, "golden-0");
  const kafkas = readdirSync(source).filter((name) => /\.(log|index|timeindex)$/.test(name));
  expect(
    readdirSync(ours)
      .filter((name) => /\.(log|index|timeindex)$/.test(name))
      .sort(),
  ).toEqual(kafkas.sort());
  for (const name of [...kafkas, "partition.metadata"]) {
    const same = readFileSync(join(ours, name)).equals(readFileSync(join(source, name)));
    expect({ name, same }).toEqual({ name, same: true });
  }
});
