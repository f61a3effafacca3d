import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { buildBatch } from "@moldau/record-batch";
import { dumpCommand, parseDumpArguments } from "./dump-command";

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), "moldau-dump-"))));
afterEach(() => rmSync(dir, { recursive: true }));

async function dump(...args: string[]): Promise<string> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  await dumpCommand(args, "moldau log dump", { out, err });
  return String(out.read() ?? "") + String(err.read() ?? "");
}

it("has Kafka's defaults, and what one flag implies of another", () => {
  const options = (...args: string[]) => parseDumpArguments(["--files", "a,b", ...args], "dump")!;
  expect(options()).toMatchObject({
    files: ["a", "b"],
    printDataLog: false,
    deepIteration: false,
    maxMessageSize: 5 * 1024 * 1024,
    maxBytes: 2 ** 31 - 1,
  });
  expect(options("--deep-iteration")).toMatchObject({ printDataLog: false, deepIteration: true });
  for (const flag of ["--print-data-log", "--offsets-decoder", "--key-decoder-class", "--share-group-state-decoder"]) {
    expect(options(flag)).toMatchObject({ printDataLog: true, deepIteration: true });
  }
});

it("decodes keys and values with Kafka's decoders", async () => {
  const key = Buffer.alloc(4);
  key.writeInt32BE(-7);
  const value = Buffer.alloc(8);
  value.writeBigInt64BE(1n << 60n);
  const file = join(dir, "00000000000000000000.log");
  writeFileSync(file, buildBatch({ records: [{ key, value, timestamp: 5 }] }));
  const said = await dump(
    ...["--key-decoder-class", "kafka.serializer.IntegerDecoder", "--value-decoder-class", "LongDecoder"],
    ...["--skip-record-metadata", "--files", file],
  );
  expect(said).toContain("\n| key: -7 payload: 1152921504606846976\n");
});

it.each<[string, string[], RegExp]>([
  ["no files", [], /--files is missing/],
  ["what nobody knows", ["--file", "x"], /unknown option '--file'/],
  ["a class", ["--files", "x", "--value-decoder-class", "a.B"], /a\.B is a Java class.*StringDecoder/],
  ["tiered storage", ["--files", "x", "--remote-log-metadata-decoder"], /can't be decoded here/],
  ["a size", ["--files", "x", "--max-bytes", "-1"], /whole number of bytes/],
  ["a missing file", ["--files", "/nowhere/00000000000000000000.log"], /\/nowhere\/0+\.log is not there/],
  ["a name without an offset", ["--files", "/nowhere/x.log"], /does not begin with an offset/],
])("refuses %s in a line", (_, args, message) => expect(dump(...args)).rejects.toThrow(message));

it("says where bytes are no batch, after what was readable", async () => {
  const file = join(dir, "00000000000000000000.log");
  writeFileSync(file, Buffer.concat([buildBatch({ records: [{ value: new Uint8Array(1) }] }), Buffer.alloc(100)]));
  const [out, err] = [new PassThrough(), new PassThrough()];
  await expect(dumpCommand(["--files", file], "dump", { out, err })).rejects.toMatchObject({
    name: "UsageError",
    message: `Found record size 0 smaller than minimum record overhead (14) in file ${file}.`,
  });
  expect(String(out.read())).toContain("baseOffset: 0 lastOffset: 0 count: 1");
});
