// Starts run.ts with the source condition. Signals go to the run; this process only waits for it.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const script = join(dirname(fileURLToPath(import.meta.url)), "run.ts");
const run = spawn(
  process.execPath,
  ["--import", "tsx", "--conditions", "@moldau/source", script, ...process.argv.slice(2)],
  { stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => run.kill("SIGTERM"));
run.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
