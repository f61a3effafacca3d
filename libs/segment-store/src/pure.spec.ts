import { selectBatches } from "./batch-range";
import {
  readCleanShutdown,
  readEpochs,
  readMetaProperties,
  readOffsets,
  readPartitionMetadata,
  writeCleanShutdown,
  writeEpochs,
  writeMetaProperties,
  writeOffsets,
  writePartitionMetadata,
} from "./checkpoint-files";
import { markedDirectory, parsePartitionDirectory, parseSegmentFileName, segmentFileName } from "./file-names";
import { LeaderEpochs } from "./leader-epochs";
import { defaultLogConfig } from "./log-config";
import { OffsetIndex } from "./offset-index";
import { readProducerSnapshot, writeProducerSnapshot } from "./producer-snapshot";
import { expiredSegments } from "./retention";
import { rollReason } from "./roll";
import { batch } from "./testing/harness";
import { TimeIndex } from "./time-index";

describe("file names", () => {
  it("are twenty digits and a suffix", () => {
    expect(segmentFileName(1234, "timeIndex")).toBe("00000000000000001234.timeindex");
    expect(parseSegmentFileName("00000000000000001234.log.deleted")).toEqual({
      baseOffset: 1234,
      kind: "log",
      temporary: "deleted",
    });
    for (const alien of [
      "leader-epoch-checkpoint",
      "1.log",
      "00000000000000001234.log.tmp",
      "99999999999999999999.log",
    ]) {
      expect(parseSegmentFileName(alien)).toBeUndefined();
    }
  });

  it("tell live directories from those that are marked", () => {
    const unique = "0123456789abcdef0123456789abcdef";
    expect(parsePartitionDirectory("a-b.c-12")).toEqual({ topic: "a-b.c", partition: 12, state: "live" });
    expect(parsePartitionDirectory(`a-b-12.${unique}-delete`)).toEqual({
      topic: "a-b",
      partition: 12,
      state: "delete",
    });
    expect(parsePartitionDirectory(`a-1.${unique}-future`)?.state).toBe("future");
    expect(parsePartitionDirectory("lost+found")).toBeUndefined();
    const long = markedDirectory("t".repeat(249), 1000, unique, "delete");
    expect(long).toHaveLength(255);
    expect(parsePartitionDirectory(long)).toMatchObject({ partition: 1000, state: "delete" });
  });
});

describe("checkpoint files", () => {
  it("hold what Kafka writes", () => {
    expect(writeEpochs([{ epoch: 3, startOffset: 17 }])).toBe("0\n1\n3 17\n");
    expect(writeOffsets([{ topic: "t", partition: 2, offset: 5 }])).toBe("0\n1\nt 2 5\n");
    expect(writePartitionMetadata("AAAAAAAAAAAAAAAAAAAAAQ")).toBe("version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ");
    expect(writeCleanShutdown(9)).toBe('{"version":0,"brokerEpoch":9}');
  });

  it("read back, and refuse what is not theirs", () => {
    expect(readEpochs("0\n2\n0 0\n4 100\n")).toEqual([
      { epoch: 0, startOffset: 0 },
      { epoch: 4, startOffset: 100 },
    ]);
    expect(readOffsets("0\n0\n")).toEqual([]);
    for (const bad of ["", "1\n0\n", "0\n2\n0 0\n", "0\n1\n0 x\n", "0\n1\n0 0 0\n", "0\n\n"]) {
      expect(readEpochs(bad)).toBeUndefined();
    }
    expect(readOffsets("0\n1\nt 0 1 2\n")).toBeUndefined();
    expect(readPartitionMetadata("version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ\n")).toBe("AAAAAAAAAAAAAAAAAAAAAQ");
    expect(readPartitionMetadata("version: 1\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ")).toBeUndefined();
    expect(readCleanShutdown("")).toBeUndefined();
    expect(readCleanShutdown('{"version":0,"brokerEpoch":-1}')).toBe(-1);
  });

  it("know whose directory it is", () => {
    const meta = { clusterId: "c:1", nodeId: 3, directoryId: "AAAAAAAAAAAAAAAAAAAAAQ" };
    expect(readMetaProperties(writeMetaProperties(meta, "today"))).toEqual(meta);
    expect(readMetaProperties("#\nnode.id=7\r\nversion=1\ncluster.id = c\\:1\n")).toEqual({
      clusterId: "c:1",
      nodeId: 7,
    });
    for (const bad of ["", "version=0\nbroker.id=1\n", "version=1\ncluster.id=c\n", "no properties here"]) {
      expect(readMetaProperties(bad)).toBeUndefined();
    }
  });
});

describe("producer snapshots", () => {
  const entry = {
    producerId: 2 ** 40 + 5,
    producerEpoch: 32767,
    lastSequence: 2 ** 31 - 1,
    lastOffset: 2 ** 45,
    offsetDelta: 4,
    timestamp: 1_700_000_000_000,
    coordinatorEpoch: -1,
    currentTxnFirstOffset: -1,
  };

  it("survive a round trip", () => {
    expect(readProducerSnapshot(writeProducerSnapshot([entry, { ...entry, producerId: 1 }]))).toHaveLength(2);
    expect(readProducerSnapshot(writeProducerSnapshot([entry]))).toEqual([entry]);
    expect(readProducerSnapshot(writeProducerSnapshot([]))).toEqual([]);
  });

  it("are refused when any byte is wrong or missing", () => {
    const good = writeProducerSnapshot([entry]);
    for (let i = 0; i < good.length; i++) {
      const bad = good.slice();
      bad[i]! ^= 1;
      expect(readProducerSnapshot(bad)).toBeUndefined();
      expect(readProducerSnapshot(good.subarray(0, i))).toBeUndefined();
    }
  });
});

describe("indexes", () => {
  it("find the last entry at or below an offset, and cut from one on", () => {
    const index = new OffsetIndex(100);
    index.append(110, 4096);
    index.append(120, 9000);
    index.append(130, 20_000);
    expect(index.lookup(109)).toEqual({ offset: 100, position: 0 });
    expect(index.lookup(110)).toEqual({ offset: 110, position: 4096 });
    expect(index.lookup(129)).toEqual({ offset: 120, position: 9000 });
    expect(index.lookup(1000).position).toBe(20_000);
    index.truncateTo(121);
    expect(index.count).toBe(2);
    index.truncateTo(120);
    expect(index.last()).toEqual({ offset: 110, position: 4096 });
    index.truncateTo(100);
    expect(index.count).toBe(0);
    expect(() => index.append(100 + 2 ** 31, 0)).toThrow("does not fit");
  });

  it("keep rising timestamps only", () => {
    const index = new TimeIndex(100);
    expect(index.maybeAppend(1000, 105)).toBe(true);
    expect(index.maybeAppend(1000, 110)).toBe(false);
    expect(index.maybeAppend(2 ** 41, 120)).toBe(true);
    expect(index.lookup(999)).toEqual({ timestamp: -1, offset: 100 });
    expect(index.lookup(1001)).toEqual({ timestamp: 1000, offset: 105 });
    expect(index.lookup(2 ** 41)).toEqual({ timestamp: 2 ** 41, offset: 120 });
    index.truncateTo(120);
    expect(index.last()).toEqual({ timestamp: 1000, offset: 105 });
  });

  it("tell when they are damaged", () => {
    const index = new OffsetIndex(0, Buffer.from("0000000500000010", "hex"));
    expect(index.defect(8, 17)).toBeUndefined();
    expect(index.defect(8, 16)).toContain("outside the log");
    expect(index.defect(9, 17)).toContain("multiple of 8");
    expect(new TimeIndex(10, Buffer.from("0000000000000005fffffffe", "hex")).defect(12)).toContain("below the base");
  });
});

describe("leader epochs", () => {
  const epochs = (): LeaderEpochs =>
    new LeaderEpochs([
      { epoch: 2, startOffset: 10 },
      { epoch: 4, startOffset: 20 },
      { epoch: 9, startOffset: 50 },
    ]);

  it.each([
    [9, 9, 80],
    [8, 4, 50],
    [4, 4, 50],
    [3, 2, 20],
    [1, 1, 10],
    [10, -1, -1],
    [-1, -1, -1],
  ])("end of %d is epoch %d at %d", (asked, epoch, endOffset) => {
    expect(epochs().endOffsetFor(asked, 80)).toEqual({ epoch, endOffset });
  });

  it("say which epoch an offset has", () => {
    expect([9, 10, 19, 20, 1000].map((offset) => epochs().epochForOffset(offset))).toEqual([undefined, 2, 2, 4, 9]);
  });

  it("drop what a new epoch contradicts", () => {
    const some = epochs();
    expect(some.assign(9, 60)).toBe(false);
    expect(some.assign(11, 50)).toBe(true);
    expect(some.entries.map(({ epoch }) => epoch)).toEqual([2, 4, 11]);
    expect(some.assign(11, 40)).toBe(true);
    expect(some.latest()).toEqual({ epoch: 11, startOffset: 40 });
  });

  it("are cut at both ends", () => {
    const some = epochs();
    expect(some.truncateFromEnd(50)).toBe(true);
    expect(some.latest()?.epoch).toBe(4);
    expect(some.truncateFromStart(15)).toBe(true);
    expect(some.entries).toEqual([
      { epoch: 2, startOffset: 15 },
      { epoch: 4, startOffset: 20 },
    ]);
    expect(some.truncateFromStart(30)).toBe(true);
    expect(some.entries).toEqual([{ epoch: 4, startOffset: 30 }]);
    expect(some.truncateFromEnd(0)).toBe(true);
    expect(some.truncateFromEnd(-1)).toBe(false);
  });
});

describe("roll", () => {
  const segment = {
    sizeBytes: 500,
    firstBatchTimestamp: 1000 as number | undefined,
    createdMs: 0,
    jitterMs: 0,
    offsetIndexFull: false,
    timeIndexFull: false,
    transactionIndexFull: false,
  };
  const candidate = { sizeBytes: 100, maxTimestamp: 1500, offsetFits: true };
  const limits = { segmentBytes: 600, segmentMs: 500 };

  it.each([
    ["fits exactly", segment, candidate, undefined],
    ["one byte too many", { ...segment, sizeBytes: 501 }, candidate, "size"],
    [
      "a batch larger than a segment, into an empty one",
      { ...segment, sizeBytes: 0 },
      { ...candidate, sizeBytes: 9999 },
      undefined,
    ],
    ["time by the batches", segment, { ...candidate, maxTimestamp: 1501 }, "time"],
    ["jitter", { ...segment, jitterMs: 1 }, candidate, "time"],
    ["time by the clock, without timestamps", { ...segment, firstBatchTimestamp: -1 }, candidate, "time"],
    ["offset index", { ...segment, offsetIndexFull: true }, candidate, "offsetIndexFull"],
    ["time index", { ...segment, timeIndexFull: true }, candidate, "timeIndexFull"],
    ["transaction index", { ...segment, transactionIndexFull: true }, candidate, "transactionIndexFull"],
    [
      "offset beyond 32 bits, even when empty",
      { ...segment, sizeBytes: 0 },
      { ...candidate, offsetFits: false },
      "offsetOverflow",
    ],
  ] as const)("%s", (_what, state, next, reason) => {
    expect(rollReason(state, next, limits, 5000)).toBe(reason);
  });
});

describe("retention", () => {
  const segments = [0, 10, 20, 30].map((baseOffset) => ({
    baseOffset,
    sizeBytes: 100,
    largestTimestamp: 1000 + baseOffset,
  }));
  const state = { segments, logStartOffset: 0, logEndOffset: 40, highWatermark: 40, nowMs: 2000 };
  const off = { deleteByPolicy: true, retentionMs: -1, retentionBytes: -1 };

  it.each([
    ["nothing without limits", state, off, 0, undefined],
    ["time, exactly at the limit stays", state, { ...off, retentionMs: 990 }, 1, "time"],
    ["time, all of them", state, { ...off, retentionMs: 1 }, 4, "time"],
    ["size keeps at least the limit", state, { ...off, retentionBytes: 250 }, 1, "size"],
    ["size, exactly", state, { ...off, retentionBytes: 200 }, 2, "size"],
    ["never above the high watermark", { ...state, highWatermark: 29 }, { ...off, retentionMs: 1 }, 2, "time"],
    [
      "log start, whatever the policy",
      { ...state, logStartOffset: 25 },
      { ...off, deleteByPolicy: false, retentionMs: 1 },
      2,
      "logStart",
    ],
    ["log start never takes the last", { ...state, logStartOffset: 40 }, off, 3, "logStart"],
  ] as const)("%s", (_what, at, limits, count, reason) => {
    expect(expiredSegments(at, limits)).toEqual({ count, reason });
  });

  it("leaves an empty active segment", () => {
    const one = [{ baseOffset: 0, sizeBytes: 0, largestTimestamp: 0 }];
    const empty = { ...state, segments: one, logEndOffset: 0 };
    expect(expiredSegments(empty, { ...off, retentionMs: 1 }).count).toBe(0);
  });
});

describe("batch selection", () => {
  const bytes = Buffer.concat([0, 3, 6].map((baseOffset) => batch({ baseOffset, records: 3 })));
  const size = bytes.length / 3;
  const everything = { fetchOffset: 0, upToOffset: 100, maxBytes: 10_000, atLeastOne: true };
  const select = (some: Partial<typeof everything>, length = bytes.length): unknown =>
    selectBatches(bytes, length, { ...everything, ...some });

  it("takes whole batches between the bounds", () => {
    expect(select({})).toMatchObject({ start: 0, end: 3 * size, nextOffset: 9, limited: false });
    expect(select({ fetchOffset: 4 })).toMatchObject({ start: size, baseOffset: 3, end: 3 * size });
    expect(select({ upToOffset: 6 })).toMatchObject({ end: 2 * size, nextOffset: 6, limited: true });
    expect(select({ upToOffset: 5 })).toMatchObject({ end: size, nextOffset: 3 });
    expect(select({ maxBytes: 2 * size })).toMatchObject({ end: 2 * size, limited: true });
    expect(select({ maxBytes: 2 * size - 1 })).toMatchObject({ end: size, limited: true });
  });

  it("gives the first batch above maxBytes only when told to", () => {
    expect(select({ maxBytes: 1 })).toMatchObject({ end: size });
    expect(select({ maxBytes: 1, atLeastOne: false })).toEqual({ kind: "none" });
    expect(select({ upToOffset: 2 })).toEqual({ kind: "none" });
  });

  it("says what it lacks", () => {
    expect(select({ fetchOffset: 3 }, size + 80)).toEqual({ kind: "more", start: size, sizeBytes: size });
    expect(select({}, size + 80)).toMatchObject({ kind: "batches", end: size });
    expect(select({ fetchOffset: 9 })).toEqual({ kind: "passed", end: 3 * size });
    expect(selectBatches(Buffer.alloc(100), 100, everything)).toEqual({ kind: "corrupt", start: 0 });
  });
});

it("starts from Kafka's defaults", () => {
  expect(defaultLogConfig).toMatchObject({ segmentBytes: 2 ** 30, retentionMs: 604_800_000, indexIntervalBytes: 4096 });
});
