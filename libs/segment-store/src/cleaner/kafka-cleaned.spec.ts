import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MemoryDisk } from "@moldau/disk";
import { batchesOf, compressionCodec, isControl, type BatchHeader } from "@moldau/record-batch";
import { defaultLogConfig } from "../log-config";
import { codecs, unhurried } from "../testing/compacting";
import { openStore } from "../testing/harness";
import type { ProducerLastRecord } from "./batch-filter";

/** Logs of Moldau, and what Apache Kafka's Cleaner made of them; see README.md there. */
const GOLDEN = join(__dirname, "../../testdata/kafka-4.0-cleaned");

interface Rounds {
  memoryBytes: number;
  deleteRetentionMs: number;
  segmentBytes: number;
  rounds: { nowMs: number; endOffset: number; cleanOffset: number }[];
}

const PARTITION = "golden-0";
const logNames = (names: readonly string[]): string[] => names.filter((name) => name.endsWith(".log")).sort();

/** Everything of a log but how well its codec packs. */
function described(bytes: Uint8Array): unknown[] {
  return [...batchesOf(bytes)].map(({ header, position }) => {
    const { batchLength, crc, sizeBytes, ...facts } = header;
    const body = bytes.subarray(position + 61, position + sizeBytes);
    const codec = header.recordCount === 0 ? 0 : compressionCodec(header.attributes);
    const inside = Buffer.from(codecs.decompress(codec, body, 1e6)).toString("hex");
    return codec === 0 ? { ...facts, batchLength, crc, inside } : { ...facts, inside };
  });
}

/** What a broker knows of its producers when it has read the log. */
function producersOf(headers: readonly BatchHeader[]): ProducerLastRecord[] {
  const known = new Map<number, ProducerLastRecord>();
  for (const { producerId, producerEpoch, attributes, baseOffset, lastOffsetDelta } of headers) {
    if (producerId < 0) continue;
    const before = known.get(producerId);
    const kept = before?.producerEpoch === producerEpoch ? before.lastOffset : -1;
    const lastOffset = isControl(attributes) ? kept : baseOffset + lastOffsetDelta;
    known.set(producerId, { producerId, producerEpoch, lastOffset });
  }
  return [...known.values()];
}

it.each(readdirSync(GOLDEN).filter((name) => /^\d+$/.test(name)))("log %s: what Kafka keeps is kept", async (name) => {
  const golden = JSON.parse(readFileSync(join(GOLDEN, name, "rounds.json"), "utf8")) as Rounds;
  const before = join(GOLDEN, name, "before");
  const disk = new MemoryDisk();
  disk.latency = () => Promise.resolve();
  await disk.makeDirectory("/data");
  const file = async (path: string, bytes: Uint8Array): Promise<void> => {
    await disk.close(await disk.open(path, { create: true }));
    disk.setContent(path, bytes);
  };
  const meta = "cluster.id=cluster\ndirectory.id=AAAAAAAAAAAAAAAAAAAAAQ\nnode.id=1\nversion=1\n";
  await file("/data/meta.properties", Buffer.from(meta));
  await disk.makeDirectory(`/data/${PARTITION}`);
  const headers: BatchHeader[] = [];
  for (const one of readdirSync(before).sort()) {
    const bytes = readFileSync(join(before, one));
    await file(`/data/${PARTITION}/${one}`, bytes);
    if (one.endsWith(".log")) for (const { header } of batchesOf(bytes)) headers.push(header);
  }
  const { segmentBytes, deleteRetentionMs } = golden;
  const config = { ...defaultLogConfig, segmentBytes, deleteRetentionMs, compact: true };
  const { store } = await openStore({ disk, configOf: () => config, ...codecs });
  const log = store.logByName("golden", 0)!;
  const producers = producersOf(headers);
  for (const { nowMs, endOffset, cleanOffset } of golden.rounds) {
    const stats = await log.clean({
      firstDirtyOffset: log.cleanOffset ?? 0,
      endOffset,
      nowMs,
      memoryBytes: golden.memoryBytes,
      loadFactor: 0.9,
      chunkBytes: 4_096,
      producers: () => producers,
      pace: unhurried,
    });
    expect(stats.endOffset).toBe(cleanOffset);
  }
  const after = join(GOLDEN, name, "after");
  const found = (await disk.list(`/data/${PARTITION}`)).map((entry) => entry.name);
  expect(logNames(found)).toEqual(logNames(readdirSync(after)));
  for (const one of logNames(found)) {
    const ours = described(disk.contentOf(`/data/${PARTITION}/${one}`));
    expect({ one, batches: ours }).toEqual({ one, batches: described(readFileSync(join(after, one))) });
  }
  // The active segment's is not a file yet.
  for (const one of readdirSync(after).filter((each) => each.endsWith(".txnindex"))) {
    expect(disk.contentOf(`/data/${PARTITION}/${one}`)).toEqual(readFileSync(join(after, one)));
  }
  expect(found.filter((one) => one.endsWith(".txnindex")).sort()).toEqual(
    readdirSync(after)
      .filter((one) => one.endsWith(".txnindex"))
      .sort(),
  );
  await store.close();
});
