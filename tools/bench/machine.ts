import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, totalmem } from "node:os";
import { readFileSync } from "node:fs";

const said = (command: string, args: string[]): string | undefined => {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
};

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
    Node: process.version,
    JVM: said("java", ["--version"])?.split("\n")[1] ?? "none",
    "Load average before": loadavg()
      .map((load) => load.toFixed(1))
      .join(" "),
  };
}
