// The twins of Kafka's tools (apps/cli) play the script of the tools in this process, against a cluster in this process, and print what
// Kafka's own tools printed against Apache Kafka: standard output and exit status. What they write on standard error is theirs.
// MOLDAU_TWINS=1 lists every step with how long it took.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realTerminal } from "../../../apps/cli/src/real-terminal";
import { isKafkaTool } from "../../../apps/cli/src/kafka/tools";
import { run } from "../../../apps/cli/src/run";
import { startCluster } from "../../../libs/testkit/src";
import { parseGoldens } from "./golden.mjs";
import { play, script } from "./play.mjs";

/** Where the twins mean to differ, and where Moldau does whoever asks it. */
const explained = Object.assign(
  {},
  ...["explained.json", "twins-explained.json"].map((name) => JSON.parse(readFileSync(join(__dirname, name), "utf8"))),
);
/** Steps that need a transaction, which the twins' producer cannot make. */
const transactional =
  /^producer-perf-test: transactional$|^transactions: (?:list after one|list by pattern|describe one)$/;
const goldens = parseGoldens(readFileSync(join(__dirname, "../goldens/tools.txt"), "utf8"));

/** One tool in this process, with its own streams. */
function start({ tool, args, stdin = "", timeoutMs }) {
  const said = { stdout: "", stderr: "" };
  const interruption = new AbortController();
  const capture = (name) => ({
    isTerminal: false,
    gone: new AbortController().signal,
    stream: undefined,
    write: async (chunk) => {
      said[name] += Buffer.from(chunk).toString();
    },
  });
  const terminal = {
    ...realTerminal(),
    env: {},
    input: {
      isTerminal: false,
      sizeBytes: undefined,
      async *chunks() {
        yield Buffer.from(stdin);
      },
    },
    output: capture("stdout"),
    notes: capture("stderr"),
    interrupted: () => interruption.signal,
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => interruption.abort(), timeoutMs);
  const finished = run([tool, ...args], terminal)
    .then((code) => ({ ...said, code }))
    .finally(() => clearTimeout(timer));
  return { finished, stop: () => interruption.abort() };
}

/**
 * What a person compares: lines in any order, since Java's sets and maps have one of their own; without the exceptions below an
 * error's line, and without the group that Kafka's console consumer leaves behind.
 */
const comparable = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(?:Caused by: )?[\w.$]+(?:Exception|Error): |^console-consumer-/.test(line))
    .map((line) => line.replace(/(Configs: )(.*)$/, (_, title, list) => title + list.split(",").sort().join(",")))
    .sort()
    .join("\n");

let cluster;
let dir;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "moldau-twins-"));
  cluster = await startCluster({
    brokers: 3,
    config: {
      "offsets.topic.num.partitions": "2",
      "offsets.topic.replication.factor": "1",
      "transaction.state.log.num.partitions": "2",
      "transaction.state.log.replication.factor": "1",
      "transaction.state.log.min.isr": "1",
    },
  });
}, 120_000);

afterAll(async () => {
  await cluster?.stop();
  rmSync(dir, { recursive: true, force: true });
});

it("print what Kafka's tools print", async () => {
  const background = new Set(script.filter(({ tool }) => isKafkaTool(tool)).map((step) => step.background));
  const steps = script.filter(
    ({ name, tool, stop, waitMs }) =>
      (isKafkaTool(tool) && !transactional.test(name)) ||
      waitMs !== undefined ||
      (stop !== undefined && background.has(stop)),
  );
  const say = process.env.MOLDAU_TWINS ? (line) => process.stderr.write(`${line}\n`) : undefined;
  const results = await play(steps, { runner: { start }, bootstrap: cluster.bootstrap.join(","), dir, say });
  const differ = results.filter(({ name, code, stdout }) => {
    const golden = goldens.get(name);
    return golden !== undefined && (golden.code !== code || comparable(golden.stdout) !== comparable(stdout));
  });
  if (process.env.MOLDAU_TWINS) {
    for (const { name, code, stdout, stderr } of differ) {
      const golden = goldens.get(name);
      process.stderr.write(
        `--- ${name}${explained[name] ? ` (${explained[name]})` : ""}\nexit ${golden.code}\n${golden.stdout}\n+++\nexit ${code}\n${stdout}\n! ${stderr}\n`,
      );
    }
    process.stderr.write(`${results.length - differ.length} of ${results.length} the same\n`);
  }
  expect(results.length).toBeGreaterThan(150);
  expect(differ.filter(({ name }) => explained[name] === undefined).map(({ name }) => name)).toEqual([]);
}, 300_000);
