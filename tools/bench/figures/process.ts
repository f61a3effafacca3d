import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Ticks of `/proc/<pid>/stat` a second; USER_HZ is 100 on every Linux of ours. */
const ticksPerSecond = 100;

/** CPU time that a process has taken so far: in user code and in the kernel for it. Unit: seconds. */
export function cpuSeconds(pid: number): number {
  // Behind the name, which may hold spaces: state is field 3, utime and stime are 14 and 15.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Process id of a role of a split cluster, by its name: `coordinator-101`. */
export function pidOfRole(dataDirectory: string, role: string): number {
  return Number(readFileSync(join(dataDirectory, "run", `${role}.pid`), "utf8"));
}

/** Memory that a process holds now. Unit: MB (10^6 bytes). */
export function rssMb(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return match ? (Number(match[1]) * 1024) / 1e6 : 0;
}
