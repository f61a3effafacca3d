// Writes what Kafka's own DumpLogSegments prints about the directories in testdata, one text file for each of runs.json:
//   node libs/offline/testdata/write-goldens.mjs CLASSPATH      (of kafka_2.13 4.1.1 and what it needs)
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const classPath = process.argv[2];
if (classPath === undefined) throw new Error("give the class path of kafka_2.13 4.1.1");
const runs = JSON.parse(readFileSync(join(here, "runs.json"), "utf8"));

for (const archive of readdirSync(here).filter((name) => name.endsWith(".tar.gz"))) {
  const dir = mkdtempSync(join(tmpdir(), "moldau-goldens-"));
  execFileSync("tar", ["-xzf", join(here, archive), "-C", dir]);
  const all = readdirSync(dir, { recursive: true })
    .map((name) => join(dir, name))
    .sort();
  const target = join(here, archive.replace(".tar.gz", ""));
  mkdirSync(target, { recursive: true });
  for (const { name, flags, files, without } of runs) {
    const chosen = all.filter((file) => RegExp(files).test(file) && !(without && RegExp(without).test(file)));
    if (chosen.length === 0) continue;
    const java = ["-Xmx256m", "-cp", classPath, "kafka.tools.DumpLogSegments", ...flags, "--files", chosen.join(",")];
    const { status, stdout, stderr } = spawnSync("java", java, { encoding: "utf8", maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`${archive} ${name}: status ${status}\n${stderr}`);
    const text = `--- stdout\n${stdout}--- stderr\n${stderr}`.replaceAll(`${dir}/`, "");
    writeFileSync(join(target, `${name}.txt`), text);
  }
  rmSync(dir, { recursive: true });
}
