import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GroupTranscript } from "./testing/group-transcript";

// The transcripts are the specification of groups, to be read. After a change on purpose: REWRITE=1 npx jest libs/groups,
// and read the difference.
const folder = join(__dirname, "../testdata");

describe("GroupMachine", () => {
  it.each(readdirSync(folder))("does what testdata/%s says", (name) => {
    const path = join(folder, name);
    const wanted = readFileSync(path, "utf8");
    const got = GroupTranscript.run(wanted);
    if (process.env["REWRITE"]) writeFileSync(path, got);
    else expect(got).toBe(wanted);
  });
});
