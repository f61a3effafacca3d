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

it("in transactions: each batch counts by itself, and the one with a failed record does not", async () => {
  const cluster = clusterWithTopic();
  cluster.onSend = (record) =>
    String(record.value) === "bad" ? Promise.reject(new FakeClientError(KafkaError.INVALID_RECORD)) : Promise.resolve();
  const terminal = fakeTerminal(cluster, { stdin: "a\nb\nc\nd\ne\nbad\nf\n", watched: true });
  expect(await run(["produce", "t", "--transactional-id", "load", "--batch", "2", "-p", "0"], terminal)).toBe(1);
  expect(cluster.producers).toMatchObject([{ transactionalId: "load", transactionTimeoutMs: 60_000 }]);
  expect(cluster.ended.map(({ committed, records }) => [committed, records])).toEqual([
    [true, 2],
    [true, 2],
    [false, 1],
  ]);
  expect(cluster.topic("t").partitions[0]!.map(({ value }) => String(value))).toEqual(["a", "b", "c", "d"]);
  expect(terminal.err()).toBe(
    "4 records committed in 2 transactions, 4 B in 0.0 s; 2 aborted\n" +
      "moldau: 1 record failed, the first in line 6: INVALID_RECORD; their transaction was aborted\n",
  );
});

it("in one transaction: the whole input, unless it was interrupted", async () => {
  const cluster = clusterWithTopic();
  const whole = fakeTerminal(cluster, { stdin: "a\nb\nc" });
  expect(await run(["produce", "t", "--transactional-id", "load", "--output", "json"], whole)).toBe(0);
  expect(JSON.parse(String(whole.out()))).toEqual({ topic: "t", committed: 3, aborted: 0, transactions: 1, bytes: 3 });
  async function* typed(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("one\ntwo\n");
    terminal.interrupt();
    await new Promise(() => undefined);
  }
  const terminal = fakeTerminal(cluster, { stdin: typed() });
  expect(await run(["produce", "t", "--transactional-id", "load"], terminal)).toBe(130);
  expect(cluster.ended.map(({ committed, records }) => [committed, records])).toEqual([
    [true, 3],
    [false, 2],
  ]);
});

it("says so where nobody knows whether a transaction counts", async () => {
  const cluster = clusterWithTopic();
  cluster.onCommit = () =>
    Promise.reject(
      Object.assign(new FakeClientError(KafkaError.REQUEST_TIMED_OUT, "call commitTransaction again"), {
        remedy: "again",
        cause: new FakeClientError(KafkaError.REQUEST_TIMED_OUT, "EndTxn: no answer within 30000 ms"),
      }),
    );
  const terminal = fakeTerminal(cluster, { stdin: "a\nb\n" });
  expect(await run(["produce", "t", "--transactional-id", "load"], terminal)).toBe(1);
  expect(terminal.err()).toContain(
    "nobody answered whether the last 2 records count: EndTxn: no answer within 30000 ms",
  );
  expect(terminal.err()).toContain("moldau txn describe load tells");
});

it.each([
  [["--batch", "5"], "--batch is the size of a transaction; it needs --transactional-id"],
  [["--transactional-id", "x", "--acks", "1"], "a transaction needs --acks all"],
])("refuses %j", async (options, said) => {
  const terminal = fakeTerminal(clusterWithTopic(), { stdin: "a\n" });
  expect(await run(["produce", "t", ...options], terminal)).toBe(2);
  expect(terminal.err()).toContain(said);
});
