import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ProtocolError } from "@moldau/protocol";
import fc from "fast-check";
import {
  decodeTransactionRecord,
  encodeTransactionRecord,
  type TransactionRecord,
  type TransactionStatus,
  type TransactionValue,
} from "./index";

const ended: TransactionValue = {
  valueVersion: 1,
  producerId: 5,
  previousProducerId: 5,
  nextProducerId: -1,
  producerEpoch: 3,
  lastProducerEpoch: 2,
  timeoutMs: 60_000,
  status: "PrepareCommit",
  partitions: [
    { topic: "a", partitions: [0, 2] },
    { topic: "b", partitions: [1] },
  ],
  lastUpdateMs: 9,
  startMs: 8,
  clientTransactionVersion: 2,
};

const epoch = fc.integer({ min: -1, max: 32_767 });
const producerId = fc.oneof(fc.constant(-1), fc.maxSafeNat());
const statuses: TransactionStatus[] = [
  "Ongoing",
  "PrepareCommit",
  "PrepareAbort",
  "CompleteCommit",
  "CompleteAbort",
  "Empty",
];
const value = fc.record({
  valueVersion: fc.constant(1 as const),
  producerId,
  previousProducerId: producerId,
  nextProducerId: producerId,
  producerEpoch: epoch,
  lastProducerEpoch: epoch,
  timeoutMs: fc.nat(),
  status: fc.constantFrom(...statuses),
  partitions: fc
    .uniqueArray(fc.string({ minLength: 1 }), { maxLength: 3 })
    .map((topics) => topics.sort().map((topic, index) => ({ topic, partitions: [index, index + 7] }))),
  lastUpdateMs: fc.maxSafeNat(),
  startMs: fc.maxSafeNat(),
  clientTransactionVersion: fc.constantFrom(0, 2),
});

describe("the log of transactions", () => {
  it("reads what it wrote", () => {
    const record = fc.record({ transactionalId: fc.string(), value: fc.option(value) });
    fc.assert(
      fc.property(record, (record) => {
        // An id without a transaction has no partitions.
        const written = record.value?.status === "Empty" ? { ...record.value, partitions: [] } : record.value;
        expect(reread({ ...record, value: written })).toEqual({ ...record, value: written });
      }),
    );
  });

  it("writes Kafka's bytes", () => {
    // TransactionLogKey version 0, TransactionLogValue version 1: previousProducerId is tag 0, clientTransactionVersion tag 2.
    const { key, value } = encodeTransactionRecord({ transactionalId: "t", value: ended });
    expect(hex(key)).toBe(bytes("0000 0001 74"));
    const partitions = "03 02 61 03 00000000 00000002 00 02 62 02 00000001 00";
    expect(hex(value)).toBe(
      bytes(
        `0001 0000000000000005 0003 0000ea60 02 ${partitions} 0000000000000009 0000000000000008`,
        "02 00 08 0000000000000005 02 02 0002",
      ),
    );
    // Version 0 has arrays with 32-bit lengths and no tags. An empty id has null partitions.
    const idle: TransactionValue = { ...ended, valueVersion: 0, status: "Empty", partitions: [], startMs: -1 };
    expect(hex(encodeTransactionRecord({ transactionalId: "t", value: idle }).value)).toBe(
      bytes("0000 0000000000000005 0003 0000ea60 00 ffffffff 0000000000000009 ffffffffffffffff"),
    );
  });

  it("reads what Kafka wrote, and writes version 0 as Kafka does", () => {
    const bytesOf = (version: number): string => {
      const line = vectors.find((line) => line.startsWith(`TransactionLogValue v${version} sparse`));
      const body = line?.split(" ").at(-1) ?? "";
      // Kafka's vectors hold arbitrary numbers: 15 is no state. The state is the byte after id, epoch and timeout.
      return `000${version}${body.slice(0, 28)}00${body.slice(30)}`;
    };
    const key = encodeTransactionRecord({ transactionalId: "t", value: null }).key;
    const old = decodeTransactionRecord(key, unhex(bytesOf(0))) as TransactionRecord;
    expect(old.value).toMatchObject({ valueVersion: 0, status: "Empty", partitions: [], lastProducerEpoch: -1 });
    expect(hex(encodeTransactionRecord(old).value)).toBe(bytesOf(0));
    const now = decodeTransactionRecord(key, unhex(bytesOf(1))) as TransactionRecord;
    expect(now.value?.producerId).toBe(old.value?.producerId);
    expect(now.value?.timeoutMs).toBe(old.value?.timeoutMs);
    expect(now.value?.previousProducerId).not.toBe(-1);
  });

  it.each([
    ["the epoch before, once a transaction v2 ended", {}, 2],
    ["none of a producer that never ended one", { clientTransactionVersion: 0 }, -1],
    ["none of an idle one", { status: "Empty" as const, partitions: [] }, -1],
    ["the last one of an id that was exhausted", { producerId: 6, producerEpoch: 0, partitions: [] }, 32_766],
  ])("keeps the epoch of a retry beside Kafka's fields only where it is not %s", (_what, change, implied) => {
    const value: TransactionValue = { ...ended, status: "CompleteCommit", ...change, lastProducerEpoch: implied };
    const other = { ...value, lastProducerEpoch: 77 };
    const lengthOf = (value: TransactionValue): number =>
      (encodeTransactionRecord({ transactionalId: "t", value }).value as Uint8Array).length;
    // Tag 10,000 takes two bytes, its length one, the epoch two.
    expect(lengthOf(other) - lengthOf(value)).toBe(5);
    for (const each of [value, other]) expect(reread({ transactionalId: "t", value: each })?.value).toEqual(each);
  });

  it("sorts what it reads: Kafka writes topics and partitions in any order", () => {
    const partitions = [
      { topic: "b", partitions: [1, 0] },
      { topic: "a", partitions: [2] },
    ];
    expect(reread({ transactionalId: "t", value: { ...ended, partitions } })?.value?.partitions).toEqual([
      { topic: "a", partitions: [2] },
      { topic: "b", partitions: [0, 1] },
    ]);
  });

  it("refuses states that are never in a log and passes over kinds that it does not know", () => {
    const { key, value } = encodeTransactionRecord({ transactionalId: "t", value: ended });
    const broken = Uint8Array.from(value as Uint8Array);
    broken[16] = 6;
    expect(() => decodeTransactionRecord(key, broken)).toThrow(ProtocolError);
    expect(() => decodeTransactionRecord(key, broken)).toThrow("no state 6 (transactional id t)");
    expect(decodeTransactionRecord(Uint8Array.from([0, 9, 0, 1, 0x74]), null)).toBeUndefined();
  });
});

const vectors = readFileSync(
  join(__dirname, "../../protocol/testdata/kafka-clients/transaction-log.txt"),
  "utf8",
).split("\n");

function reread(record: TransactionRecord): TransactionRecord | undefined {
  const { key, value } = encodeTransactionRecord(record);
  return decodeTransactionRecord(key, value);
}

function hex(bytes: Uint8Array | null): string {
  return Buffer.from(bytes ?? []).toString("hex");
}

function unhex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "hex"));
}

function bytes(...parts: string[]): string {
  return parts.join("").replaceAll(" ", "");
}
