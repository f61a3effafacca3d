// What this machine allows, and commands of the system.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

/** Runs a command of the system. @throws Error with what it wrote on standard error */
export async function sh(command: string, ...args: string[]): Promise<string> {
  try {
    return (await execFileAsync(command, args)).stdout;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`${command} ${args.join(" ")}: ${stderr?.trim() || message}`, { cause: error });
  }
}

/** The same, for use while the process ends. Errors are swallowed: what is gone is gone. */
export function shNow(command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { stdio: ["ignore", "pipe", "ignore"] }).toString();
  } catch {
    return "";
  }
}

export function has(command: string): boolean {
  return (process.env.PATH ?? "")
    .split(":")
    .concat("/usr/sbin", "/sbin")
    .some((dir) => existsSync(`${dir}/${command}`));
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

const firstExisting = (paths: readonly string[]) => paths.find((path) => existsSync(path));

/** The library that lets a process have a clock of its own. */
export function faketimeLibrary(): string | undefined {
  return firstExisting([
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
    "/usr/lib64/faketime/libfaketimeMT.so.1",
  ]);
}

/** The libraries that let calls of a process fail on command (libfiu). */
export function fiuLibraries(): string | undefined {
  const dir = firstExisting(["/usr/lib/fiu", "/usr/local/lib/fiu", "/usr/lib64/fiu"]);
  return dir === undefined ? undefined : `${dir}/fiu_run_preload.so:${dir}/fiu_posix_preload.so`;
}

/** The program that forces a file system down: FS_IOC_SHUTDOWN needs an ioctl, which Node has not. */
export function ioctlProgram(): "python3" | "perl" | undefined {
  return has("python3") ? "python3" : has("perl") ? "perl" : undefined;
}

/** A Python that has confluent-kafka, and the version of its librdkafka: the one of the conformance run, else the machine's. */
export function findLibrdkafka(): { python: string; version: string } | undefined {
  const own = join(__dirname, "../conformance/.work/python/bin/python");
  for (const python of [own, "python3", "/usr/bin/python3"]) {
    const version = shNow(python, "-c", "import confluent_kafka; print(confluent_kafka.libversion()[0])").trim();
    if (version !== "") return { python, version };
  }
  return undefined;
}

/** When a process was started, in ticks since boot: with the id it names a process for ever. undefined: it is gone. */
export function startedAt(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds on a clock that every process of this machine shares and nothing steps. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

/** Polls until `condition` holds; false when `timeoutMs` is over. */
export async function until(condition: () => Promise<boolean> | boolean, timeoutMs: number): Promise<boolean> {
  const deadlineMs = monotonicMs() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (monotonicMs() >= deadlineMs) return false;
    await delay(100);
  }
}
