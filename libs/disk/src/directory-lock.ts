import * as fs from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { DirectoryInUseError, type HeldLock } from "./disk";
import { errnoOf, isMissing } from "./errno";
import { isProcessAlive } from "./process-alive";

/** Kafka's name for it. */
const LOCK_FILE = ".lock";

interface Holder {
  pid: number;
  /** When the process started, in the kernel's ticks since boot: pids are used again. Null where the kernel won't say. */
  startTicks: string | null;
  host: string;
}

/** Directories that this very process holds: another store in here must not take its own lock for a stale one. */
const heldHere = new Set<string>();

/**
 * `.lock` with the holder's pid and start time in it. Node offers no flock, so the file outlives a kill -9: whoever finds it
 * looks whether the holder still lives. The file appears with its content at once (link), so that nobody reads half of it.
 * An empty `.lock` is Kafka's and means nothing by itself.
 */
export async function lockDirectory(directory: string): Promise<HeldLock> {
  const path = join(await fs.realpath(directory), LOCK_FILE);
  if (heldHere.has(path)) throw refused(directory, process.pid);
  heldHere.add(path);
  try {
    await take(directory, path);
  } catch (error) {
    heldHere.delete(path);
    throw error;
  }
  return {
    async release() {
      heldHere.delete(path);
      await fs.rm(path, { force: true });
    },
  };
}

async function take(directory: string, path: string): Promise<void> {
  const mine: Holder = { pid: process.pid, startTicks: await startTicksOf(process.pid), host: hostname() };
  const content = JSON.stringify(mine);
  const temporary = `${path}.${process.pid}`;
  await fs.writeFile(temporary, content);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        await fs.link(temporary, path);
        return;
      } catch (error) {
        if (errnoOf(error) !== "EEXIST") throw error;
      }
      const found = await fs.readFile(path, "utf8").catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      if (found === undefined) continue;
      const holder = parseHolder(found);
      if (holder && (await isAlive(holder))) throw refused(directory, holder.pid);
      await setAside(path, found);
    }
    throw refused(directory, undefined);
  } finally {
    await fs.rm(temporary, { force: true });
  }
}

/** Removes the stale lock that we judged, and no other: somebody may have replaced it since. */
async function setAside(path: string, judged: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}`;
  try {
    await fs.rename(path, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const moved = await fs.readFile(aside, "utf8");
  if (moved !== judged) await fs.link(aside, path).catch(() => undefined);
  await fs.rm(aside, { force: true });
}

export function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("pid" in value) || typeof value.pid !== "number")
      return undefined;
    const startTicks = "startTicks" in value && typeof value.startTicks === "string" ? value.startTicks : null;
    const host = "host" in value && typeof value.host === "string" ? value.host : "";
    return { pid: value.pid, startTicks, host };
  } catch {
    return undefined;
  }
}

/** Only this machine's processes can be asked; a directory shared between machines needs a lock of its own. */
async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return false;
  if (!isProcessAlive(holder.pid)) return false;
  const startTicks = await startTicksOf(holder.pid);
  if (startTicks !== null && holder.startTicks !== null) return startTicks === holder.startTicks;
  // Not to be told apart by start time: our own pid in a file that we do not hold was written before this process was.
  return holder.pid !== process.pid;
}

/** Field 22 of /proc/<pid>/stat; the name in field 2 may hold spaces and parentheses. Null where there is no /proc. */
async function startTicksOf(pid: number): Promise<string | null> {
  try {
    const stat = await fs.readFile(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function refused(directory: string, pid: number | undefined): DirectoryInUseError {
  return new DirectoryInUseError(directory, pid === undefined ? "another process" : `process ${pid}`);
}
