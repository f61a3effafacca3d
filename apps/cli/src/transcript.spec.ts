// Every command as a person sees it, against a cluster in memory: testdata/transcript.txt is the expectation.
//   $ command line        | standard input, a line each (\n in a line is written \\n by the shell, not here)
//   output, then "! " lines of standard error, then "= N" where the exit status is not 0
// MOLDAU_TRANSCRIPT=write writes what was seen; read the difference before it is committed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unreachable } from "./errors";
import { run } from "./run";
import { FakeCluster } from "./testing/fake-cluster";
import { fakeTerminal } from "./testing/fake-terminal";

const path = join(__dirname, "../testdata/transcript.txt");

/** Words of a line as a shell would split them; single quotes only. */
function split(line: string): string[] {
  return [...line.matchAll(/(?:'([^']*)'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ""));
}

function clusterWithThings(): FakeCluster {
  const cluster = new FakeCluster();
  cluster.addTopic("orders", 2, [1, 2]).configs.set("retention.ms", "86400000");
  cluster.addTopic("__consumer_offsets", 1);
  cluster.append({
    topic: "orders",
    partition: 0,
    key: "a",
    value: "first",
    headers: [{ name: "n", value: Buffer.from("1") }],
  });
  cluster.append({ topic: "orders", partition: 0, value: null });
  cluster.append({ topic: "orders", partition: 1, key: "b", value: Buffer.of(0xff, 0xfe) });
  cluster.groups.set("billing", {
    groupId: "billing",
    type: "classic",
    state: "Stable",
    protocolType: "consumer",
    protocol: "range",
    coordinator: 101,
    members: [
      {
        memberId: "billing-1-aa",
        instanceId: null,
        clientId: "billing-1",
        host: "/127.0.0.1",
        assignment: [{ topic: "orders", partitions: [0, 1] }],
      },
    ],
    rebalances: [
      {
        startedAtMs: 1_699_999_990_000,
        reason: "member billing-1-aa joins",
        generation: 1,
        tookMs: 3_010,
        members: [{ memberId: "billing-1-aa", tookMs: 0 }],
        removed: [],
      },
      {
        startedAtMs: 1_700_000_099_000,
        reason: "member billing-2-bb failed: no heartbeat within its session",
        generation: 2,
        tookMs: 1_500,
        members: [{ memberId: "billing-1-aa", tookMs: 1_400 }],
        removed: ["billing-2-bb"],
      },
    ],
  });
  cluster.groups.set("old", {
    groupId: "old",
    type: "classic",
    state: "Empty",
    protocolType: "consumer",
    protocol: "",
    coordinator: 101,
    members: [],
    rebalances: [],
  });
  const commit = { topic: "orders", partition: 0, offset: 1, leaderEpoch: 0, metadata: "" };
  cluster.committed.set("billing", new Map([["orders-0", commit]]));
  cluster.committed.set("old", new Map([["orders-0", commit]]));
  const transaction = { coordinator: 102, producerEpoch: 3, timeoutMs: 60_000 };
  cluster.transactions.set("shipping-1", {
    ...transaction,
    transactionalId: "shipping-1",
    state: "Ongoing",
    producerId: 4000,
    startedAtMs: 1_700_000_088_000,
    partitions: [{ topic: "orders", partition: 0 }],
  });
  cluster.transactions.set("shipping-2", {
    ...transaction,
    transactionalId: "shipping-2",
    state: "CompleteCommit",
    producerId: 4001,
    startedAtMs: -1,
    partitions: [],
  });
  const producer = { topic: "orders", producerEpoch: 3, lastSequence: 7, coordinatorEpoch: -1 };
  const hour = 1_700_000_100_000 - 3_600_000;
  cluster.activeProducers = [
    { ...producer, partition: 0, producerId: 4000, lastTimestampMs: hour, transactionStartOffset: 0 },
    { ...producer, partition: 1, producerId: 4001, lastTimestampMs: hour, transactionStartOffset: 0 },
    { ...producer, partition: 1, producerId: 4002, lastTimestampMs: hour, transactionStartOffset: -1 },
  ];
  return cluster;
}

async function play(text: string): Promise<string> {
  let cluster = clusterWithThings();
  const out: string[] = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.startsWith("#") || line.startsWith("@")) {
      if (line.startsWith("#") && i > 0 && !lines[i - 1]!.startsWith("#")) out.push("");
      out.push(line);
      if (line === "@ fresh cluster") cluster = clusterWithThings();
      if (line === "@ a broker is gone") {
        cluster.nodes = [1, 3];
        cluster.topic("orders").isr = [1];
      }
      if (line === "@ orders has no leader") cluster.topic("orders").leader = -1;
      continue;
    }
    if (!line.startsWith("$ ")) continue;
    out.push("", line);
    let stdin = "";
    while (lines[i + 1]?.startsWith("| ")) {
      stdin += `${lines[++i]!.slice(2)}\n`;
      out.push(lines[i]!);
    }
    const nobody = line.includes(" --bootstrap nobody");
    const terminal = fakeTerminal(cluster, {
      stdin,
      files: { "saved.csv": "orders,0,2\norders,1,0\n", "bad.csv": "orders;0;2\n" },
      watched: line.includes(" 2>tty"),
      unreachable: nobody ? unreachable(["nobody:9092"], "connection refused") : undefined,
    });
    const code = await run(split(line.slice("$ moldau ".length).replace(" 2>tty", "")), terminal);
    out.push(...linesOf(terminal.out().toString("latin1")), ...linesOf(terminal.err()).map((said) => `! ${said}`));
    if (code !== 0) out.push(`= ${code}`);
  }
  return `${out.join("\n")}\n`;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

it("commands print what the transcript says", async () => {
  const expected = readFileSync(path, "utf8");
  const seen = await play(expected);
  if (process.env.MOLDAU_TRANSCRIPT === "write") writeFileSync(path, seen);
  else expect(seen).toBe(expected);
});
