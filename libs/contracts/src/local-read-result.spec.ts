import { FileRange } from "@moldau/base";
import { codecOf } from "./codecs";
import { ReadReply, ReadResult } from "./generated/moldau/v1/broker";
import type { LocalReadResult } from "./local-read-result";

it("does not go to another process: its records would be missing there, and be taken for the end of the log", () => {
  const result: LocalReadResult = { ...ReadResult.decode(new Uint8Array()), recordsInFile: new FileRange(9, 0, 100) };
  const { encode } = codecOf(ReadReply);
  expect(() => encode({ partitions: [result] })).toThrow("records that lie in a file cannot go to another process");
  delete result.recordsInFile;
  expect(encode({ partitions: [result] }).length).toBeGreaterThan(0);
});
