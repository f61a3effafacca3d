// npm run differential: the same requests to Apache Kafka and to Moldau, answers compared field by field.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ApiKey, readApiVersionsResponse, Reader, readResponseHeader } from "@moldau/protocol";
import { prepareReference, ReferenceCluster } from "../apache-kafka/reference.mjs";
import { Cluster, shapes } from "../conformance/cluster.mjs";
import { compare, explanationOf, type Explanation } from "./compare";
import { Connection } from "./connection";
import { Report } from "./report";
import { requestBytes } from "./request";
import { allScenarios } from "./scenarios/all";
import { type Exchange, Stage, type VersionRange } from "./stage";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "29500" },
    scenarios: { type: "string" },
    verbose: { type: "boolean", short: "v", default: false },
    out: { type: "string" },
    keep: { type: "boolean", default: false },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log(`The same requests to a real Apache Kafka and to Moldau, answers compared field by field.

  --scenarios a,b   which scenarios, by the beginning of their names (default all)
  --verbose         print every explained difference as well
  --out FILE        write every difference to a file, as JSON
  --port P          first of the ports that are used (default 29500)
  --keep            keep both clusters' data and logs, and say where

Examples:
  npm run differential
  npm run differential -- --scenarios "metadata,offsets"`);
  process.exit(0);
}

/** Both clusters are told the same; small, so that they start quickly, and without waits that only take time. */
const config = {
  "offsets.topic.num.partitions": "2",
  "offsets.topic.replication.factor": "1",
  "transaction.state.log.num.partitions": "2",
  "transaction.state.log.replication.factor": "1",
  "transaction.state.log.min.isr": "1",
  "group.initial.rebalance.delay.ms": "0",
};
/** What ApiVersions says as Produce's minimum, for librdkafka's sake, is not served. */
const firstProduce = 3;

async function servedBy(address: string): Promise<Map<number, VersionRange>> {
  const connection = new Connection(address);
  const outcome = await connection.send(requestBytes(ApiKey.ApiVersions, 2, {}, 1)!);
  connection.close();
  if (!("frame" in outcome)) throw new Error(`${address} does not answer ApiVersions`);
  const reader = new Reader(outcome.frame);
  readResponseHeader(reader, ApiKey.ApiVersions, 2);
  const { apiKeys } = readApiVersionsResponse(reader, 2);
  return new Map(apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, { min: minVersion, max: maxVersion }]));
}

async function commonVersions(addresses: string[]): Promise<Map<number, VersionRange>> {
  const [theirs, ours] = (await Promise.all(addresses.map(servedBy))) as [
    Map<number, VersionRange>,
    Map<number, VersionRange>,
  ];
  const common = new Map<number, VersionRange>();
  for (const [key, { min, max }] of theirs) {
    const own = ours.get(key);
    if (own === undefined) continue;
    const least = key === ApiKey.Produce ? firstProduce : 0;
    const range = { min: Math.max(min, own.min, least), max: Math.min(max, own.max) };
    if (range.min <= range.max) common.set(key, range);
  }
  return common;
}

/** One scenario on one cluster. A scenario that breaks off is recorded as such, for it must break off on both. */
async function play(stage: Stage, run: (stage: Stage) => Promise<void>): Promise<Exchange[]> {
  const from = stage.exchanges.length;
  await run(stage).catch((error: Error) => {
    process.stderr.write(`  ${stage.name}: ${error.stack}\n`);
    stage.exchanges.push({ api: "scenario", version: 0, label: "went through", answer: { error: error.message } });
  });
  return stage.exchanges.slice(from);
}

async function main(): Promise<number> {
  const missing = prepareReference((line) => process.stderr.write(`${line}\n`));
  if (missing !== undefined) {
    console.log(`SKIPPED comparison with Apache Kafka: ${missing}`);
    return 0;
  }
  const explanations = JSON.parse(readFileSync(join(__dirname, "explained.json"), "utf8")) as Explanation[];
  const port = Number(options.port);
  const dir = mkdtempSync(join(tmpdir(), "moldau-differential-"));
  const apache = new ReferenceCluster({ dir: join(dir, "apache"), port, options: config });
  const moldau = new Cluster(shapes.one, {
    dir: join(dir, "moldau"),
    port: port + 20,
    adminPort: port + 21,
    options: Object.entries(config).flatMap(([key, value]) => ["-o", `${key}=${value}`]),
  });
  const report = new Report(explanations);
  try {
    await Promise.all([apache.start(), moldau.start()]);
    const addresses = [apache.bootstrap, moldau.bootstrap];
    const versions = await commonVersions(addresses);
    const stages = [new Stage("apache", addresses[0]!, versions), new Stage("moldau", addresses[1]!, versions)];
    const wanted = options.scenarios?.split(",");
    for (const { name, run } of allScenarios) {
      if (wanted && !wanted.some((start) => name.startsWith(start))) continue;
      const [theirs, ours] = (await Promise.all(stages.map((stage) => play(stage, run)))) as [Exchange[], Exchange[]];
      const results = compare(theirs, ours);
      for (const { exchange, differences } of results) report.add(exchange, differences);
      const differing = results.filter(({ differences }) =>
        differences.some((each) => !explanationOf(each, explanations)),
      );
      process.stderr.write(`  ${name}: ${results.length} requests, ${differing.length} different\n`);
    }
    report.print({ versions, verbose: options.verbose, whole: wanted === undefined });
    if (options.out) writeFileSync(options.out, JSON.stringify(report.differences, null, 1));
    stages.forEach((stage) => stage.close());
    return report.isClean ? 0 : 1;
  } finally {
    await Promise.all([apache.stop(), moldau.stop()]);
    if (options.keep) process.stderr.write(`data and logs: ${dir}\n`);
    else rmSync(dir, { recursive: true, force: true });
  }
}

void main().then((status) => process.exit(status));
