// The twins of Kafka's tools as a person without a JDK has them: `moldau kafka-topics …`, each run a process of its own.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const moldau = fileURLToPath(new URL("../../../apps/cli/bin/moldau.cjs", import.meta.url));

/** Runs tools as {tool, args, stdin} → {code, stdout, stderr}. */
export class TwinRunner {
  #running = new Set();

  constructor() {
    process.once("exit", () => this.close());
  }

  /** Starts a tool; `finished` settles when it has ended, or with code "late" after its time; `stop` is Ctrl-C. */
  start({ tool, args, stdin = "", timeoutMs = 60_000 }) {
    const child = spawn(process.execPath, [moldau, tool, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    this.#running.add(child);
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => (said[name] += text));
    // A tool that wants no input has closed it.
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    const finished = new Promise((resolve) => {
      child.on("close", (code) => {
        clearTimeout(late);
        this.#running.delete(child);
        resolve({ ...said, code: isLate ? "late" : String(code) });
      });
    });
    return { finished, stop: () => child.kill("SIGINT") };
  }

  close() {
    for (const child of this.#running) child.kill("SIGKILL");
  }
}
