import { murmur2, partitionOfKey } from "./murmur2";

// The vectors of Kafka's own test of Utils.murmur2.
it.each([
  ["21", -973932308],
  ["foobar", -790332482],
  ["a-little-bit-long-string", -985981536],
  ["a-little-bit-longer-string", -1486304829],
  ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971],
  ["abc", 479470107],
])("hashes %j as Java does", (key, expected) => {
  expect(murmur2(Buffer.from(key))).toBe(expected);
});

it("spreads by the hash without its sign", () => {
  expect(partitionOfKey(Buffer.from("21"), 100)).toBe((-973932308 & 0x7fffffff) % 100);
  expect(partitionOfKey(Buffer.from("abc"), 6)).toBe(479470107 % 6);
});
