import { KafkaError } from "@moldau/base";
import type { Draft, ProduceRequest, ProduceResponsePartitionProduceResponse } from "@moldau/protocol";
import { isTransactional, readBatchHeader, readRecords } from "@moldau/record-batch";
import type { Call, RequestFor } from "../calls";
import { KafkaClientError } from "../client-error";
import type { TopicInfo } from "../topic-info";
import { Accumulator, sequenceAfter } from "./accumulator";
import { type ProduceCluster, Sender, type SenderTransaction } from "./sender";

// A cluster of one node that answers batches as the test says, and keeps what it got.

interface Got {
  partition: number;
  values: string[];
  producerId: number;
  sequence: number;
}

type Answer = Partial<ProduceResponsePartitionProduceResponse> | "lost";

class FakeCluster implements ProduceCluster {
  timeoutMs = 2_000;
  readonly signal = new AbortController().signal;
  readonly got: Got[] = [];
  readonly transactionalIds: (string | null | undefined)[] = [];
  /** Highest version of Produce that was allowed, for each request. */
  readonly versionsMax: number[] = [];
  inFlight = 0;
  inFlightMost = 0;
  private producerId = 100;
  private readonly ends = new Map<number, number>();

  constructor(private readonly answers: Answer[]) {}

  topic(name: string): TopicInfo {
    const partition = (index: number): TopicInfo["partitions"][number] => {
      return { partition: index, leader: 1, leaderEpoch: 0, replicas: [1], isr: [1], offline: [] };
    };
    return { name, topicId: "", internal: false, partitions: [partition(0), partition(1)] };
  }

  retry<T>(attempt: (number: number) => Promise<T>): Promise<T> {
    return attempt(0);
  }

  metadata(): ReturnType<ProduceCluster["metadata"]> {
    return Promise.reject(new KafkaClientError("not now", KafkaError.NETWORK_EXCEPTION));
  }

  tell(): Promise<void> {
    return Promise.resolve();
  }

  callAny<_Q, S>(): Promise<S> {
    return Promise.resolve({ errorCode: 0, producerId: this.producerId++, producerEpoch: 0 } as S);
  }

  async call<Q, S>(_nodeId: number, call: Call<Q, S>, request: RequestFor<Q>): Promise<S> {
    const { topicData, transactionalId } = request as Draft<ProduceRequest>;
    this.transactionalIds.push(transactionalId);
    this.versionsMax.push(call.max);
    this.inFlightMost = Math.max(this.inFlightMost, ++this.inFlight);
    await new Promise((resolve) => setTimeout(resolve, 1));
    this.inFlight--;
    const partitionResponses = (topicData![0]!.partitionData ?? []).map(({ index = 0, records }) => {
      const bytes = records as Uint8Array;
      const { producerId, baseSequence, recordCount, attributes } = readBatchHeader(bytes, 0);
      expect(isTransactional(attributes)).toBe(typeof transactionalId === "string");
      const values = readRecords(bytes).map(({ value }) => Buffer.from(value!).toString());
      this.got.push({ partition: index, values, producerId, sequence: baseSequence });
      const answer = this.answers.shift() ?? {};
      if (answer === "lost") throw new KafkaClientError("gone", KafkaError.NETWORK_EXCEPTION);
      const baseOffset = this.ends.get(index) ?? 0;
      if (!answer.errorCode) this.ends.set(index, baseOffset + recordCount);
      return { index, errorCode: 0, baseOffset, errorMessage: null, recordErrors: [], ...answer };
    });
    return { responses: [{ name: "t", topicId: "", partitionResponses }] } as S;
  }
}

/** A transaction (v1) whose partitions and end the test decides. */
class FakeTransaction implements SenderTransaction {
  readonly transactionalId = "x";
  isV2 = false;
  identity = { producerId: 7, producerEpoch: 3 };
  over: Error | undefined;
  readonly added = new Set<number>();
  readonly failures: string[] = [];

  mayProduce({ partition }: { partition: number }): boolean {
    return this.added.has(partition);
  }

  recordFailed(error: Error, inDoubt = false): void {
    this.failures.push(`${error.message}${inDoubt ? " in doubt" : ""}`);
    this.over ??= new Error("spoilt");
  }
}

function start(
  answers: Answer[],
  transaction?: SenderTransaction,
): { cluster: FakeCluster; sender: Sender; send(value: string, partition?: number): Promise<string> } {
  const cluster = new FakeCluster(answers);
  const accumulator = new Accumulator({ lingerMs: 0, batchBytesMax: 1000 });
  const sender = new Sender(
    cluster,
    accumulator,
    { acks: -1, codec: 0, idempotent: true, transaction },
    () => undefined,
  );
  const send = (value: string, partition = 0): Promise<string> =>
    new Promise((resolve, reject) => {
      const record = {
        draft: { value: Buffer.from(value), timestamp: 1 },
        bytes: 100,
        resolve: (at: { offset: number }) => resolve(`${value}@${at.offset}`),
        reject,
      };
      accumulator.append("t", partition, record, performance.now());
      sender.wake();
    });
  return { cluster, sender, send };
}

it("numbers batches one after the other, one at a time in a partition", async () => {
  const { cluster, send } = start([]);
  expect(await Promise.all([send("a"), send("b")])).toEqual(["a@0", "b@1"]);
  expect(await Promise.all([send("c"), send("d", 1)])).toEqual(["c@2", "d@0"]);
  expect(cluster.got).toEqual([
    { partition: 0, values: ["a", "b"], producerId: 100, sequence: 0 },
    { partition: 0, values: ["c"], producerId: 100, sequence: 2 },
    { partition: 1, values: ["d"], producerId: 100, sequence: 0 },
  ]);
  const many = await Promise.all(Array.from({ length: 50 }, (_, i) => send(`m${i}`)));
  expect(many[49]).toBe("m49@52");
  expect(cluster.inFlightMost).toBe(1);
});

it("repeats a batch as it was, under the same sequence, and never lets a later one pass", async () => {
  const { cluster, send } = start(["lost", { errorCode: KafkaError.NOT_LEADER_OR_FOLLOWER }]);
  const first = send("a");
  while (cluster.inFlightMost === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(await Promise.all([first, send("b")])).toEqual(["a@0", "b@1"]);
  expect(cluster.got.map(({ values, sequence }) => [values.join(), sequence])).toEqual([
    ["a", 0],
    ["a", 0],
    ["a", 0],
    ["b", 1],
  ]);
});

it("takes a duplicate for what it is", async () => {
  const { send } = start([{ errorCode: KafkaError.DUPLICATE_SEQUENCE_NUMBER }]);
  expect(await send("a")).toBe("a@-1");
});

it("splits a batch that is too large under the sequence that was not used", async () => {
  const { cluster, send } = start([{ errorCode: KafkaError.MESSAGE_TOO_LARGE }]);
  expect(await Promise.all([send("a"), send("b"), send("c")])).toEqual(["a@0", "b@1", "c@2"]);
  expect(cluster.got.map(({ values, sequence }) => [values.join(), sequence])).toEqual([
    ["a,b,c", 0],
    ["a,b", 0],
    ["c", 2],
  ]);
});

it("fails the records that are invalid and sends the others of their batch", async () => {
  const invalid = {
    errorCode: KafkaError.INVALID_RECORD,
    recordErrors: [{ batchIndex: 1, batchIndexErrorMessage: "no key" }],
  };
  const { send } = start([invalid]);
  const outcomes = await Promise.allSettled([send("a"), send("b"), send("c")]);
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : String(outcome.reason)))).toEqual([
    "a@0",
    "KafkaClientError: produce to t-0: no key (INVALID_RECORD)",
    "c@1",
  ]);
});

it("goes on under a new producer id where the broker has lost track", async () => {
  const { cluster, send } = start([{}, { errorCode: KafkaError.OUT_OF_ORDER_SEQUENCE_NUMBER }]);
  await send("a");
  expect(await send("b")).toBe("b@1");
  expect(cluster.got.slice(1).map(({ producerId, sequence }) => [producerId, sequence])).toEqual([
    [100, 1],
    [101, 0],
  ]);
});

it("never gives the sequence of a batch that may be in the log to another one", async () => {
  const { cluster, send } = start(["lost", { errorCode: KafkaError.TOPIC_AUTHORIZATION_FAILED }]);
  await expect(send("a")).rejects.toMatchObject({ code: KafkaError.TOPIC_AUTHORIZATION_FAILED });
  await send("b");
  expect(cluster.got.at(-1)).toMatchObject({ values: ["b"], producerId: 101, sequence: 0 });
});

it("gives up when a batch is too old", async () => {
  const { cluster, send } = start(Array.from({ length: 99 }, (): Answer => "lost"));
  cluster.timeoutMs = 200;
  await expect(send("a")).rejects.toBeInstanceOf(KafkaClientError);
});

it("in a transaction writes to a partition once it is part of it, under the transaction's identity", async () => {
  const transaction = new FakeTransaction();
  const { cluster, sender, send } = start([], transaction);
  transaction.added.add(1);
  const waiting = send("a", 0);
  expect(await send("b", 1)).toBe("b@0");
  expect(cluster.got).toMatchObject([{ values: ["b"], producerId: 7, sequence: 0 }]);
  transaction.added.add(0);
  sender.wake();
  expect(await waiting).toBe("a@0");
  transaction.isV2 = true;
  transaction.identity = { producerId: 7, producerEpoch: 4 };
  await send("c", 0);
  // The epoch is another one: sequences begin anew. Only from version 12 on do leaders add partitions (KIP-890).
  expect(cluster.got.at(-1)).toMatchObject({ values: ["c"], sequence: 0 });
  expect(new Set(cluster.transactionalIds)).toEqual(new Set(["x"]));
  expect(cluster.versionsMax.map((max) => max >= 12)).toEqual([false, false, true]);
});

it("in a transaction a failure stops what waits, and what is under way is not tried again", async () => {
  const transaction = new FakeTransaction();
  transaction.added.add(0);
  const { cluster, send } = start(
    [{ errorCode: KafkaError.INVALID_PRODUCER_EPOCH }, { errorCode: KafkaError.NOT_LEADER_OR_FOLLOWER }],
    transaction,
  );
  const outcomes = Promise.allSettled([send("a"), send("b", 1)]);
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(transaction.failures).toEqual(["produce to t-0: invalid producer epoch (INVALID_PRODUCER_EPOCH)", "spoilt"]);
  expect(cluster.got).toHaveLength(1);
});

it("in a transaction tells that a batch which may be in the log is in doubt", async () => {
  const transaction = new FakeTransaction();
  transaction.added.add(0);
  const { send } = start(["lost", { errorCode: KafkaError.TOPIC_AUTHORIZATION_FAILED }], transaction);
  await expect(send("a")).rejects.toMatchObject({ code: KafkaError.TOPIC_AUTHORIZATION_FAILED });
  expect(transaction.failures).toEqual([expect.stringMatching(/TOPIC_AUTHORIZATION_FAILED\) in doubt$/)]);
});

it("wraps sequences to zero", () => {
  expect(sequenceAfter(0x7fff_ffff, 1)).toBe(0);
  expect(sequenceAfter(0x7fff_fffe, 3)).toBe(1);
});
