import { createHash, randomBytes } from "node:crypto";
import { readSync } from "node:fs";
import { createAdmin, createConsumer, createProducer, type IncomingRecord } from "@moldau/client";
import { nodeDisk } from "@moldau/disk";
import { startCluster, type TestCluster } from "./start-cluster";

// Log and client's connection in one process: what consumers read goes straight out of the files, where the system can do that.

let cluster: TestCluster;
beforeAll(async () => {
  // Whether bytes are at hand is a guess that a machine under load answers with no.
  jest.spyOn(nodeDisk, "isAtHand").mockReturnValue(true);
  jest.spyOn(nodeDisk, "readNow").mockImplementation((descriptor, into, position) => {
    return readSync(descriptor, into, 0, into.length, position);
  });
  cluster = await startCluster({ direct: true, config: { "log.segment.bytes": String(24 * 1024 * 1024) } });
});
afterAll(async () => {
  await cluster.stop();
  jest.restoreAllMocks();
});

const hash = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

async function sentFromFiles(): Promise<number> {
  return Number(/^moldau_gateway_sent_from_files_bytes_total (\d+)/m.exec(await cluster.metrics())![1]);
}

it("what was written long ago comes out as it went in, for several readers at once, while more is written", async () => {
  const topic = "large";
  const admin = createAdmin({ bootstrap: cluster.bootstrap });
  await admin.createTopic({ name: topic, partitions: 2 });
  const producer = createProducer({ bootstrap: cluster.bootstrap, batchBytesMax: 64 * 1024 });
  const went: string[][] = [[], []];
  const produce = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const value = randomBytes(1_000 + (i % 7) * 5_000);
      went[i % 2]!.push(hash(value));
      void producer.send({ topic, partition: i % 2, value });
    }
    await producer.flush();
  };
  await produce(4_000);
  const before = went.map((values) => values.length);
  const read = async () => {
    const consumer = createConsumer({ bootstrap: cluster.bootstrap });
    await consumer.assign([0, 1].map((partition) => ({ topic, partition, offset: "earliest" as const })));
    const came: IncomingRecord[] = [];
    while (came.length < before[0]! + before[1]!) came.push(...(await consumer.poll(1_000)));
    await consumer.close();
    return [0, 1].map((partition) =>
      came.filter((each) => each.partition === partition).map(({ value }) => hash(value!)),
    );
  };
  const [, ...all] = await Promise.all([produce(400), read(), read(), read()]);
  for (const came of all) {
    for (const partition of [0, 1]) {
      const { length } = came[partition]!;
      expect(length).toBeGreaterThan(1_000);
      expect(came[partition]).toEqual(went[partition]!.slice(0, length));
    }
  }
  if (process.platform === "linux") expect(await sentFromFiles()).toBeGreaterThan(30_000_000);
  await producer.close();
  await admin.close();
}, 60_000);
