import * as fc from "fast-check";
import { TRANSACTION_INDEX_ENTRY_BYTES, TransactionIndex, type AbortedTransaction } from "./transaction-index";
import { judge, type TransactionalBatch } from "./testing/transactional";

/** Aborted transactions of a random log of a few producers. */
const aborted = fc
  .array(
    fc.record({ producerId: fc.integer({ min: 1, max: 4 }), kind: fc.constantFrom("data", "data", "commit", "abort") }),
    {
      maxLength: 60,
    },
  )
  .map((steps) => {
    const log = steps.map((step, i) => ({ ...step, baseOffset: i * 3 }) as TransactionalBatch);
    return judge(log).aborted;
  });

function indexOf(entries: readonly AbortedTransaction[]): TransactionIndex {
  const index = new TransactionIndex();
  for (const entry of entries) index.append(entry);
  return index;
}

it("has Kafka's bytes: version 0, producer id, first, last and last stable offset", () => {
  const index = indexOf([
    { producerId: 4_000_000_007, firstOffset: 258, lastOffset: 0x1_0000_0001, lastStableOffset: 300 },
    { producerId: 1, firstOffset: 2, lastOffset: 0x1_0000_0002, lastStableOffset: 0x1_0000_0003 },
  ]);
  expect(Buffer.from(index.bytes()).toString("hex")).toBe(
    ["0000", "00000000ee6b2807", "0000000000000102", "0000000100000001", "000000000000012c"].join("") +
      ["0000", "0000000000000001", "0000000000000002", "0000000100000002", "0000000100000003"].join(""),
  );
  expect(new TransactionIndex(index.bytes()).entry(0)).toEqual(index.entry(0));
});

it("gives exactly the transactions that overlap a range, and may stop early", () => {
  fc.assert(
    fc.property(aborted, fc.nat(180), fc.nat(60), (entries, from, length) => {
      const to = from + length;
      const found: AbortedTransaction[] = [];
      const isComplete = indexOf(entries).collect({ from, to }, found);
      expect(found).toEqual(entries.filter(({ firstOffset, lastOffset }) => lastOffset >= from && firstOffset < to));
      expect(isComplete).toBe(entries.some((one) => one.lastOffset >= from && one.lastStableOffset >= to));
    }),
  );
});

it("is cut to the transactions that ended below an offset, and goes on from there", () => {
  fc.assert(
    fc.property(aborted, fc.nat(200), (entries, offset) => {
      const index = indexOf(entries);
      index.truncateTo(offset);
      const kept = entries.filter(({ lastOffset }) => lastOffset < offset);
      const added = { producerId: 9, firstOffset: 1, lastOffset: Math.max(offset, 1), lastStableOffset: 1 };
      index.append(added);
      const all: AbortedTransaction[] = [];
      index.collect({ from: 0, to: Infinity }, all);
      expect(all).toEqual([...kept, added]);
    }),
  );
});

it("tells what cannot be the index of its segment", () => {
  const entries = [
    { producerId: 1, firstOffset: 5, lastOffset: 12, lastStableOffset: 10 },
    { producerId: 2, firstOffset: 10, lastOffset: 14, lastStableOffset: 15 },
  ];
  const bytes = Buffer.from(indexOf(entries).bytes());
  const defect = (content: Uint8Array, baseOffset = 10, endOffset = 20) =>
    new TransactionIndex(content).defect(content.length, { baseOffset, endOffset });
  expect(defect(bytes)).toBeUndefined();
  expect(defect(Buffer.alloc(0))).toBeUndefined();
  expect(defect(bytes.subarray(0, 40))).toMatch(/40 bytes/);
  expect(defect(bytes, 13)).toMatch(/entry 0 is of offsets 5 to 12/);
  expect(defect(bytes, 10, 14)).toMatch(/entry 1/);
  const swapped = Buffer.concat([bytes.subarray(TRANSACTION_INDEX_ENTRY_BYTES), bytes.subarray(0, 34)]);
  expect(defect(swapped)).toMatch(/entry 1 is of offsets 5 to 12/);
  expect(defect(Buffer.concat([Buffer.from([0, 1]), bytes.subarray(2)]))).toMatch(/entry 0 has version 1/);
  expect(() => indexOf([entries[1]!, entries[0]!])).toThrow(/ends at 12 follows the one that ends at 14/);
});
