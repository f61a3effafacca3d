import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TransactionCoreTranscript } from "./testing/transaction-core-transcript";

// The transcripts say what a transactional producer does, to be read. After a change on purpose:
// REWRITE=1 npx jest libs/client, and read the difference.
const folder = join(__dirname, "../../testdata/transactional-producer");

it.each(readdirSync(folder))("does what testdata/transactional-producer/%s says", (name) => {
  const path = join(folder, name);
  const wanted = readFileSync(path, "utf8");
  const got = TransactionCoreTranscript.run(wanted);
  if (process.env["REWRITE"]) writeFileSync(path, got);
  else expect(got).toBe(wanted);
});
