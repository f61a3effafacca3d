import {
  GroupLogKey,
  MetadataRecordType,
  ProtocolError,
  groupRecords,
  readMetadataRecord,
  transactionRecords,
  writeMetadataRecord,
} from "./index";

const hex = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString("hex"));
const bytes = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("records of __consumer_offsets", () => {
  it("puts the type in front of the key and the version in front of the value", () => {
    const record = groupRecords.write(
      "OffsetCommit",
      { group: "g", topic: "t", partition: 3 },
      { offset: 5, metadata: "m", commitTimestamp: 9 },
      3,
    );
    expect(hex(record.key)).toBe("0001" + "000167" + "000174" + "00000003");
    expect(hex(record.value)).toBe("0003" + "0000000000000005" + "ffffffff" + "00016d" + "0000000000000009");
    const read = groupRecords.read(record.key, record.value);
    expect(read).toMatchObject({ type: GroupLogKey.OffsetCommit, name: "OffsetCommit", valueVersion: 3 });
    if (read?.name !== "OffsetCommit") throw new Error("not an offset commit");
    expect(read.key.partition).toBe(3);
    expect(read.value?.offset).toBe(5);
  });

  it("knows tombstones, and records of a later release", () => {
    const { key, value } = groupRecords.write("GroupMetadata", { group: "g" }, null);
    expect(value).toBeNull();
    expect(groupRecords.read(key, null)).toMatchObject({ name: "GroupMetadata", value: null, valueVersion: -1 });
    expect(groupRecords.read(bytes("7fff 01"), null)).toBeNull();
  });

  it("refuses what is cut off or too long", () => {
    const { key, value } = groupRecords.write("GroupMetadata", { group: "g" }, { protocolType: "consumer" });
    expect(() => groupRecords.read(key.subarray(0, 3), null)).toThrow(ProtocolError);
    expect(() => groupRecords.read(key, Buffer.concat([value!, Buffer.from([0])]))).toThrow("1 bytes too many");
    expect(() => groupRecords.read(key, bytes("0063"))).toThrow("GroupMetadataValue has no version 99");
  });
});

it("writes records of __transaction_state", () => {
  const { key, value } = transactionRecords.write("TransactionLog", { transactionalId: "x" }, { producerId: 4 }, 0);
  expect(hex(key)).toBe("0000" + "000178");
  expect(transactionRecords.read(key, value)).toMatchObject({ name: "TransactionLog", value: { producerId: 4 } });
});

describe("records of the metadata log", () => {
  it("frames them as KRaft does", () => {
    // Frame version 1, type 2 (TopicRecord), version 0, then name, id and no tags.
    const record = writeMetadataRecord("TopicRecord", { name: "t", topicId: "AAAAAAAAAAAAAAAAAAAAAQ" });
    expect(hex(record)).toBe("01" + "02" + "00" + "0274" + "00000000000000000000000000000001" + "00");
    expect(readMetadataRecord(record)).toEqual({
      apiKey: MetadataRecordType.TopicRecord,
      version: 0,
      name: "TopicRecord",
      value: { name: "t", topicId: "AAAAAAAAAAAAAAAAAAAAAQ" },
    });
  });

  it("has Moldau's own", () => {
    const read = readMetadataRecord(writeMetadataRecord("NodeRolesRecord", { nodeId: 101, roles: ["coordinator"] }));
    expect(read).toMatchObject({ apiKey: 20001, value: { nodeId: 101, roles: ["coordinator"] } });
    const owner = readMetadataRecord(writeMetadataRecord("ShardOwnerRecord", { partition: 3, ownerId: 101 }));
    expect(owner).toMatchObject({ apiKey: 20002, value: { partition: 3, ownerId: 101, ownerEpoch: 0 } });
  });

  it.each([
    ["02 02 00", "frame version 2"],
    ["01 ac02 00", "unknown type 300"],
    ["01 02 07", "TopicRecord has no version 7"],
    ["01 02 00 0274", "bytes wanted"],
    ["01 02 00 0274 00000000000000000000000000000001 00 ff", "1 bytes too many"],
  ])("refuses %s", (text, message) => {
    expect(() => readMetadataRecord(bytes(text))).toThrow(message);
    expect(() => readMetadataRecord(bytes(text))).toThrow(ProtocolError);
  });
});

describe("versions that cannot carry a field", () => {
  it("drops what is ignorable and refuses to lose the rest", () => {
    expect(() => writeMetadataRecord("PartitionRecord", { directories: ["AAAAAAAAAAAAAAAAAAAAAQ"] }, 0)).toThrow(
      "PartitionRecord.directories is not supported in version 0",
    );
    expect(() => writeMetadataRecord("TopicRecord", { unknownTags: [{ tag: 9, data: bytes("01") }] })).not.toThrow();
    const record = groupRecords.write("GroupMetadata", { group: "g" }, { currentStateTimestamp: 7 }, 1);
    expect(groupRecords.read(record.key, record.value)).toMatchObject({ value: { currentStateTimestamp: -1 } });
  });
});
