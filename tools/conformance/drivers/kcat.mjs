// Driver of kcat: a command-line program over the librdkafka of the Debian package.
import { spawn } from "node:child_process";
import { writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Collected, base64, drive, emit, records, streamRecords, task } from "./driver-kit.mjs";

const shared = ["-q", "-b", task.bootstrap, "-X", "client.id=conformance-kcat"];

function run(args, input) {
  return new Promise((resolve, reject) => {
    const child = spawn("kcat", args, { stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    child.on("exit", (code) =>
      code === 0 ? resolve(out) : reject(new Error(`kcat ${args.join(" ")}: status ${code}: ${err}`)),
    );
    if (input !== undefined) child.stdin.end(input);
  });
}

async function consumeWith(args) {
  const collected = new Collected();
  const child = spawn("kcat", [...shared.slice(1), "-J", "-u", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { key, payload, headers = [], partition, offset } = JSON.parse(line);
    const pairs = [];
    for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i], base64(headers[i + 1])]);
    collected.add({ key, value: payload, headers: pairs, partition, offset });
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    const assigned = /assigned: (.*)$/.exec(line);
    if (assigned)
      emit({ event: "assigned", partitions: [...assigned[1].matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])) });
    else if (/ERROR/.test(line)) emit({ event: "retry", error: line });
  });
  const exited = new Promise((resolve) => child.on("exit", resolve));
  const why = await collected.done();
  child.kill("SIGTERM");
  await exited;
  collected.flush();
  return { count: collected.count, why };
}

await drive({
  produce: async () => {
    // One call for each partition and set of headers, since kcat takes both as arguments.
    const groups = new Map();
    let acked = 0;
    for (const record of records()) {
      const id = JSON.stringify([record.partition, record.headers.map(([n, v]) => `${n}=${v}`)]);
      if (!groups.has(id)) groups.set(id, []);
      groups.get(id).push(record);
      acked++;
    }
    const folder = mkdtempSync(join(tmpdir(), "kcat-"));
    for (const [id, group] of groups) {
      const [partition, headers] = JSON.parse(id);
      const file = join(folder, "lines");
      writeFileSync(file, group.map(({ key, value }) => `${key ?? ""}\t${value ?? ""}\n`).join(""));
      await run([
        ...shared,
        "-P",
        "-t",
        task.topic,
        "-p",
        String(partition),
        "-K",
        "\t",
        "-Z",
        "-z",
        task.codec ?? "none",
        "-X",
        `acks=${task.acks ?? -1}`,
        "-X",
        "message.max.bytes=4000000",
        "-X",
        "linger.ms=20",
        ...headers.flatMap((header) => ["-H", header]),
        "-l",
        file,
      ]);
    }
    return { acked };
  },
  produceStream: () =>
    streamRecords(
      (value) =>
        run([...shared, "-P", "-t", task.topic, "-K", "\t", "-X", "enable.idempotence=true"], `${value}\t${value}\n`),
      2,
    ),
  consume: () => consumeWith(["-C", "-t", task.topic, "-o", "beginning"]),
  consumeGroup: () =>
    consumeWith([
      "-X",
      "auto.offset.reset=earliest",
      "-X",
      "session.timeout.ms=10000",
      "-X",
      "heartbeat.interval.ms=500",
      "-X",
      "auto.commit.interval.ms=200",
      "-G",
      task.group,
      task.topic,
    ]),
});
