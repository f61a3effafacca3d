// Kafka's own command-line tools, unmodified, against Moldau; what they print is compared with what Apache Kafka's own broker made
// them print (../goldens/tools.txt).
//   node tools/conformance/tools/run.mjs            plays and compares
//   node tools/conformance/tools/run.mjs --record   plays against Apache Kafka and writes the goldens
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { prepareReference } from "../../apache-kafka/reference.mjs";
import { compareWithGoldens, comparisons, goldensFile } from "./compare.mjs";
import { formatGoldens } from "./golden.mjs";
import { openJavaRunner } from "./open-java-runner.mjs";
import { script } from "./play.mjs";
import { playTools } from "./play-tools.mjs";
import { printToolTable } from "./table.mjs";

/** Plays the script with Kafka's tools against Moldau or Apache Kafka; the results, or why it cannot be done. */
export async function playKafkaTools({ against, port, steps = script, say }) {
  const missing = against === "apache" ? prepareReference(say) : undefined;
  const runner = missing === undefined ? openJavaRunner(say) : { missing };
  if (runner.missing) return { missing: runner.missing };
  return { results: await playTools({ against, port, steps, runner, say }) };
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
  return printToolTable(compareWithGoldens(played.results, comparisons.kafka), { verbose: true }) ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(await main());
