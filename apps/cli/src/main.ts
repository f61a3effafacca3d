import { realTerminal } from "./real-terminal";
import { run } from "./run";

void run(process.argv.slice(2), realTerminal()).then((code) => {
  // Standard input may still be open, and a half-finished connection may wait for its time-out: leave anyway.
  process.exit(code === 0 ? (process.exitCode ?? 0) : code);
});
