// CPU profiles of Moldau's processes while a run runs; cpu-profile.cjs is in each of them, switched on and off by a signal.
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { topOfProfile } from "./profile-summary";
import type { System } from "./systems/system";
import type { Step } from "./workloads/step";

const linesShown = 12;
const writtenTimeoutMs = 20_000;

/** The name of a profile's file: what was measured, of which process. */
export const profileName = (parts: readonly (string | number)[]): string =>
  `${parts
    .join("-")
    .replace(/[^\w.=-]+/g, "_")
    .slice(0, 120)}.cpuprofile`;

/** Works for the runner's `around`. Profiled figures are slower than others: they say where time goes, not how much. */
export class Profiles {
  private round = 0;

  constructor(
    readonly folder: string,
    private readonly say: (line: string) => void,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  async around<T>(system: System, step: Step, work: () => Promise<T>): Promise<T> {
    // Apache Kafka's JVMs have profilers of their own.
    const processes = system.name.startsWith("kafka") ? [] : system.processes().filter(({ name }) => name !== "up");
    for (const { pid } of processes) process.kill(pid, "SIGUSR2");
    try {
      return await work();
    } finally {
      this.round++;
      for (const { name, pid } of processes) {
        process.kill(pid, "SIGUSR2");
        const parts = [step.workload, step.point.slice(0, 30), system.name, name, this.round];
        await this.keep(pid, join(this.folder, profileName(parts)));
      }
    }
  }

  private async keep(pid: number, path: string): Promise<void> {
    const written = join(this.folder, `${pid}.cpuprofile`);
    for (const deadline = Date.now() + writtenTimeoutMs; !existsSync(written); await delay(100)) {
      if (Date.now() > deadline) return this.say(`no profile of process ${pid} was written`);
    }
    // The file appears before it is whole.
    await delay(300);
    renameSync(written, path);
    this.say(path);
    for (const line of topOfProfile(readFileSync(path, "utf8"), linesShown)) this.say(line);
  }
}
