import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runTranscript } from "./testing/run-transcript";

// The transcripts are the specification of the harness, to be read. After a change on purpose: REWRITE=1 npx jest
// libs/shards, and read the difference.
const folder = join(__dirname, "../testdata");

describe("Shard", () => {
  it.each(readdirSync(folder))("does what testdata/%s says", (name) => {
    const path = join(folder, name);
    const wanted = readFileSync(path, "utf8");
    const got = runTranscript(wanted);
    if (process.env["REWRITE"]) writeFileSync(path, got);
    else expect(got).toBe(wanted);
  });
});
