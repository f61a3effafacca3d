import { javaHashCode, shardOf } from "./java-hash";

it.each([
  ["", 0],
  ["a", 97],
  ["hello", 99162322],
  ["payments", 1382682413],
  ["open-tx", -1263242009],
  ["my-group", -1906497762],
  ["ě", 283],
])("hashes %j as java.lang.String does", (text, hash) => expect(javaHashCode(text)).toBe(hash));

// Where Apache Kafka 4.0.0 wrote their records: 4 partitions of __consumer_offsets, 3 of __transaction_state. The hashes of
// all but payments and modern-group are negative.
it.each([
  ["classic-group", 4, 0],
  ["txn-group", 4, 0],
  ["modern-group", 4, 1],
  ["doomed-group", 4, 2],
  ["open-tx", 3, 2],
  ["payments", 3, 2],
])("puts %s, of %i shards, where Kafka does", (id, shards, shard) => expect(shardOf(id, shards)).toBe(shard));

it("has a place for the one hash without an absolute value", () => {
  expect(javaHashCode("polygenelubricants")).toBe(-(2 ** 31));
  expect(shardOf("polygenelubricants", 50)).toBe(0);
});
