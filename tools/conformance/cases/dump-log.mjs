// Kafka's own kafka-dump-log (kafka.tools.DumpLogSegments, unmodified) over the data directory that a cluster left: it must find
// nothing to complain of, and `moldau log dump` must print the same, byte for byte.
//   node tools/conformance/cases/dump-log.mjs DIRECTORY [CLASSPATH]     over any data directory of a stopped cluster
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, Skip } from "../harness.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const moldau = join(here, "../../../apps/cli/bin/moldau.cjs");
const jars = join(here, "../.work/java-tools");
const internal = /\/__(consumer_offsets|transaction_state)-\d+\//;
/** Of each log that is longer, its beginning: the tools print a line for each record. */
const maxBytes = 4 << 20;
/** Command lines have an end. */
const filesAtOnce = 400;
/** A field of Kafka 4.3 that Kafka 4.1 passes over. */
const newerFields = /,"assignmentEpochs":(null|\[[\d,]*\])/g;

const runs = [
  { name: "deep iteration", flags: ["--deep-iteration"], wanted: (path) => /\.(log|snapshot|txnindex)$/.test(path) },
  { name: "indexes", flags: [], wanted: (path) => /\.(index|timeindex)$/.test(path) },
  {
    name: "sanity of indexes",
    flags: ["--index-sanity-check"],
    wanted: (path) => /\.(index|timeindex)$/.test(path),
  },
  { name: "offsets", flags: ["--offsets-decoder"], wanted: (path) => /\/__consumer_offsets-\d+\/.*\.log$/.test(path) },
  {
    name: "transactions",
    flags: ["--transaction-log-decoder"],
    wanted: (path) => /\/__transaction_state-\d+\/.*\.log$/.test(path),
  },
];

/** What was read, in a sentence. Throws at the first complaint or difference. */
export function dumpLogCase({ dataDir, classPath = `${jars}/*` }) {
  if (
    classPath === `${jars}/*` &&
    !(existsSync(jars) && readdirSync(jars).some((name) => name.startsWith("kafka_2.13")))
  ) {
    throw new Skip("Kafka's kafka-dump-log could not be fetched (java, mvn and Maven Central)");
  }
  const files = readdirSync(dataDir, { recursive: true })
    .map((name) => join(dataDir, name))
    .filter((path) => /\/broker-\d+\/[^/]+\/\d{20}\.\w+$/.test(path) && statSync(path).isFile())
    .sort();
  assert(files.length > 0, `no files of logs below ${dataDir}`);
  const scratch = mkdtempSync(join(tmpdir(), "moldau-dump-log-"));
  const said = [];
  try {
    for (const { name, flags, wanted } of runs) {
      const mine = files.filter(wanted);
      let lines = 0;
      for (let at = 0; at < mine.length; at += filesAtOnce) {
        const some = mine.slice(at, at + filesAtOnce);
        const args = [...flags, "--max-bytes", String(maxBytes), "--files", some.join(",")];
        const kafka = run(scratch, "java", ["-Xmx512m", "-cp", classPath, "kafka.tools.DumpLogSegments", ...args]);
        complain(name, kafka);
        const ours = run(scratch, process.execPath, [moldau, "kafka-dump-log", ...args]);
        assert(ours.status === 0, `${name}: moldau kafka-dump-log ended with status ${ours.status}: ${ours.err}`);
        compare(name, kafka.out, ours.out);
        compare(`${name}, standard error`, kafka.err, ours.err);
        lines += kafka.out.split("\n").length - 1;
      }
      said.push(`${name}: ${mine.length} files, ${lines} lines`);
    }
    for (const directory of readdirSync(dataDir).filter((name) => /^controller-\d+$/.test(name))) {
      const log = join(dataDir, directory, "__cluster_metadata-0");
      const { status, out, err } = run(scratch, process.execPath, [moldau, "log", "export-metadata", log, scratch]);
      assert(status === 0, `the metadata of ${directory} cannot be exported: ${err}`);
      const args = ["--cluster-metadata-decoder", "--files", out.trim()];
      const kafka = run(scratch, "java", ["-Xmx512m", "-cp", classPath, "kafka.tools.DumpLogSegments", ...args]);
      complain("metadata", kafka);
      compare("metadata", kafka.out, run(scratch, process.execPath, [moldau, "kafka-dump-log", ...args]).out);
      said.push(`metadata of ${directory}: ${kafka.out.split("\n").length - 1} lines`);
      rmSync(out.trim());
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return said.join("; ");
}

/** Through files: what a tool prints may be longer than a pipe's reader wants to hold. */
function run(scratch, command, args) {
  const names = ["out", "err"].map((name) => join(scratch, `${basename(command)}.${name}`));
  const descriptors = names.map((name) => openSync(name, "w"));
  const { status } = spawnSync(command, args, { stdio: ["ignore", ...descriptors] });
  for (const descriptor of descriptors) closeSync(descriptor);
  const [out, err] = names.map((name) => readFileSync(name, "utf8"));
  return { status, out, err };
}

function complain(name, { status, out, err }) {
  assert(status === 0, `${name}: Kafka's tool ended with status ${status}: ${err.split("\n")[0]}`);
  const bad = out.split("\n").find((line) => /isvalid: false|invalid bytes at the end|skipping\./.test(line));
  assert(bad === undefined, `${name}: ${bad}`);
  // A compacted log has gaps, and the tool names them; anything else is a complaint.
  let compacted = false;
  for (const line of err.split("\n").filter(Boolean)) {
    if (line.startsWith("Non-consecutive offsets in ")) compacted = internal.test(line) || line.includes("compacted");
    else assert(compacted && /^ {2}\d+ is followed by \d+$/.test(line), `${name}: ${line}`);
    assert(compacted, `${name}: ${line}`);
  }
}

function compare(name, kafka, ours) {
  const theirs = kafka.split("\n");
  const mine = ours.replaceAll(newerFields, "").split("\n");
  const at = theirs.findIndex((line, i) => line !== mine[i]);
  assert(at < 0, `${name}, line ${at + 1}: Kafka's tool prints\n${theirs[at]}\nand moldau kafka-dump-log\n${mine[at]}`);
  assert(mine.length === theirs.length, `${name}: ${mine.length} lines instead of ${theirs.length}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [dataDir, classPath] = process.argv.slice(2);
  console.log(dumpLogCase({ dataDir, ...(classPath === undefined ? {} : { classPath }) }));
}
