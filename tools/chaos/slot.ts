// A run's claim on this machine: a number that its namespaces, bridge and addresses are named after, and the list of what
// it has made. A run that ended without cleaning up (kill -9) is cleaned up after by the next one.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shNow, startedAt } from "./machine";

const claims = join(tmpdir(), "moldau-chaos-runs");
const slotsMax = 200;

interface Claimed {
  pid: number;
  startedAt: number;
  directory: string;
  processes: { pid: number; startedAt: number }[];
  mounts: string[];
}

export class RunSlot {
  private constructor(
    /** From 0 on; unique among the runs of this machine. */
    readonly number: number,
    private readonly claimed: Claimed,
  ) {}

  /** Takes the first free number, after cleaning up behind runs that are gone. */
  static claim(directory: string): RunSlot {
    mkdirSync(claims, { recursive: true });
    RunSlot.cleanUpAfterOthers();
    for (let number = 0; number < slotsMax; number++) {
      const mine: Claimed = {
        pid: process.pid,
        startedAt: startedAt(process.pid) ?? 0,
        directory,
        processes: [],
        mounts: [],
      };
      try {
        writeFileSync(fileOf(number), JSON.stringify(mine), { flag: "wx" });
        return new RunSlot(number, mine);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
    throw new Error(`${slotsMax} chaos runs are under way (${claims}); end some`);
  }

  /** Removes what runs have left behind that are gone; the number of such runs. */
  static cleanUpAfterOthers(): number {
    mkdirSync(claims, { recursive: true });
    let cleaned = 0;
    for (const name of readdirSync(claims)) {
      const number = Number(/^(\d+)\.json$/.exec(name)?.[1] ?? NaN);
      if (Number.isNaN(number)) continue;
      const claimed = read(number);
      if (claimed !== undefined && startedAt(claimed.pid) === claimed.startedAt) continue;
      if (claimed !== undefined) new RunSlot(number, claimed).release();
      rmSync(fileOf(number), { force: true });
      cleaned++;
    }
    return cleaned;
  }

  get bridge(): string {
    return `mchaos${this.number}`;
  }

  namespace(index: number): string {
    return `mchaos${this.number}-${index}`;
  }

  noteProcess(pid: number): void {
    this.claimed.processes = this.claimed.processes.filter((item) => startedAt(item.pid) === item.startedAt);
    this.claimed.processes.push({ pid, startedAt: startedAt(pid) ?? 0 });
    this.write();
  }

  noteMount(path: string): void {
    if (!this.claimed.mounts.includes(path)) this.claimed.mounts.push(path);
    this.write();
  }

  /** Ends and removes everything that this run has made, whatever state it is in. Synchronous: also runs at exit. */
  release(): void {
    for (const { pid, startedAt: then } of this.claimed.processes) {
      if (startedAt(pid) !== then) continue;
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Gone meanwhile.
      }
    }
    for (let round = 0; round < 20 && this.claimed.processes.some(isAlive); round++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
    for (const path of [...this.claimed.mounts].reverse()) {
      if (mounted(path) && shNow("umount", path) === "" && mounted(path)) shNow("umount", "--lazy", path);
    }
    const namespaces = shNow("ip", "netns", "list").split("\n");
    for (const line of namespaces) {
      const name = line.split(" ")[0]!;
      if (name.startsWith(`mchaos${this.number}-`)) shNow("ip", "netns", "delete", name);
    }
    if (shNow("ip", "link", "show", this.bridge) !== "") shNow("ip", "link", "delete", this.bridge);
    rmSync(fileOf(this.number), { force: true });
  }

  private write(): void {
    writeFileSync(fileOf(this.number), JSON.stringify(this.claimed));
  }
}

const fileOf = (number: number) => join(claims, `${number}.json`);
const isAlive = (item: { pid: number; startedAt: number }) => startedAt(item.pid) === item.startedAt;

/** Whether something is mounted there. */
export function mounted(path: string): boolean {
  return readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .some((line) => line.split(" ")[1] === path);
}

function read(number: number): Claimed | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(number), "utf8")) as Claimed;
  } catch {
    return undefined;
  }
}
