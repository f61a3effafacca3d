import { javaHashCode, shardOf } from "./java-hash";

// Values printed by Java 17.
it.each([
  ["", 0],
  ["a", 97],
  ["hello", 99162322],
  ["my-group", -1906497762],
  ["polygenelubricants", -2147483648],
  ["ě", 283],
])("hashes %j as Java does", (text, expected) => {
  expect(javaHashCode(text)).toBe(expected);
});

it("maps negative hashes to a shard the way Kafka's Utils.abs does", () => {
  expect(shardOf("polygenelubricants", 50)).toBe(0);
  expect(shardOf("hello", 50)).toBe(22);
});
