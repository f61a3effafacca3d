// Plays the script of tools against a cluster, with whatever runs a tool: Kafka's own in a JVM, or their twins.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { normalise } from "./normalise.mjs";

const here = dirname(fileURLToPath(import.meta.url));
export const script = JSON.parse(readFileSync(join(here, "script.json"), "utf8"));
const patienceMs = 30_000;

/**
 * `runner.start({tool, args, stdin, timeoutMs})` gives {finished, stop}. Resolves with one result for each step that is recorded:
 * {name, tool, command, code, stdout, stderr}, normalised.
 *
 * A step: `tool`, `args` with {bootstrap} and {file:NAME}, `stdin`, `files` by name; `until`: asked again until its output fits all of
 * these expressions; `background`: goes on under that name until a step with `stop`; `sort`, `mask`: see normalise.mjs; `unrecorded`: only
 * has to be done.
 */
export async function play(steps, { runner, bootstrap, dir, say = () => undefined }) {
  const results = [];
  const running = new Map();
  for (const step of steps) {
    if (step.waitMs) {
      await new Promise((resolve) => setTimeout(resolve, step.waitMs));
      continue;
    }
    const files = step.files ?? {};
    mkdirSync(dir, { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
    const args = step.args.map((arg) =>
      arg.replaceAll("{bootstrap}", bootstrap).replace(/\{file:([^}]+)\}/g, (_, name) => join(dir, name)),
    );
    const started = Date.now();
    const task = { tool: step.tool, args, stdin: step.stdin, timeoutMs: step.timeoutMs };
    if (step.background) {
      running.set(step.background, { step, ...runner.start({ ...task, timeoutMs: 300_000 }) });
      continue;
    }
    let said;
    if (step.stop) {
      const { finished, stop } = running.get(step.stop);
      stop();
      said = await finished;
      if (!step.takes) continue;
    } else {
      const deadline = Date.now() + patienceMs;
      do said = await runner.start(task).finished;
      while (step.until?.some((pattern) => !new RegExp(pattern).test(said.stdout)) && Date.now() < deadline);
    }
    if (step.unrecorded) continue;
    const shown = step.takes ? running.get(step.stop).step : step;
    const result = {
      name: step.takes ?? step.name,
      tool: shown.tool,
      command: [shown.tool, ...shown.args].join(" "),
      code: step.takes ? "stopped" : String(said.code),
      stdout: normalise(said.stdout, step, { bootstrap, dir }),
      stderr: normalise(said.stderr, step, { bootstrap, dir }),
    };
    say(`${result.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    results.push(result);
  }
  return results;
}
