import fc from "fast-check";
import { batchKeyOf, decodeGroupRecord, encodeGroupRecord, type GroupRecord } from "./index";

const bytes = fc.uint8Array({ maxLength: 20 });
const offsetRecord = fc.record({
  kind: fc.constant("offset" as const),
  groupId: fc.string(),
  topic: fc.string(),
  partition: fc.nat(),
  value: fc.option(
    fc.record({
      offset: fc.maxSafeNat(),
      leaderEpoch: fc.integer({ min: -1, max: 100 }),
      metadata: fc.string(),
      commitTimestampMs: fc.maxSafeNat(),
      expireTimestampMs: fc.constant(-1),
    }),
  ),
});
const groupRecord = fc.record({
  kind: fc.constant("group" as const),
  groupId: fc.string(),
  value: fc.option(
    fc.record({
      protocolType: fc.string(),
      generation: fc.nat(),
      protocol: fc.option(fc.string()),
      leader: fc.option(fc.string()),
      currentStateTimestampMs: fc.maxSafeNat(),
      members: fc.array(
        fc.record({
          memberId: fc.string(),
          groupInstanceId: fc.option(fc.string()),
          clientId: fc.string(),
          clientHost: fc.string(),
          rebalanceTimeoutMs: fc.nat(),
          sessionTimeoutMs: fc.nat(),
          subscription: bytes,
          assignment: bytes,
        }),
        { maxLength: 3 },
      ),
    }),
  ),
});

describe("the log of groups", () => {
  it("reads what it wrote", () => {
    fc.assert(
      fc.property(fc.oneof(offsetRecord, groupRecord), (record) => {
        const { key, value } = encodeGroupRecord(record);
        const read = decodeGroupRecord(key, value);
        expect(JSON.stringify(plain(read))).toBe(JSON.stringify(plain(record)));
      }),
    );
  });

  it("writes Kafka's bytes", () => {
    // As OffsetCommitKey version 1 and OffsetCommitValue version 3 are laid out.
    const { key, value } = encodeGroupRecord({
      kind: "offset",
      groupId: "g",
      topic: "t",
      partition: 2,
      value: { offset: 5, leaderEpoch: 7, metadata: "m", commitTimestampMs: 9, expireTimestampMs: -1 },
    });
    expect(hex(key)).toBe("0001 0001 67 0001 74 00000002".replaceAll(" ", ""));
    expect(hex(value as Uint8Array)).toBe(
      "0003 0000000000000005 00000007 0001 6d 0000000000000009".replaceAll(" ", ""),
    );
    // GroupMetadataKey version 2, GroupMetadataValue version 3.
    const group = encodeGroupRecord({
      kind: "group",
      groupId: "g",
      value: {
        protocolType: "",
        generation: 1,
        protocol: null,
        leader: null,
        currentStateTimestampMs: 9,
        members: [],
      },
    });
    expect(hex(group.key)).toBe("0002 0001 67".replaceAll(" ", ""));
    expect(hex(group.value as Uint8Array)).toBe(
      "0003 0000 00000001 ffff ffff 0000000000000009 00000000".replaceAll(" ", ""),
    );
  });

  it("keeps an expiry in the version that has one", () => {
    const record: GroupRecord = {
      kind: "offset",
      groupId: "g",
      topic: "t",
      partition: 0,
      value: { offset: 5, leaderEpoch: -1, metadata: "", commitTimestampMs: 9, expireTimestampMs: 12 },
    };
    const { key, value } = encodeGroupRecord(record);
    expect((value as Uint8Array)[1]).toBe(1);
    expect(decodeGroupRecord(key, value)).toEqual(record);
  });

  it("tells whose transaction an offset is part of, which the batch says", () => {
    const transaction = { producerId: 7, producerEpoch: 3 };
    const value = { offset: 5, leaderEpoch: -1, metadata: "", commitTimestampMs: 9, expireTimestampMs: -1 };
    const record = { kind: "offset" as const, groupId: "g", topic: "t", partition: 0, value, transaction };
    const { key, value: bytes } = encodeGroupRecord(record);
    expect(decodeGroupRecord(key, bytes, transaction)).toEqual(record);
    // A tombstone voids what transactions say as well, whoever wrote it.
    expect(decodeGroupRecord(key, null, transaction)).toEqual({ ...record, value: null, transaction: undefined });
  });

  it("keeps what may not share a batch apart", () => {
    const plain: GroupRecord = { kind: "group", groupId: "g", value: null };
    const offset = { kind: "offset" as const, groupId: "g", topic: "t", partition: 0, value: null };
    const marker = { kind: "marker" as const, producerId: 7, producerEpoch: 0, coordinatorEpoch: 0, commit: true };
    const keys = [
      batchKeyOf(plain),
      batchKeyOf({ ...offset, transaction: { producerId: 7, producerEpoch: 0 } }),
      batchKeyOf({ ...offset, transaction: { producerId: 7, producerEpoch: 1 } }),
      batchKeyOf({ ...offset, transaction: { producerId: 71, producerEpoch: 0 } }),
      batchKeyOf(marker),
      batchKeyOf({ ...marker, commit: false }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(batchKeyOf(offset)).toBe(batchKeyOf(plain));
  });

  it("passes over kinds of records that it does not keep", () => {
    const shareGroupMetadata = Uint8Array.from([0, 11, 0, 1, 0x67]);
    const ofALaterRelease = Uint8Array.from([0, 99, 0, 1, 0x67]);
    expect(decodeGroupRecord(shareGroupMetadata, null)).toBeUndefined();
    expect(decodeGroupRecord(ofALaterRelease, Uint8Array.from([0, 0]))).toBeUndefined();
  });
});

function plain(record: GroupRecord | undefined): unknown {
  return JSON.parse(
    JSON.stringify(record, (_key, value: unknown) => (value instanceof Uint8Array ? hex(value) : value)),
  );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
