import type { Clock } from "@moldau/base";
import { batchesOf, buildBatch } from "@moldau/record-batch";
import type { StoreEvent } from "../environment";
import { defaultLogConfig, type LogConfig } from "../log-config";
import { LogStore, type LogStoreOptions } from "../log-store";
import { partsOf } from "../parts";
import type { PartitionLog } from "../partition-log";
import { MemoryDisk } from "@moldau/disk";

export const TOPIC_ID = "AAAAAAAAAAAAAAAAAAAAAQ";
export const OTHER_TOPIC_ID = "AAAAAAAAAAAAAAAAAAAAAg";

export class TestClock implements Clock {
  ms = 1_700_000_000_000;
  nowMs(): number {
    return this.ms;
  }
  monotonicMs(): number {
    return this.ms;
  }
}

export const smallSegments: LogConfig = { ...defaultLogConfig, segmentBytes: 1000, indexIntervalBytes: 150 };

export interface TestStore {
  store: LogStore;
  disk: MemoryDisk;
  clock: TestClock;
  events: StoreEvent[];
}

export async function openStore(options: Partial<LogStoreOptions> & { disk?: MemoryDisk } = {}): Promise<TestStore> {
  const disk = options.disk ?? new MemoryDisk();
  const clock = new TestClock();
  const events: StoreEvent[] = [];
  const store = await LogStore.open({
    directories: ["/data"],
    clusterId: "cluster",
    nodeId: 1,
    clock,
    configOf: () => smallSegments,
    onEvent: (event) => events.push(event),
    ...options,
    disk,
  });
  return { store, disk, clock, events };
}

export function createLog(store: LogStore, config: LogConfig = smallSegments, partition = 0): Promise<PartitionLog> {
  return store.createLog({ topic: "orders", topicId: TOPIC_ID, partition, config });
}

export interface BatchShape {
  baseOffset: number;
  records?: number;
  valueBytes?: number;
  timestamp?: number;
  epoch?: number;
}

export function batch(shape: BatchShape): Uint8Array {
  const records = Array.from({ length: shape.records ?? 1 }, (_, i) => ({
    value: Buffer.alloc(shape.valueBytes ?? 20, 65 + ((shape.baseOffset + i) % 26)),
    timestamp: (shape.timestamp ?? 1_700_000_000_000) + i,
  }));
  return buildBatch({ records, baseOffset: shape.baseOffset, partitionLeaderEpoch: shape.epoch ?? 0 });
}

/** Appends one batch at the log's end and waits for it. */
export async function appendOne(log: PartitionLog, shape: Omit<BatchShape, "baseOffset"> = {}): Promise<Uint8Array> {
  const bytes = batch({ ...shape, baseOffset: log.logEndOffset });
  await log.append(partsOf(bytes));
  return bytes;
}

/** Reads from `fetchOffset` to the end, in steps of `maxBytes`; the base offsets of the batches it got. */
export async function readAll(
  log: PartitionLog,
  fetchOffset = log.logStartOffset,
  maxBytes = 400,
): Promise<{ baseOffsets: number[]; bytes: Buffer }> {
  const baseOffsets: number[] = [];
  const all: Uint8Array[] = [];
  let at = fetchOffset;
  while (at < log.writtenOffset) {
    const read = await log.read({ fetchOffset: at, maxBytes, upToOffset: Infinity, atLeastOne: true });
    if (read.sizeBytes === 0) break;
    const bytes = Buffer.concat(read.chunks);
    for (const { header } of batchesOf(bytes)) baseOffsets.push(header.baseOffset);
    all.push(bytes);
    read.release();
    at = read.nextOffset;
  }
  return { baseOffsets, bytes: Buffer.concat(all) };
}
