import { loadConfig } from "@moldau/config";
import type { GroupRecord } from "@moldau/groups";
import { buildControlBatch, patchBatch } from "@moldau/record-batch";
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

const kind = (codec: number) => groupKind(groupConfigOf(loadConfig()), codec);

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
});
