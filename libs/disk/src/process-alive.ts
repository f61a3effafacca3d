import { readFileSync } from "node:fs";
import { errnoOf } from "./errno";

/**
 * Whether a process of this machine runs. One that was killed and that nobody has waited for yet still has its pid, under an init
 * that does not reap for ever: it holds no file and does not count.
 */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is one, too.
    if (errnoOf(error) !== "EPERM") return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The state follows the name, which may hold spaces and parentheses.
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    // No /proc on this system, or the process has ended just now, which the next look finds out.
    return true;
  }
}
