// The twins of Kafka's tools (apps/cli) play the script of the tools in this process, against a cluster in this process, and print what
// Kafka's own tools printed against Apache Kafka. The same as processes of their own, with a table: `npm run conformance -- --cases twins`.
// MOLDAU_TWINS=1 lists every step with how long it took, and what differs.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster } from "../../../libs/testkit/src";
import { compareWithGoldens, comparisons } from "./compare.mjs";
import { start } from "./twins-in-process.mjs";
import { play, script } from "./play.mjs";
import { printToolTable } from "./table.mjs";

let cluster;
let dir;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "moldau-twins-"));
  cluster = await startCluster({
    brokers: 3,
    config: {
      "offsets.topic.num.partitions": "2",
      "offsets.topic.replication.factor": "1",
      "transaction.state.log.num.partitions": "2",
      "transaction.state.log.replication.factor": "1",
      "transaction.state.log.min.isr": "1",
    },
  });
}, 120_000);

afterAll(async () => {
  await cluster?.stop();
  rmSync(dir, { recursive: true, force: true });
});

it("print what Kafka's tools print", async () => {
  const say = process.env.MOLDAU_TWINS ? (line) => process.stderr.write(`${line}\n`) : undefined;
  const played = await play(script, { runner: { start }, bootstrap: cluster.bootstrap.join(","), dir, say });
  const results = compareWithGoldens(played, comparisons.twins);
  if (process.env.MOLDAU_TWINS) printToolTable(results, { verbose: true });
  expect(results.length).toBeGreaterThan(150);
  expect(results.filter(({ same, reason }) => !same && !reason).map(({ name }) => name)).toEqual([]);
}, 300_000);
