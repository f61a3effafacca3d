import type { ProcessFigures } from "../measurement";
import type { System } from "../systems/system";
import { cpuSeconds, rssMb } from "./process";

/** What a system and the generator took while something ran. */
export interface Metered<T> {
  result: T;
  processes: ProcessFigures[];
  /** Of all its processes. */
  systemCpuSeconds: number;
  /** Of this process: the generator. */
  generatorCpuSeconds: number;
  rssMb: number;
}

/** CPU time of the system's processes and of this one while `work` runs; memory at its end. */
export async function metered<T>(system: System, work: () => Promise<T>): Promise<Metered<T>> {
  const processes = system.processes();
  const before = processes.map(({ pid }) => cpuSeconds(pid));
  const own = process.cpuUsage();
  const result = await work();
  const { user, system: kernel } = process.cpuUsage(own);
  const figures = processes.map(({ name, pid }, i) => ({
    name,
    cpuSeconds: cpuSeconds(pid) - before[i]!,
    rssMb: rssMb(pid),
  }));
  return {
    result,
    processes: figures,
    systemCpuSeconds: figures.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    generatorCpuSeconds: (user + kernel) / 1e6,
    rssMb: figures.reduce((sum, { rssMb }) => sum + rssMb, 0),
  };
}

/** Memory of all processes of a system now. */
export const rssOf = (system: System): number => system.processes().reduce((sum, { pid }) => sum + rssMb(pid), 0);

/** CPU time of all processes of a system so far. */
export const cpuOf = (system: System): number => system.processes().reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
