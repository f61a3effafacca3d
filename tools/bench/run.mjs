// Starts a measurement with the source condition, so that it measures through the same codecs as the cluster:
//   npm run bench                     main.ts: Moldau's shapes and Apache Kafka, the goals
//   npm run bench -- groups …         groups.ts: heartbeats of many groups, takeover of a coordinator
//   npm run bench -- compaction …     compaction.ts: produce and fetch while another partition is compacted
//   npm run bench -- recovery …       recovery.ts: the start after kill -9, produce and fetch while another broker recovers
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [first = "", ...rest] = process.argv.slice(2);
const others = { groups: "groups.ts", compaction: "compaction.ts", recovery: "recovery.ts" };
const [script, args] = first in others ? [others[first], rest] : ["main.ts", process.argv.slice(2)];
const path = join(dirname(fileURLToPath(import.meta.url)), script);
const child = spawn(process.execPath, ["--import", "tsx", "--conditions", "@moldau/source", path, ...args], {
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
