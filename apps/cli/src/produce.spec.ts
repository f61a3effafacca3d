import { KafkaError } from "@moldau/base";
import { run } from "./run";
import { FakeClientError, FakeCluster } from "./testing/fake-cluster";
import { fakeTerminal } from "./testing/fake-terminal";

function clusterWithTopic(): FakeCluster {
  const cluster = new FakeCluster();
  cluster.addTopic("t", 2);
  return cluster;
}

it("hands options to the producer, and says which exit status a failed record has", async () => {
  const cluster = clusterWithTopic();
  cluster.onSend = (record) =>
    String(record.value) === "bad" ? Promise.reject(new FakeClientError(KafkaError.INVALID_RECORD)) : Promise.resolve();
  const terminal = fakeTerminal(cluster, { stdin: "good\nbad\n", watched: true });
  expect(await run(["produce", "t", "-z", "zstd", "--acks", "1", "-p", "1", "-H", "a=b"], terminal)).toBe(1);
  expect(terminal.err()).toBe(
    "1 record acknowledged, 4 B in 0.0 s; 1 failed\nmoldau: 1 record failed, the first in line 2: INVALID_RECORD\n",
  );
  expect(cluster.producers).toMatchObject([{ acks: 1, compression: "zstd", idempotent: false }]);
  expect(cluster.produced).toMatchObject([
    { partition: 1, headers: [{ name: "a", value: Buffer.from("b") }] },
    { partition: 1 },
  ]);
});

it("an interruption sends no half line, waits for what was sent, and tells scripts that input was cut short", async () => {
  const cluster = clusterWithTopic();
  async function* typed(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("one\nhalf a li");
    terminal.interrupt();
    await new Promise(() => undefined);
  }
  const terminal = fakeTerminal(cluster, { stdin: typed() });
  expect(await run(["produce", "t"], terminal)).toBe(130);
  expect(cluster.produced).toEqual([expect.objectContaining({ value: Buffer.from("one") })]);
});

it("binary lines arrive as they were", async () => {
  const cluster = clusterWithTopic();
  const line = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10));
  const terminal = fakeTerminal(cluster, { stdin: Buffer.concat([line, Buffer.from("\r\n")]) });
  expect(await run(["produce", "t", "-p", "0"], terminal)).toBe(0);
  expect(Buffer.from(cluster.topic("t").partitions[0]![0]!.value!)).toEqual(Buffer.concat([line, Buffer.from("\r")]));
});
