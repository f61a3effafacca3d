// A whole import of what Apache Kafka 4.0.0 wrote; what a cluster makes of it is shown by apps/standalone.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { SeededRandom } from "@moldau/base";
import { imageOf, readMetadataRecord, unpackEntry } from "@moldau/metadata";
import { writeMetadataRecord } from "@moldau/protocol";
import { appendMetadata, copyOf, edit, put } from "../testing/kafka-node";
import { unpack } from "../testing/unpack";
import { type FileWays, nodeFileWays } from "./file-ways";
import { importCommand } from "./import-command";
import { lockHolder } from "./kafka-directory";
import { kafkaImageOf } from "./kafka-image";
import type { SeedQuorum } from "./lay-out";
import { readMetadataLog } from "./metadata-log";

let kafka: string;
let out: string;
const made: string[] = [];

beforeEach(() => {
  kafka = unpack("kafka-4.0.0");
  out = `${kafka}-out`;
  made.push(kafka, out, `${out}.importing`);
});
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

let ways: FileWays;
beforeEach(() => (ways = nodeFileWays));

async function run(...args: string[]): Promise<{ said: string; seeds: Parameters<SeedQuorum>[0][] }> {
  const seeds: Parameters<SeedQuorum>[0][] = [];
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  await importCommand(args, {
    out: stdout,
    err: stderr,
    random: new SeededRandom(7),
    nowMs: () => 0,
    ways,
    seedQuorum: async (seed) => void seeds.push(seed),
  });
  return { said: String(stdout.read() ?? ""), seeds };
}

const filesBelow = (path: string) =>
  (readdirSync(path, { recursive: true }) as string[]).filter((name) => statSync(join(path, name)).isFile()).sort();
const fingerprint = (path: string) =>
  filesBelow(path).map((name) => {
    const { mtimeMs, size } = statSync(join(path, name));
    return `${name} ${size} ${mtimeMs} ${createHash("sha256")
      .update(readFileSync(join(path, name)))
      .digest("hex")}`;
  });

it("reads the metadata: snapshot and log, no deleted topic, nobody leads after a stop in order", () => {
  const { image, security } = kafkaImageOf(readMetadataLog(join(kafka, "__cluster_metadata-0")));
  expect([image.offset, image.epoch]).toEqual([102, 1]);
  expect(security.size).toBe(0);
  expect([...image.topicsByName.keys()].sort()).toEqual([
    "__consumer_offsets",
    "__transaction_state",
    "append-time",
    "codec-gzip",
    "codec-lz4",
    "codec-none",
    "codec-snappy",
    "codec-zstd",
    "compacted",
    "empty",
    "trimmed",
    "txn",
  ]);
  expect(image.topicsByName.get("txn")!.partitions[1]).toMatchObject({
    replicas: [1],
    isr: [1],
    leader: -1,
    leaderEpoch: 1,
  });
  expect(Object.fromEntries(image.configs(2, "compacted"))).toMatchObject({
    "cleanup.policy": "compact",
    "segment.bytes": "1200",
  });
  expect(Object.fromEntries(image.configs(4, "1"))).toEqual({ "message.max.bytes": "2000000" });
  expect(image.producerIds.nextProducerId).toBe(1000);
  expect(image.clientQuotas.size).toBe(2);
});

it("imports: files in their places, closed segments linked, the source untouched", async () => {
  const before = fingerprint(kafka);
  const { said, seeds } = await run("--kafka-data", kafka, "--data-dir", out, "--link");
  expect(fingerprint(kafka)).toEqual(before);
  expect(said.split("\n").slice(0, 5)).toEqual([
    "cluster MkU3OEVBNTcwNTJENDM2Qg, metadata up to offset 102 of epoch 1",
    `node 1: 25 partitions from ${kafka} (Kafka's node 1)`,
    "12 topics, 25 partitions, 21 dynamic configurations, 2 client quotas, next producer id 1000",
    "features: metadata.version 25, group.version 1, transaction.version 2",
    "to copy: 21.7 KiB; to link: 3.3 KiB",
  ]);
  expect(said).toContain(`start it: moldau up --data ${out}\n`);
  const broker = join(out, "broker-1");
  for (const name of filesBelow(kafka).filter(
    (each) => /^[a-z_]+(-[a-z]+)?-\d+\//.test(each) && !each.startsWith("__cluster"),
  )) {
    expect(readFileSync(join(broker, name)).equals(readFileSync(join(kafka, name)))).toBe(true);
  }
  const linked = filesBelow(broker).filter((name) => statSync(join(broker, name)).nlink > 1);
  const closed = ["compacted-0/0", "compacted-0/39", "trimmed-0/28", "trimmed-0/37", "trimmed-0/46"];
  expect(linked).toEqual(closed.map((each) => each.replace(/\d+$/, (base) => `${base.padStart(20, "0")}.log`)));
  expect(linked.every((name) => statSync(join(kafka, name)).ino === statSync(join(broker, name)).ino)).toBe(true);
  expect(readFileSync(join(broker, "log-start-offset-checkpoint"), "utf8")).toBe("0\n1\ntrimmed 0 33\n");
  expect(readFileSync(join(broker, ".kafka_cleanshutdown"), "utf8")).toBe('{"version":0,"brokerEpoch":-1}');
  expect(readFileSync(join(broker, "meta.properties"), "utf8")).toContain("cluster.id=MkU3OEVBNTcwNTJENDM2Qg");
  expect(existsSync(`${out}.importing`)).toBe(false);
  expect(seeds).toMatchObject([
    { nodeId: 201, voters: [201], offset: 102, epoch: 1, clusterId: "MkU3OEVBNTcwNTJENDM2Qg" },
  ]);
  const image = imageOf(unpackEntry(seeds[0]!.snapshot).map(readMetadataRecord), { offset: 102, epoch: 1 });
  expect(image.topicsByName.size).toBe(12);
  expect(image.topicsByName.get("__consumer_offsets")!.partitions).toHaveLength(4);
});

it("copies everything where that is wanted, for three controllers and with Kafka's ids", async () => {
  const { said, seeds } = await run(
    "--kafka-data",
    kafka,
    "--data-dir",
    out,
    "--copy",
    "--controllers",
    "3",
    "--keep-node-ids",
  );
  expect(said).toContain("to link: 0 B");
  expect(filesBelow(join(out, "broker-1")).every((name) => statSync(join(out, "broker-1", name)).nlink === 1)).toBe(
    true,
  );
  expect(seeds.map(({ nodeId }) => nodeId)).toEqual([201, 202, 203]);
  expect(seeds[2]!.voters).toEqual([201, 202, 203]);
});

it("takes a checkpoint file that Kafka made and never wrote, and refuses one that is torn", async () => {
  writeFileSync(join(kafka, "cleaner-offset-checkpoint"), "");
  await run("--kafka-data", kafka, "--data-dir", out);
  expect(readFileSync(join(out, "broker-1", "cleaner-offset-checkpoint"), "utf8")).toBe("0\n0\n");
  rmSync(out, { recursive: true });
  writeFileSync(join(kafka, "recovery-point-offset-checkpoint"), "0\n7\ntxn 0 1\n");
  await expect(run("--kafka-data", kafka, "--data-dir", out)).rejects.toThrow(
    "recovery-point-offset-checkpoint is damaged",
  );
});

describe("where the file system", () => {
  const fails = () => Promise.reject(Object.assign(new Error("no such thing here"), { code: "ENOTSUP" }));
  const nowhere = () => expect([existsSync(out), existsSync(`${out}.importing`)]).toEqual([false, false]);

  it("neither clones nor links, closed segments are copied, and that is said before", async () => {
    ways = { ...nodeFileWays, clone: fails, link: fails };
    const { said } = await run("--kafka-data", kafka, "--data-dir", out);
    expect(said).toContain(`note: the file system neither clones nor links files of ${kafka}; they are copied\n`);
    expect(said).toContain("note: to copy: 25.0 KiB\n");
    const segment = "compacted-0/00000000000000000000.log";
    const copied = readFileSync(join(out, "broker-1", segment));
    expect(copied.equals(readFileSync(join(kafka, segment)))).toBe(true);
    expect(statSync(join(out, "broker-1", segment)).nlink).toBe(1);
    expect(readdirSync(out)).not.toContain(".trial");
  });

  it("links no further in the middle, the rest is copied", async () => {
    let links = 0;
    ways = { ...nodeFileWays, clone: fails, link: (from, to) => (++links > 3 ? fails() : nodeFileWays.link(from, to)) };
    await run("--kafka-data", kafka, "--data-dir", out);
    const broker = join(out, "broker-1");
    // One of the three was the trial.
    expect(filesBelow(broker).filter((name) => statSync(join(broker, name)).nlink > 1)).toHaveLength(2);
  });

  it("does not link, an import that must is refused, and nothing is made", async () => {
    ways = { ...nodeFileWays, link: fails };
    await expect(run("--kafka-data", kafka, "--data-dir", out, "--link")).rejects.toThrow("gives files of");
    nowhere();
  });

  it("has not enough room, it is refused before anything is copied", async () => {
    ways = { ...nodeFileWays, freeBytes: () => Promise.resolve(16 * 1024 * 1024 + 22_000) };
    await expect(run("--kafka-data", kafka, "--data-dir", out, "--copy")).rejects.toThrow(
      "has room for 16.0 MiB, and 16.0 MiB are needed; make room",
    );
    nowhere();
    // What is linked takes no room, and neither does what is cloned.
    ways = { ...ways, freeBytes: () => Promise.resolve(16 * 1024 * 1024 + 23_000) };
    await run("--kafka-data", kafka, "--data-dir", out, "--link");
    rmSync(out, { recursive: true });
    ways = { ...ways, clone: (from, to) => copyFile(from, to), freeBytes: () => Promise.resolve(16 * 1024 * 1024) };
    await run("--kafka-data", kafka, "--data-dir", out, "--copy");
  });
});

it("does nothing in a dry run", async () => {
  const { said, seeds } = await run("--kafka-data", kafka, "--data-dir", out, "--dry-run");
  expect(said).toContain("nothing was done (--dry-run)");
  expect(seeds).toEqual([]);
  expect(existsSync(out)).toBe(false);
});

it("takes a killed broker's directory without the indexes that it was writing, and without its marker", async () => {
  rmSync(join(kafka, ".kafka_cleanshutdown"));
  await expect(run("--kafka-data", kafka, "--data-dir", out)).rejects.toThrow("--unclean");
  await run("--kafka-data", kafka, "--data-dir", out, "--unclean");
  const broker = join(out, "broker-1");
  expect(existsSync(join(broker, ".kafka_cleanshutdown"))).toBe(false);
  expect(filesBelow(join(broker, "codec-none-0"))).toEqual(
    filesBelow(join(kafka, "codec-none-0")).filter((name) => !name.endsWith("index")),
  );
  expect(filesBelow(join(broker, "trimmed-0"))).toContain(`${"28".padStart(20, "0")}.index`);
});

it("leaves out what a metadata transaction did that was aborted or never ended", () => {
  const name = (featureLevel: number) =>
    writeMetadataRecord("FeatureLevelRecord", { name: "group.version", featureLevel });
  const begin = writeMetadataRecord("BeginTransactionRecord", {});
  const abort = writeMetadataRecord("AbortTransactionRecord", {});
  appendMetadata(kafka, 102, [begin, name(5), abort, begin, name(6)]);
  const log = join(kafka, "__cluster_metadata-0");
  const read = kafkaImageOf(readMetadataLog(log)).image;
  expect([read.offset, read.features.get("group.version")]).toEqual([107, 1]);
});

it("reads the whole log where no snapshot is whole, and refuses a log whose beginning is gone", () => {
  const log = join(kafka, "__cluster_metadata-0");
  const whole = kafkaImageOf(readMetadataLog(log)).image;
  const newest = join(log, "00000000000000000059-0000000001.checkpoint");
  writeFileSync(newest, readFileSync(newest).subarray(0, 3000), { mode: 0o644 });
  expect(kafkaImageOf(readMetadataLog(log)).image.topicsByName).toEqual(whole.topicsByName);
  for (const name of readdirSync(log)) if (name.endsWith(".checkpoint")) rmSync(join(log, name));
  put(join(log, "00000000000000000050.log"), readFileSync(join(log, "00000000000000000000.log")));
  rmSync(join(log, "00000000000000000000.log"));
  expect(() => readMetadataLog(log)).toThrow("the log begins at 50, and no whole snapshot reaches so far");
});

describe("refuses with a line that says what to do", () => {
  const refusal = (...args: string[]) =>
    run("--data-dir", out, ...args).then(
      () => "done",
      (error: Error) => error.message,
    );

  it("what is no log directory", async () => {
    expect(await refusal("--kafka-data", `${kafka}/nowhere`)).toContain("there is no such directory");
    expect(await refusal("--kafka-data", join(kafka, "txn-0"))).toContain("no meta.properties");
  });

  it("ZooKeeper's times", async () => {
    writeFileSync(join(kafka, "meta.properties"), "broker.id=0\nversion=0\ncluster.id=abc\n");
    expect(await refusal("--kafka-data", kafka)).toContain("migrate that cluster to KRaft first");
  });

  it("a directory without the metadata log", async () => {
    rmSync(join(kafka, "__cluster_metadata-0"), { recursive: true });
    expect(await refusal("--kafka-data", kafka)).toContain("give the metadata.log.dir of a broker or controller too");
  });

  it("message format v1", async () => {
    const old = Buffer.alloc(61);
    old.writeInt32BE(49, 8);
    old.writeInt8(1, 16);
    put(join(kafka, "empty-0", "00000000000000000000.log"), old);
    expect(await refusal("--kafka-data", kafka)).toMatch(/empty-0\/0{20}\.log has messages in format v1/);
  });

  it("ACLs and credentials", async () => {
    const acl = { id: "AAAAAAAAAAAAAAAAAAAAAQ", resourceName: "*", principal: "User:a", host: "*" };
    appendMetadata(kafka, 102, [
      writeMetadataRecord("AccessControlEntryRecord", acl),
      writeMetadataRecord("AccessControlEntryRecord", { ...acl, id: "AAAAAAAAAAAAAAAAAAAAAg" }),
      writeMetadataRecord("RemoveAccessControlEntryRecord", { id: acl.id }),
    ]);
    expect(await refusal("--kafka-data", kafka)).toContain("the cluster has 1 ACLs");
    expect(await refusal("--kafka-data", kafka, "--without-security")).toBe("done");
  });

  it("a data directory with something in it, and what an interrupted import left", async () => {
    put(join(out, "x"), "");
    expect(await refusal("--kafka-data", kafka)).toContain("is not empty");
    rmSync(out, { recursive: true });
    mkdirSync(out);
    mkdirSync(`${out}.importing`);
    expect(await refusal("--kafka-data", kafka)).toContain("what an interrupted import left; remove it");
    rmSync(`${out}.importing`, { recursive: true });
    expect(await refusal("--kafka-data", kafka)).toBe("done");
  });

  it("missing and contradicting options", async () => {
    expect(await refusal()).toContain("--kafka-data is missing");
    expect(await refusal("--kafka-data", kafka, "--copy", "--link")).toMatch(/--link.*--copy|--copy.*--link/);
    expect(await refusal("--kafka-data", kafka, "--controllers", "2")).toContain("1, 3 or 5");
  });

  it("brokers of two clusters", async () => {
    const other = copyOf(kafka, "two");
    made.push(other);
    edit(join(other, "meta.properties"), /cluster\.id=.*/, "cluster.id=AAAAAAAAAAAAAAAAAAAAAw");
    expect(await refusal("--kafka-data", `${kafka},${other}`)).toContain("import one cluster at a time");
  });
});

it("finds who holds a lock", () => {
  const locks =
    "1: POSIX  ADVISORY  WRITE 4242 fd:01:987 0 EOF\n2: FLOCK  ADVISORY  WRITE 7 00:2f:12 0 EOF\n3: POSIX  ADVISORY  READ  9 fd:01:55 0 EOF\n";
  expect([987, 12, 55, 1].map((inode) => lockHolder(locks, inode))).toEqual([4242, 7, undefined, undefined]);
});
