import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkCrc, compressionCodec, readBatchHeader, readRecords } from "@moldau/record-batch";
import { compressionId, decompress } from "./index";

const directory = join(__dirname, "../testdata");
const files = readdirSync(directory).filter((name) => name.endsWith(".bin"));
const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString("utf8"));

it("every codec of every client is there", () => {
  const codecs = ["none", "gzip", "snappy", "lz4", "zstd"];
  const expected = [
    ...codecs.map((codec) => `java-${codec}.bin`),
    ...codecs.slice(0, 3).map((codec) => `kafkajs-${codec}.bin`),
    ...codecs.map((codec) => `kcat-${codec}.bin`),
  ];
  expect(files.sort()).toEqual(expected.sort());
});

it.each(files)("%s: CRC, codec and all records", (name) => {
  const batch = readFileSync(join(directory, name));
  const header = readBatchHeader(batch, 0);
  expect(checkCrc(batch, 0, header)).toBe(true);
  expect(compressionCodec(header.attributes)).toBe(compressionId(name.slice(name.indexOf("-") + 1, -".bin".length)));
  const records = readRecords(batch, 0, decompress, 20_000);
  expect(records.map((r) => [text(r.key), text(r.value)])).toEqual([
    ["a", "first"],
    [null, "no key"],
    ["gone", null],
    ["ě", "moldau ".repeat(2000)],
    ["e", "last"],
  ]);
  for (const record of records) expect(record.headers.map((h) => [h.key, text(h.value)])).toEqual([["h", "1"]]);
});

it.each(files.filter((name) => !name.endsWith("-none.bin")))("%s: no more than the bound comes out", (name) => {
  const batch = readFileSync(join(directory, name));
  expect(() => readRecords(batch, 0, decompress, 14_000)).toThrow("more than 14000 bytes");
});
