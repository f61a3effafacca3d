import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kafkaErrorName, type NodeId, type Uuid } from "@moldau/base";
import { record } from "@moldau/metadata";
import { batchesOf, buildBatch } from "@moldau/record-batch";
import { appendOf, eventually, noContext, readOf, TestCluster } from "./testing/test-cluster";

const RATE = "replica.alter.log.dirs.io.max.bytes.per.second";

let cluster: TestCluster;
/** Of broker 1. */
let a: string;
let b: string;
let topic: Uuid;

beforeEach(() => {
  cluster = new TestCluster();
  a = cluster.directory("a");
  b = cluster.directory("b");
});
afterEach(() => cluster.stop());

/** Starts broker 1 on both directories, with a topic of one partition in `a`. */
async function start(nodes: NodeId[] = [1], configs: Record<string, string> = {}): Promise<void> {
  await cluster.startBroker(1, [a, b]);
  for (const nodeId of nodes.slice(1)) await cluster.startBroker(nodeId);
  expect(await alter(a)).toBe("REPLICA_NOT_AVAILABLE");
  topic = cluster.createTopic("orders", 1, nodes, configs);
  await eventually(async () => expect(await places()).toEqual([[a, "current"]]));
}

async function alter(path: string, { topicName = "orders", partition = 0 } = {}): Promise<string> {
  const replicas = [{ path, topicName, partition }];
  const { errorCodes } = await cluster.broker(1).alterReplicaLogDirs({ replicas }, noContext);
  return kafkaErrorName(errorCodes[0]!);
}

async function append(nodeId: NodeId, bytes = 100, records = 1): Promise<number | string> {
  const value = { value: Buffer.alloc(bytes, 1), timestamp: 1_700_000_000_000 };
  const batch = buildBatch({ records: Array.from({ length: records }, () => value) });
  const [result] = (await cluster.broker(nodeId).append(appendOf(topic, batch), noContext)).partitions;
  return result!.errorCode === 0 ? result!.baseOffset : kafkaErrorName(result!.errorCode);
}

/** Base offsets of everything in the partition, through the broker. */
async function offsets(nodeId: NodeId): Promise<number[] | string> {
  const found: number[] = [];
  for (let fetchOffset = 0; ;) {
    const [result] = (await cluster.broker(nodeId).read(readOf(topic, { fetchOffset }), noContext)).partitions;
    if (result!.errorCode !== 0) return kafkaErrorName(result!.errorCode);
    const headers = [...batchesOf(Buffer.concat(result!.records))].map(({ header }) => header);
    if (headers.length === 0) return found;
    found.push(...headers.map(({ baseOffset }) => baseOffset));
    fetchOffset = headers.at(-1)!.baseOffset + headers.at(-1)!.lastOffsetDelta + 1;
  }
}

async function replicas() {
  const { dirs } = await cluster.broker(1).describeLogDirs({ topicIds: [] }, noContext);
  return dirs.flatMap(({ path, replicas }) => replicas.map((replica) => ({ path, ...replica })));
}
const places = async () => (await replicas()).map(({ path, isFuture }) => [path, isFuture ? "future" : "current"]);
const movedTo = (path: string) => eventually(async () => expect(await places()).toEqual([[path, "current"]]));

/** How fast copies go, while the brokers run. */
const setRate = (bytesPerSecond: number) =>
  cluster.apply([
    record("ConfigRecord", { resourceType: 4, resourceName: "", name: RATE, value: String(bytesPerSecond) }),
  ]);

const live = (directory: string) => readdirSync(directory).filter((name) => /^orders-0(\..*-future)?$/.test(name));

describe("a replica that moves between directories", () => {
  it("is produced to and read from all the while, and lies in the new one afterwards, also for the controller", async () => {
    await start();
    for (let i = 0; i < 20; i++) expect(await append(1, 100_000)).toBe(i);
    expect(await alter(b)).toBe("NONE");
    let next = 20;
    for (let moved = false; !moved;) {
      for (let i = 0; i < 10; i++) expect(await append(1, 1_000)).toBe(next++);
      moved = (await places()).every(([path]) => path === b);
    }
    for (let i = 0; i < 5; i++) expect(await append(1)).toBe(next++);
    expect(await offsets(1)).toEqual(Array.from({ length: next }, (_, i) => i));
    expect(cluster.image.partition(topic, 0)!.directories).toHaveLength(1);
    await cluster.stopBroker(1);
    expect(live(a)).toEqual([]);
    expect(live(b)).toEqual(["orders-0"]);
    await cluster.startBroker(1, [a, b]);
    expect(await places()).toEqual([[b, "current"]]);
    expect(await append(1)).toBe(next);
    expect(await alter(a)).toBe("NONE");
    await movedTo(a);
    expect(await offsets(1)).toHaveLength(next + 1);
  });

  it("goes no faster than it may, says how far it is, and goes on after a restart and a kill", async () => {
    await start();
    for (let i = 0; i < 12; i++) await append(1, 500_000);
    setRate(1);
    expect(await alter(b)).toBe("NONE");
    await eventually(async () => {
      const copy = (await replicas()).find(({ isFuture }) => isFuture)!;
      expect(copy.sizeBytes).toBeGreaterThan(0);
      expect(copy).toMatchObject({ path: b, topicName: "orders", partition: 0 });
      expect(copy.offsetLag).toBeGreaterThan(0);
    });
    const lag = (await replicas()).find(({ isFuture }) => isFuture)!.offsetLag;
    await append(1, 10);
    expect((await replicas()).find(({ isFuture }) => isFuture)!.offsetLag).toBe(lag + 1);
    expect(await alter(b)).toBe("NONE");
    await cluster.stopBroker(1);
    await cluster.startBroker(1, [a, b]);
    expect(new Set((await places()).map(([, state]) => state))).toEqual(new Set(["current", "future"]));
    const [killedA, killedB] = cluster.crashImage(1);
    await cluster.stopBroker(1);
    await cluster.startBroker(1, [killedA!, killedB!]);
    expect((await places()).map(([, state]) => state)).toContain("future");
    setRate(1e9);
    await movedTo(killedB!);
    expect(await offsets(1)).toEqual(Array.from({ length: 13 }, (_, i) => i));
  });

  it("stays where it is when it is asked to, and goes elsewhere when the plan changes", async () => {
    await cluster.startBroker(1, [a, b, cluster.directory("c")]);
    await alter(a);
    topic = cluster.createTopic("orders", 1, [1]);
    await eventually(async () => expect(await places()).toEqual([[a, "current"]]));
    for (let i = 0; i < 6; i++) await append(1, 500_000);
    setRate(1);
    expect(await alter(b)).toBe("NONE");
    expect(await alter(a)).toBe("NONE");
    expect(await places()).toEqual([[a, "current"]]);
    await eventually(() => expect(live(b)).toEqual([]));
    expect(await alter(b)).toBe("NONE");
    expect(await alter(cluster.directory("c"))).toBe("NONE");
    expect((await replicas()).filter(({ isFuture }) => isFuture).map(({ path }) => path)).toEqual([
      cluster.directory("c"),
    ]);
    setRate(1e9);
    await movedTo(cluster.directory("c"));
    expect(await offsets(1)).toHaveLength(6);
  });

  it("is cut back and written anew by a new leader meanwhile, and the copy with it", async () => {
    await start([1, 2]);
    for (let i = 0; i < 6; i++) expect(await append(1, 400_000)).toBe(i);
    await eventually(async () => expect(await offsets(1)).toHaveLength(6));
    // The follower is cut off; what the leader alone has is copied, and lost with its leadership.
    cluster.nodes.get(2)!.reachable = false;
    cluster.nodes.get(1)!.reachable = false;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { service } = cluster.nodes.get(1)!;
    const alone = buildBatch({ records: [{ value: Buffer.from("alone"), timestamp: 0 }] });
    for (let i = 0; i < 5; i++) await service.append(appendOf(topic, alone.slice(), { acks: 1 }), noContext);
    setRate(1);
    await service.alterReplicaLogDirs({ replicas: [{ path: b, topicName: "orders", partition: 0 }] }, noContext);
    setRate(1e9);
    // Held where it is: the controller does not take the new directory.
    cluster.elect(topic, 0, 2, [2]);
    cluster.nodes.get(2)!.reachable = true;
    for (let i = 6; i < 9; i++) expect(await append(2)).toBe(i);
    cluster.nodes.get(1)!.reachable = true;
    await eventually(() => expect([...cluster.image.partition(topic, 0)!.isr].sort()).toEqual([1, 2]));
    await movedTo(b);
    cluster.elect(topic, 0, 1);
    expect(await append(1)).toBe(9);
    expect(await offsets(1)).toEqual(Array.from({ length: 10 }, (_, i) => i));
    await eventually(async () => expect(await offsets(1)).toEqual(await offsets(1)));
  });

  it("is deleted with its copy, and its name can be used again", async () => {
    await start();
    for (let i = 0; i < 6; i++) await append(1, 400_000);
    setRate(1);
    expect(await alter(b)).toBe("NONE");
    cluster.apply([record("RemoveTopicRecord", { topicId: topic })]);
    await eventually(() => expect([live(a), live(b)]).toEqual([[], []]));
    await alter(b);
    topic = cluster.createTopic("orders", 1, [1]);
    expect(await append(1)).toBe(0);
    expect(await places()).toEqual([[b, "current"]]);
  });

  it("is refused where that cannot be", async () => {
    await start();
    expect(await alter("/nowhere")).toBe("LOG_DIR_NOT_FOUND");
    expect(await alter(b, { topicName: "t".repeat(240) })).toBe("INVALID_TOPIC_EXCEPTION");
    expect(await alter(b, { partition: 7 })).toBe("REPLICA_NOT_AVAILABLE");
    expect(await alter(a)).toBe("NONE");
    rmSync(b, { recursive: true });
    writeFileSync(b, "no directory");
    await cluster.nodes
      .get(1)!
      .service.alterReplicaLogDirs({ replicas: [{ path: b, topicName: "orders", partition: 0 }] }, noContext);
    await eventually(async () => expect(await alter(b)).toBe("KAFKA_STORAGE_ERROR"));
    expect(await append(1)).toBe(0);
  });
});

describe("a start", () => {
  it("gives the copy the log's place where a kill came in the middle of the swap", async () => {
    await start();
    for (let i = 0; i < 5; i++) await append(1);
    expect(await alter(b)).toBe("NONE");
    await movedTo(b);
    await cluster.stopBroker(1);
    // Back to the moment when the log was given up and the copy had not got its name yet.
    const hex = "0123456789abcdef".repeat(2);
    renameSync(join(b, "orders-0"), join(b, `orders-0.${hex}-future`));
    await cluster.startBroker(1, [a, b]);
    expect(await offsets(1)).toEqual([0, 1, 2, 3, 4]);
    expect(await places()).toEqual([[b, "current"]]);
    expect(await append(1)).toBe(5);
  });

  it("deletes the copy of a replica that the cluster has taken away meanwhile", async () => {
    await start();
    for (let i = 0; i < 6; i++) await append(1, 400_000);
    setRate(1);
    await alter(b);
    await cluster.stopBroker(1);
    cluster.apply([record("RemoveTopicRecord", { topicId: topic })]);
    await cluster.startBroker(1, [a, b]);
    await eventually(() => expect([live(a), live(b)]).toEqual([[], []]));
    expect(readdirSync(a).filter((name) => name.endsWith("-stray"))).toHaveLength(1);
  });

  it("without the directory that a replica lies in makes no empty one elsewhere, and goes on with the others", async () => {
    await start();
    for (let i = 0; i < 5; i++) await append(1);
    await eventually(() => expect(cluster.image.partition(topic, 0)!.directories).toHaveLength(1));
    const known = cluster.image.partition(topic, 0)!.directories;
    await cluster.stopBroker(1);
    cluster.failing = (_operation, path) => (path.startsWith(a) ? "EIO" : undefined);
    await cluster.startBroker(1, [a, b]);
    expect(await append(1)).toBe("KAFKA_STORAGE_ERROR");
    expect(live(b)).toEqual([]);
    expect(cluster.image.partition(topic, 0)!.directories).toEqual(known);
    expect(await alter(b)).toBe("KAFKA_STORAGE_ERROR");
    const lost = topic;
    topic = cluster.createTopic("others", 1, [1]);
    expect(await append(1)).toBe(0);
    await cluster.stopBroker(1);
    cluster.failing = () => undefined;
    await cluster.startBroker(1, [a, b]);
    topic = lost;
    expect(await append(1)).toBe(5);
  });

  it("without any directory that works is refused, and says why", async () => {
    cluster.failing = () => "EIO";
    await expect(cluster.startBroker(1, [a, b])).rejects.toThrow(/the log directory .*a is offline: .*EIO/);
  });
});

describe("a directory that fails", () => {
  const knownDirectory = async (): Promise<readonly Uuid[]> => {
    await eventually(() => expect(cluster.image.partition(topic, 0)!.directories).toHaveLength(1));
    return cluster.image.partition(topic, 0)!.directories;
  };

  it("while a replica leaves it takes the replica with it, and the controller hears that it did not get away", async () => {
    await start();
    await append(1);
    const known = await knownDirectory();
    cluster.failing = (operation, path) => (operation === "rename" && path === join(a, "orders-0") ? "EIO" : undefined);
    expect(await alter(b)).toBe("NONE");
    await eventually(async () => expect(await append(1)).toBe("KAFKA_STORAGE_ERROR"));
    await eventually(() => expect(cluster.image.partition(topic, 0)!.directories).toEqual(known));
    await eventually(() => expect(cluster.offlineLogDirs.get(1)).toEqual(known));
  });

  it("while a replica comes to it ends the move only", async () => {
    await start();
    await append(1);
    const known = await knownDirectory();
    cluster.failing = (operation, path) =>
      operation === "syncDirectory" && path.startsWith(join(b, "orders-0")) ? "EIO" : undefined;
    expect(await alter(b)).toBe("NONE");
    await eventually(() => expect(cluster.offlineLogDirs.get(1)).toHaveLength(1));
    expect(await append(1)).toBe(1);
    expect(await offsets(1)).toEqual([0, 1]);
    await eventually(() => expect(cluster.image.partition(topic, 0)!.directories).toEqual(known));
  });

  it("as the last one ends the broker, which says so", async () => {
    await start();
    await append(1);
    cluster.expectsFatal = true;
    cluster.failing = (operation) => (operation === "open" ? "EIO" : undefined);
    for (const name of ["one", "two"]) {
      topic = cluster.createTopic(name, 1, [1]);
      await append(1);
    }
    await eventually(() => expect(cluster.fatal?.message).toMatch(/every log directory is offline: .*a, .*b/));
    cluster.failing = () => undefined;
  });
});
