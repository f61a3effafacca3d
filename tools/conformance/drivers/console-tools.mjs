// Driver of Kafka's own console tools: kafka-topics, kafka-console-producer, kafka-console-consumer,
// kafka-reassign-partitions, unmodified.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Collected, base64, drive, emit, records, streamRecords, task } from "./driver-kit.mjs";

const NULL = "<null>";
const java = (main, ...args) => [
  "-Xmx256m",
  "-cp",
  `${task.home}/*`,
  main,
  "--bootstrap-server",
  task.bootstrap,
  ...args,
];

function run(args, input) {
  return new Promise((resolve, reject) => {
    const child = spawn("java", args, { stdio: ["pipe", "pipe", "pipe"] });
    let out = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (out += data));
    child.on("exit", (code) =>
      code === 0 && !/ERROR|Exception/.test(out)
        ? resolve(out)
        : reject(new Error(`status ${code}: ${out.slice(-400)}`)),
    );
    child.stdin.end(input ?? "");
  });
}

async function consumeWith(extra) {
  const collected = new Collected();
  const print = ["key", "value", "headers", "partition", "offset"].flatMap((what) => [
    "--property",
    `print.${what}=true`,
  ]);
  const child = spawn(
    "java",
    java(
      "org.apache.kafka.tools.consumer.ConsoleConsumer",
      "--topic",
      task.topic,
      ...print,
      "--property",
      `null.literal=${NULL}`,
      "--property",
      "key.separator=\t",
      ...extra,
    ),
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const orNull = (text) => (text === NULL ? null : text);
  createInterface({ input: child.stdout }).on("line", (line) => {
    const match = /^Partition:(\d+)\tOffset:(\d+)\t([^\t]*)\t([^\t]*)\t(.*)$/.exec(line);
    if (!match) return;
    const headers = match[3] === "NO_HEADERS" ? [] : match[3].split(",").map((header) => header.split(":"));
    collected.add({
      partition: Number(match[1]),
      offset: match[2],
      headers: headers.map(([name, value]) => [name, base64(value)]),
      key: orNull(match[4]),
      value: orNull(match[5]),
    });
  });
  child.stderr.on("data", (data) => {
    if (/ERROR|Exception/.test(String(data))) emit({ event: "retry", error: String(data).slice(0, 300) });
  });
  const exited = new Promise((resolve) => child.on("exit", resolve));
  const why = await collected.done();
  child.kill("SIGTERM");
  await exited;
  collected.flush();
  return { count: collected.count, why };
}

const reassignment = (...args) => run(java("org.apache.kafka.tools.reassign.ReassignPartitionsCommand", ...args));

/** Moves partitions as `task.file` says, until the tool itself finds that all have arrived. */
async function reassign() {
  const plan = ["--reassignment-json-file", task.file];
  await reassignment(...plan, "--execute");
  for (;;) {
    const said = await reassignment(...plan, "--verify");
    if (!/still in progress/.test(said)) {
      const completed = said.match(/^Reassignment of partition \S+ is completed\.$/gm)?.length ?? 0;
      return { completed, listed: (await reassignment("--list")).trim().split("\n").pop() };
    }
  }
}

const groupCommand = (...args) =>
  run(
    java(
      "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
      "--timeout",
      "60000",
      "--group",
      task.group,
      ...args,
    ),
  );

/** What kafka-consumer-groups --describe says of each partition. */
async function lag() {
  const said = await groupCommand("--describe");
  const rows = said
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([group, topic]) => group === task.group && topic === task.topic);
  return {
    partitions: rows.map(([, , partition, current, end, lag]) => ({
      partition: Number(partition),
      current: Number(current),
      end: Number(end),
      lag: Number(lag),
    })),
  };
}

async function resetOffsets() {
  await groupCommand("--reset-offsets", "--topic", task.topic, "--to-offset", String(task.offset), "--execute");
  return {};
}

await drive({
  reassign,
  lag,
  resetOffsets,
  create: async () => {
    await run(
      java(
        "org.apache.kafka.tools.TopicCommand",
        "--create",
        "--topic",
        task.topic,
        "--partitions",
        String(task.partitions),
        "--replication-factor",
        String(task.replicationFactor),
      ),
    );
    return {};
  },
  produce: async () => {
    const all = [...records()];
    const lines = all.map(({ key, value, headers }) =>
      [headers.map(([name, header]) => `${name}:${header}`).join(",") || NULL, key ?? NULL, value ?? NULL].join("\t"),
    );
    const properties = [
      "parse.key=true",
      "parse.headers=true",
      `null.marker=${NULL}`,
      "key.separator=\t",
      "headers.delimiter=\t",
    ];
    await run(
      java(
        "org.apache.kafka.tools.ConsoleProducer",
        "--topic",
        task.topic,
        "--compression-codec",
        task.codec ?? "none",
        "--request-required-acks",
        String(task.acks ?? -1),
        "--producer-property",
        "max.request.size=4000000",
        ...properties.flatMap((property) => ["--property", property]),
      ),
      `${lines.join("\n")}\n`,
    );
    return { acked: all.length };
  },
  produceStream: () =>
    streamRecords(
      (value) =>
        run(
          java("org.apache.kafka.tools.ConsoleProducer", "--topic", task.topic, "--request-required-acks", "-1"),
          `${value}\n`,
        ),
      1,
    ),
  consume: () => consumeWith(["--from-beginning"]),
  consumeGroup: () => consumeWith(["--from-beginning", "--group", task.group]),
});
