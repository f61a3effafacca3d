// Kafka's own command-line tools, unmodified, against Moldau; what they print is compared with what Apache Kafka's own broker made
// them print (../goldens/tools.txt).
//   node tools/conformance/tools/run.mjs            plays and compares
//   node tools/conformance/tools/run.mjs --record   plays against Apache Kafka and writes the goldens
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { prepareReference, ReferenceCluster } from "../../apache-kafka/reference.mjs";
import { Cluster, shapes } from "../cluster.mjs";
import { formatGoldens, parseGoldens } from "./golden.mjs";
import { openJavaRunner } from "./open-java-runner.mjs";
import { play, script } from "./play.mjs";
import { printToolTable } from "./table.mjs";

export const goldensFile = fileURLToPath(new URL("../goldens/tools.txt", import.meta.url));
const explainedFile = fileURLToPath(new URL("explained.json", import.meta.url));
/** Both are told the same: three brokers in one process, small and without waits that only take time. */
const config = {
  "offsets.topic.num.partitions": "2",
  "offsets.topic.replication.factor": "1",
  "transaction.state.log.num.partitions": "2",
  "transaction.state.log.replication.factor": "1",
  "transaction.state.log.min.isr": "1",
  "group.initial.rebalance.delay.ms": "0",
};

/** Plays the script with Kafka's tools against Moldau or Apache Kafka; the results, or why it cannot be done. */
export async function playKafkaTools({ against, port, steps = script, say }) {
  const missing = against === "apache" ? prepareReference(say) : undefined;
  const runner = missing === undefined ? openJavaRunner(say) : { missing };
  if (runner.missing) return { missing: runner.missing };
  const dir = mkdtempSync(join(tmpdir(), "moldau-tools-"));
  const cluster =
    against === "apache"
      ? new ReferenceCluster({ dir: join(dir, "data"), port, brokers: 3, options: config })
      : new Cluster(
          { ...shapes.one, args: ["--brokers", "3"] },
          {
            dir: join(dir, "data"),
            port,
            adminPort: port + 60,
            options: Object.entries(config).flatMap(([key, value]) => ["-o", `${key}=${value}`]),
          },
        );
  try {
    await cluster.start();
    return {
      results: await play(steps, {
        runner,
        bootstrap: cluster.bootstrap,
        dir: join(dir, "files"),
        say: (line) => say(`  ${line}`),
      }),
    };
  } finally {
    runner.close();
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Each result with whether it is what Apache Kafka's broker gave, and the reason where it is meant not to be. */
export function compareWithGoldens(results) {
  const goldens = parseGoldens(readFileSync(goldensFile, "utf8"));
  const explained = JSON.parse(readFileSync(explainedFile, "utf8"));
  return results.map((result) => {
    const golden = goldens.get(result.name);
    const same = golden !== undefined && ["code", "stdout", "stderr"].every((field) => golden[field] === result[field]);
    return { ...result, golden, same, reason: same ? undefined : explained[result.name] };
  });
}

async function main() {
  const { values: options } = parseArgs({
    options: {
      record: { type: "boolean", default: false },
      port: { type: "string", default: "29600" },
      only: { type: "string" },
      verbose: { type: "boolean", short: "v", default: false },
      out: { type: "string" },
    },
  });
  const steps = options.only ? script.filter(({ name }) => new RegExp(options.only).test(name)) : script;
  const say = (line) => process.stderr.write(`${line}\n`);
  const played = await playKafkaTools({
    against: options.record ? "apache" : "moldau",
    port: Number(options.port),
    steps,
    say,
  });
  if (played.missing) {
    console.log(`SKIPPED Kafka's own tools: ${played.missing}`);
    return 0;
  }
  if (options.out) writeFileSync(options.out, formatGoldens(played.results));
  if (options.record) {
    if (!options.only) writeFileSync(goldensFile, formatGoldens(played.results));
    else if (!options.out) console.log(formatGoldens(played.results));
    return 0;
  }
  return printToolTable(compareWithGoldens(played.results), { verbose: true }) ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(await main());
