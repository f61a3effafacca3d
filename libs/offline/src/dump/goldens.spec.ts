// Against what Kafka 4.1.1's own kafka-dump-log printed about the same files, byte for byte. testdata/README.md says where
// files and texts come from.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { TESTDATA, unpack } from "../testing/unpack";
import { parseDumpArguments } from "./dump-command";
import { dumpFiles } from "./dump-files";

interface Run {
  name: string;
  flags: string[];
  files: string;
  without?: string;
}

const runs = JSON.parse(readFileSync(join(TESTDATA, "runs.json"), "utf8")) as Run[];

/** A field that Kafka has since 4.3, written as Kafka 4.3 writes and shows it; 4.1 skips it. */
const NEWER_FIELDS = /,"assignmentEpochs":null/g;

describe.each(["kafka-4.0.0", "moldau", "damaged"])("%s", (archive) => {
  let dir: string;
  beforeAll(() => (dir = unpack(archive)));
  afterAll(() => rmSync(dir, { recursive: true }));

  it.each(runs.filter(({ name }) => existsSync(join(TESTDATA, archive, `${name}.txt`))))("$name", (run) => {
    const files = (readdirSync(dir, { recursive: true }) as string[])
      .map((name) => join(dir, name))
      .filter((file) => RegExp(run.files).test(file) && !(run.without !== undefined && RegExp(run.without).test(file)))
      .sort();
    const options = parseDumpArguments([...run.flags, "--files", files.join(",")], "moldau log dump")!;
    const lines = [...dumpFiles(options)];
    const textOf = (stream: "out" | "err") =>
      lines
        .filter((line) => line.stream === stream)
        .map(({ text }) => `${text}\n`)
        .join("");
    const said = `--- stdout\n${textOf("out")}--- stderr\n${textOf("err")}`
      .replaceAll(`${dir}/`, "")
      .replaceAll(NEWER_FIELDS, "");
    expect(said.split("\n")).toEqual(readFileSync(join(TESTDATA, archive, `${run.name}.txt`), "utf8").split("\n"));
  });
});
