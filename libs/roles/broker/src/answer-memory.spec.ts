import { FileRange } from "@moldau/base";
import { buildBatch } from "@moldau/record-batch";
import { AnswerMemory } from "./answer-memory";
import { appendOf, noContext, readOf, TestCluster } from "./testing/test-cluster";

const MB = 1024 * 1024;

it("gives the more of it the less there is, gives it back, and counts nothing that the caller keeps", () => {
  const memory = new AnswerMemory();
  let released = 0;
  const read = (sizeBytes: number) => ({
    chunks: [],
    sizeBytes,
    baseOffset: 0,
    nextOffset: 0,
    fromOlderSegment: false,
    release: () => void released++,
  });
  const lent: (() => void)[] = [];
  const call = { ...noContext, lend: (giveBack: () => void) => void lent.push(giveBack) };
  expect(memory.share()).toBe(12 * MB);
  memory.lend(noContext, read(40 * MB));
  expect(memory.lentBytes).toBe(0);
  memory.lend(call, read(40 * MB));
  expect(memory.share()).toBe(2 * MB);
  memory.lend(call, read(40 * MB));
  expect([memory.lentBytes, memory.share()]).toEqual([80 * MB, 64 * 1024]);
  for (const giveBack of lent) giveBack();
  expect([memory.lentBytes, memory.share(), released]).toEqual([0, 12 * MB, 2]);
  lent.length = 0;
  memory.lend(call, { ...read(40 * MB), inFile: new FileRange(1, 0, 40 * MB) });
  expect(memory.lentBytes).toBe(0);
  lent[0]!();
  expect(released).toBe(3);
});

it("bounds what many consumers hold that ask for 50 MB each and read slowly; each gets its batch", async () => {
  const cluster = new TestCluster();
  try {
    const broker = await cluster.startBroker(1).then(() => cluster.broker(1));
    const topic = cluster.createTopic("large", 1, [1], { "max.message.bytes": String(2 * MB) });
    const value = new Uint8Array(MB - 1000);
    const batch = buildBatch({ records: [{ key: null, value, timestamp: Date.now() }] });
    for (let i = 0; i < 30; i++) await broker.append(appendOf(topic, batch), noContext);
    const lent: (() => void)[] = [];
    const call = { ...noContext, lend: (giveBack: () => void) => void lent.push(giveBack) };
    const partitions = readOf(topic).partitions.map((each) => ({ ...each, maxBytes: 50 * MB }));
    const asked = readOf(topic, { minBytes: 50 * MB, partitions });
    const fetch = async () => {
      const { records } = (await broker.read(asked, call)).partitions[0]!;
      return records.reduce((sum, { length }) => sum + length, 0);
    };
    const sizes: number[] = [];
    for (let i = 0; i < 60; i++) sizes.push(await fetch());
    expect(Math.max(...sizes)).toBeLessThanOrEqual(12 * MB);
    // A single batch is given whole, and that is all.
    expect(sizes.slice(-10)).toEqual(Array.from({ length: 10 }, () => batch.length));
    for (const giveBack of lent.splice(0)) giveBack();
    expect(await fetch()).toBe(sizes[0]);
  } finally {
    await cluster.stop();
  }
}, 30_000);
