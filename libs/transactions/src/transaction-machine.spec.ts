import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TransactionTranscript } from "./testing/transaction-transcript";

// The transcripts are the specification of transactions, to be read. After a change on purpose:
// REWRITE=1 npx jest libs/transactions, and read the difference.
const folder = join(__dirname, "../testdata");

describe("TransactionMachine", () => {
  it.each(readdirSync(folder))("does what testdata/%s says", (name) => {
    const path = join(folder, name);
    const wanted = readFileSync(path, "utf8");
    const got = TransactionTranscript.run(wanted);
    if (process.env["REWRITE"]) writeFileSync(path, got);
    else expect(got).toBe(wanted);
  });
});
