import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runTranscript } from "./testing/transcript";

const directory = join(__dirname, "../testdata");

/** `UPDATE_TRANSCRIPTS=1 npx jest libs/raft/src/transcripts` writes what happens now; read the difference before you keep it. */
it.each(readdirSync(directory).filter((name) => name.endsWith(".txt")))("%s", (name) => {
  const path = join(directory, name);
  const expected = readFileSync(path, "utf8");
  const actual = runTranscript(expected);
  if (process.env["UPDATE_TRANSCRIPTS"] === "1") writeFileSync(path, actual);
  else expect(actual).toBe(expected);
});
