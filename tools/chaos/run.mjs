// Starts run.ts with the source condition, so that it speaks through the same codecs as the cluster. Signals go to the
// run, which heals, stops and cleans up; this process only waits for it.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const script = join(dirname(fileURLToPath(import.meta.url)), "run.ts");
const run = spawn(
  process.execPath,
  ["--import", "tsx", "--conditions", "@moldau/source", script, ...process.argv.slice(2)],
  // A process group of its own: Ctrl-C at the terminal reaches it once, through here, and not also its children.
  { stdio: "inherit", detached: true },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => run.kill("SIGTERM"));
run.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
