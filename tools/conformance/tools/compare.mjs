// What a tool printed beside what Kafka's tool printed at Apache Kafka's broker (../goldens/tools.txt): the one place where the two are
// compared and where it is looked up what is meant to differ.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseGoldens } from "./golden.mjs";

const here = dirname(fileURLToPath(import.meta.url));
export const goldensFile = join(here, "../goldens/tools.txt");
const readJson = (name) => JSON.parse(readFileSync(join(here, name), "utf8"));

/**
 * How it is compared: `shown` is what of a run counts, `explained` are files of reasons, by the names of steps.
 *
 * - kafka: Kafka's own tools; everything counts.
 * - twins: what a person compares: the exit status and the lines of standard output in any order, since Java's sets and maps have one of
 *   their own; without the exceptions below an error's line, and without the group that Kafka's console consumer leaves behind. What they
 *   write on standard error is theirs.
 */
export const comparisons = {
  kafka: { shown: ({ code, stdout, stderr }) => ({ code, stdout, stderr }), explained: ["explained.json"] },
  twins: {
    shown: ({ code, stdout }) => ({ code, stdout: comparableLines(stdout), stderr: "" }),
    explained: ["explained.json", "twins-explained.json"],
  },
};

const comparableLines = (text) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(?:Caused by: )?[\w.$]+(?:Exception|Error): |^console-consumer-/.test(line))
    .map((line) => line.replace(/(Configs: )(.*)$/, (_, title, list) => title + list.split(",").sort().join(",")))
    .sort()
    .join("\n");

/** Each result with whether it is what the golden has, and the reason where it is meant not to be. */
export function compareWithGoldens(results, { shown, explained }) {
  const goldens = parseGoldens(readFileSync(goldensFile, "utf8"));
  const reasons = Object.assign({}, ...explained.map(readJson));
  return results.map((result) => {
    const known = goldens.get(result.name);
    const [golden, ours] = [known && shown(known), shown(result)];
    const same = golden !== undefined && ["code", "stdout", "stderr"].every((field) => golden[field] === ours[field]);
    return { ...result, ...ours, golden, same, reason: same ? undefined : reasons[result.name] };
  });
}
