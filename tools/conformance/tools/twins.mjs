// The twins of Kafka's tools play the tools' script against Moldau and print what Kafka's own tools printed against Apache Kafka. Needs
// nothing but Node.
//   node tools/conformance/tools/twins.mjs
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compareWithGoldens, comparisons } from "./compare.mjs";
import { script } from "./play.mjs";
import { playTools } from "./play-tools.mjs";
import { printToolTable } from "./table.mjs";
import { TwinRunner } from "./twin-runner.mjs";

/** Results as `compareWithGoldens` gives them. */
export async function playTwins({ port, steps = script, say = () => undefined }) {
  const results = await playTools({ against: "moldau", port, steps, runner: new TwinRunner(), say });
  return compareWithGoldens(results, comparisons.twins);
}

async function main() {
  const { values: options } = parseArgs({
    options: {
      port: { type: "string", default: "29600" },
      only: { type: "string" },
      verbose: { type: "boolean", short: "v", default: false },
    },
  });
  const steps = options.only ? script.filter(({ name }) => new RegExp(options.only).test(name)) : script;
  const say = (line) => process.stderr.write(`${line}\n`);
  const results = await playTwins({ port: Number(options.port), steps, say: options.verbose ? say : undefined });
  return printToolTable(results, { verbose: true }) ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(await main());
