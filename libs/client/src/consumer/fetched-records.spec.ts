import { buildBatch, buildControlBatch } from "@moldau/record-batch";
import { FetchedRecords } from "./fetched-records";

function batch(baseOffset: number, values: string[], producerId?: number): Uint8Array {
  return buildBatch({
    records: values.map((value) => ({ value: Buffer.from(value), timestamp: 1 })),
    baseOffset,
    ...(producerId === undefined ? {} : { producerId, producerEpoch: 0, baseSequence: 0, transactional: true }),
  });
}

function marker(kind: "abort" | "commit", producerId: number, baseOffset: number): Uint8Array {
  const end = { kind, producerId, producerEpoch: 0, coordinatorEpoch: 0 };
  return buildControlBatch({ marker: end, timestamp: 1, baseOffset });
}

function readAll(fetched: FetchedRecords): string[] {
  const values: string[] = [];
  for (let record = fetched.read(); record !== undefined; record = fetched.read()) {
    values.push(`${record.offset}=${Buffer.from(record.value!).toString()}`);
  }
  return values;
}

const at = { topic: "t", partition: 0 };

it("leaves out what comes before the offset asked for, and a batch that is cut off", () => {
  const cut = batch(3, ["x"]).subarray(0, -1);
  const bytes = Buffer.concat([batch(0, ["a", "b", "c"]), cut]);
  const fetched = new FetchedRecords({ ...at, bytes, fromOffset: 1 });
  expect(readAll(fetched)).toEqual(["1=b", "2=c"]);
  expect([fetched.position, fetched.endOffset]).toEqual([3, 3]);
});

it("passes over markers and what was aborted, and stands behind them in the end", () => {
  const bytes = Buffer.concat([
    batch(0, ["mine"], 7),
    batch(1, ["theirs"], 8),
    marker("abort", 7, 2),
    batch(3, ["mine again"], 7),
    marker("commit", 7, 4),
    marker("commit", 8, 5),
  ]);
  const committed = new FetchedRecords({ ...at, bytes, fromOffset: 0, aborted: [{ producerId: 7, firstOffset: 0 }] });
  expect(readAll(committed)).toEqual(["1=theirs", "3=mine again"]);
  expect(committed.position).toBe(6);
  expect(readAll(new FetchedRecords({ ...at, bytes, fromOffset: 0 }))).toEqual(["0=mine", "1=theirs", "3=mine again"]);
});

it("refuses a batch whose checksum is wrong, each time it is asked", () => {
  const bytes = batch(0, ["a"]);
  bytes[bytes.length - 2]! ^= 1;
  const fetched = new FetchedRecords({ ...at, bytes, fromOffset: 0 });
  expect(() => fetched.read()).toThrow("the batch at offset 0 does not match its checksum");
  expect(() => fetched.read()).toThrow("checksum");
});
