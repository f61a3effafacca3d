// Starts run.ts with the source condition, so that it measures through the same codecs as the cluster.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const script = join(dirname(fileURLToPath(import.meta.url)), "run.ts");
const run = spawnSync(
  process.execPath,
  ["--import", "tsx", "--conditions", "@moldau/source", script, ...process.argv.slice(2)],
  {
    stdio: "inherit",
  },
);
process.exit(run.status ?? 1);
