import { loadConfig } from "@moldau/config";
import { emptyCluster, type GroupRecord } from "@moldau/groups";
import { batchesOf, buildControlBatch, isControl, isTransactional, patchBatch } from "@moldau/record-batch";
import { groupConfigOf } from "./group-config-of";
import { groupKind } from "./group-kind";

function offset(partition: number): GroupRecord {
  const value = { offset: partition, leaderEpoch: -1, metadata: "", commitTimestampMs: 7, expireTimestampMs: -1 };
  return { kind: "offset", groupId: "g", topic: "t", partition, value };
}

function at(baseOffset: number, bytes: Uint8Array): Uint8Array {
  patchBatch(bytes, 0, { baseOffset, partitionLeaderEpoch: 0 });
  return bytes;
}

const kind = (codec: number) => groupKind(groupConfigOf(loadConfig()), codec, emptyCluster);

describe("the batches of a shard of groups", () => {
  const claim = (): Uint8Array =>
    buildControlBatch({ marker: { kind: "claim", ownerId: 1, ownerEpoch: 1 }, timestamp: 0 });
  const log = Buffer.concat([
    at(10, kind(0).build([offset(0), offset(1), offset(2)], 1)),
    at(13, claim()),
    at(14, kind(4).build([offset(3), offset(4)], 1)),
    at(16, claim()),
  ]);
  const partitions = (entries: readonly GroupRecord[]): number[] =>
    entries.map((entry) => (entry.kind === "offset" ? entry.partition : -1));

  it("hold entries, compressed or not, and claims that are passed over", () => {
    const { entries, nextOffset } = kind(0).read(log, { offset: 10, endOffset: 16 });
    expect(partitions(entries)).toEqual([0, 1, 2, 3, 4]);
    expect(nextOffset).toBe(16);
  });

  it("are read from the middle of a batch to the middle of another", () => {
    const { entries, nextOffset } = kind(0).read(log, { offset: 11, endOffset: 15 });
    expect(partitions(entries)).toEqual([1, 2, 3]);
    expect(nextOffset).toBe(15);
  });

  it("end where a batch is cut off", () => {
    const { entries, nextOffset } = kind(0).read(log.subarray(0, log.length - 100), { offset: 10, endOffset: 16 });
    expect(partitions(entries)).toEqual([0, 1, 2]);
    expect(nextOffset).toBe(14);
    expect(kind(0).read(log.subarray(0, 20), { offset: 10, endOffset: 16 })).toEqual({
      entries: [],
      nextOffset: 10,
    });
  });

  it("tell whose transaction a record is part of, and where it ends", () => {
    const transaction = { producerId: 2 ** 40, producerEpoch: 7 };
    const within = { ...(offset(5) as GroupRecord & { kind: "offset" }), transaction };
    const marker = { kind: "marker" as const, ...transaction, coordinatorEpoch: 3, commit: true };
    const batches = [[offset(0)], [within, { ...within, partition: 6 }], [marker], [{ ...marker, commit: false }]];
    let end = 0;
    const bytes = Buffer.concat(
      batches.map((entries) => {
        const batch = at(end, kind(1).build(entries, 1));
        end += entries.length;
        return batch;
      }),
    );
    expect(kind(1).read(bytes, { offset: 0, endOffset: end })).toEqual({ entries: batches.flat(), nextOffset: end });
    // A marker beyond the end, or before the beginning, belongs to another stretch.
    expect(kind(1).read(bytes, { offset: 2, endOffset: 4 }).entries).toEqual([{ ...within, partition: 6 }, marker]);

    const [, header] = [...batchesOf(bytes)].map((batch) => batch.header);
    expect(header).toMatchObject({ ...transaction, baseSequence: -1 });
    expect([isTransactional(header!.attributes), isControl(header!.attributes)]).toEqual([true, false]);
  });

  it("hold a marker alone; one that was asked for twice is one", () => {
    const marker = { kind: "marker" as const, producerId: 1, producerEpoch: 0, coordinatorEpoch: 0, commit: true };
    const twice = at(0, kind(0).build([marker, { ...marker }], 1));
    expect(kind(0).read(twice, { offset: 0, endOffset: 9 }).entries).toEqual([marker]);
    expect(() => kind(0).build([marker, offset(0)], 1)).toThrow("may not share a batch");
  });
});
