import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, totalmem } from "node:os";
import { readFileSync } from "node:fs";
import { fillAndFree } from "./figures/pages";

const said = (command: string, args: string[]): string | undefined => {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
};

/**
 * What the page cache costs: at first, and in pages that were freed just now. They differ where free memory is not this machine's
 * own (a virtual machine gives it to its host), and then much of what a run measures is luck.
 */
function pageCache(dir: string): string {
  const first = fillAndFree(dir, 512e6);
  const again = fillAndFree(dir, 256e6);
  return `${first.toFixed(2)} CPU-s/GB at first, ${again.toFixed(2)} in pages that were freed just before`;
}

/** What a reader of figures has to know of the machine that they come from. `dir`: where the systems keep their logs. */
export function machine(dir: string): Record<string, string> {
  const all = cpus();
  const mount = said("findmnt", ["-n", "-o", "SOURCE,FSTYPE", "-T", dir])?.replace(/\s+/g, " ");
  const name = mount?.match(/\/dev\/(\w+)/)?.[1];
  const model = name === undefined ? undefined : said("lsblk", ["-d", "-n", "-o", "MODEL,ROTA,SIZE", `/dev/${name}`]);
  let distribution = "";
  try {
    distribution = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "";
  } catch {
    // Not a distribution that says its name.
  }
  return {
    CPU: `${all[0]?.model.trim() ?? "?"}, ${all.length} cores`,
    Memory: `${(totalmem() / 1e9).toFixed(0)} GB`,
    Kernel: `${release()} (${distribution})`,
    Disk: [mount ?? "?", model?.replace(/\s+/g, " ")].filter(Boolean).join("; model, rotational, size: "),
    "Writes into the page cache, 64 KB": pageCache(dir),
    Node: process.version,
    JVM: said("java", ["--version"])?.split("\n")[1] ?? "none",
    "Load average before": loadavg()
      .map((load) => load.toFixed(1))
      .join(" "),
  };
}
