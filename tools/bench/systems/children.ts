// Every process that a measurement starts, so that none outlives it: not an error, not Ctrl-C.
import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { readFileSync } from "node:fs";

const running = new Set<ChildProcess>();

/** Starts a process that ends with this one. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, options);
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** A process and its descendants; itself first. */
export function treeOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
    return [pid, ...children.flatMap(treeOf)];
  } catch {
    return [];
  }
}

/** Asks a process to end and waits; after `patienceMs` it is ended with all that it started. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM", patienceMs = 15_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill(signal);
  const late = setTimeout(() => kill(child), patienceMs);
  await ended;
  clearTimeout(late);
}

function kill(child: ChildProcess): void {
  for (const pid of treeOf(child.pid!)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Ended meanwhile.
    }
  }
}

function killAll(): void {
  for (const child of running) kill(child);
  running.clear();
}

/** To be called once by the program. `last` runs before the processes' end is certain: it removes their folders. */
export function endChildrenWithUs(last: () => void): void {
  process.once("exit", () => {
    killAll();
    last();
  });
  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => process.exit(status));
  }
}

/** Runs a program to its end; rejects where it fails or takes longer than that. */
export function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { timeoutMs?: number } = {},
): Promise<{ stdout: string; stderr: string; child: ChildProcess }> {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (data) => (stdout += data));
    child.stderr?.on("data", (data) => (stderr += data));
    const late = setTimeout(() => kill(child), options.timeoutMs ?? 120_000);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearTimeout(late);
      if (code === 0) return resolve({ stdout, stderr, child });
      const said = (stderr.trim() || stdout.trim()).split("\n").slice(-3).join(" / ");
      reject(new Error(`${command} ended with ${signal ?? `status ${code}`}: ${said}`));
    });
  });
}
