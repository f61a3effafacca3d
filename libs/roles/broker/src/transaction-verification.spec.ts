import { KafkaError, kafkaErrorName, type Uuid } from "@moldau/base";
import type { VerifyTransactionRequest } from "@moldau/contracts";
import { record } from "@moldau/metadata";
import { appendOf, eventually, noContext, TestCluster } from "./testing/test-cluster";
import { appendTo, consumeCommitted, endTransaction, transactionalBatch } from "./testing/transactional";
import { errorForProducer } from "./transaction-verification";

const COORDINATOR = 50;
const transactionalId = "billing";

let cluster: TestCluster;
let topic: Uuid;
/** What the coordinator was asked, and its answer to each: an error's name, at once or when a test says so. */
let questions: VerifyTransactionRequest[];
let answer: (request: VerifyTransactionRequest) => string | Promise<string>;

describe("a leader", () => {
  beforeEach(async () => {
    cluster = new TestCluster();
    questions = [];
    answer = () => "NONE";
    cluster.coordinators.set(COORDINATOR, {
      verifyTransaction: async (request) => {
        questions.push(request);
        const name = await answer(request);
        const errorCode = KafkaError[name as keyof typeof KafkaError];
        return { partitions: request.partitions.map((one) => ({ ...one, errorCode })) };
      },
    });
    await cluster.startBroker(1);
    const state = cluster.createTopic("__transaction_state", 1, [1]);
    cluster.apply([record("ShardOwnerRecord", { topicId: state, partition: 0, ownerId: COORDINATOR, ownerEpoch: 1 })]);
    topic = cluster.createTopic("orders", 2, [1]);
  });
  afterEach(() => cluster.stop());

  interface Sent {
    producerEpoch?: number;
    produceVersion?: number;
    timeoutMs?: number;
    acks?: number;
  }
  const write = (baseSequence: number, { producerEpoch = 0, ...options }: Sent = {}) =>
    appendTo(
      cluster,
      1,
      topic,
      transactionalBatch(`v${baseSequence}`, { producerId: 7, producerEpoch, baseSequence }),
      {
        transactionalId,
        produceVersion: 11,
        ...options,
      },
    );
  const end = (commit = true) => endTransaction(cluster, 1, topic, { producerId: 7, commit });

  /** An answer that a test gives when it wants to. */
  function held(): { give: (error: string) => void } {
    let give!: (error: string) => void;
    const error = new Promise<string>((resolve) => (give = resolve));
    answer = () => error;
    return { give };
  }
  const asked = (count: number) => eventually(() => expect(questions).toHaveLength(count));

  it("asks before the first records of each transaction in a partition, and not again", async () => {
    expect(await write(0)).toBe(0);
    expect(await write(1)).toBe(1);
    expect(await end()).toBe("NONE");
    expect(await write(2, { produceVersion: 12 })).toBe(3);
    const partitions = [{ topicId: topic, partition: 0 }];
    const common = { transactionalId, producerId: 7, producerEpoch: 0, partitions };
    expect(questions).toEqual([
      { ...common, add: false },
      { ...common, add: true },
    ]);
    expect(await end()).toBe("NONE");
    expect(await consumeCommitted(cluster, 1, topic)).toEqual({ values: ["v0", "v1", "v2"], end: 5 });
  });

  it("asks once for the partitions of a request, and holds none of the others up", async () => {
    const late = held();
    const other = cluster.createTopic("others", 1, [1]);
    const part = (topicId: Uuid, partition: number, records: Uint8Array) => ({
      topicId,
      partition,
      leaderEpoch: -1,
      ownerEpoch: -1,
      claimOffset: -1,
      records,
    });
    const first = () => transactionalBatch("a", { producerId: 7, baseSequence: 0 });
    const plain = transactionalBatch("p", { producerId: 8, baseSequence: 0, transactional: false });
    const request = {
      ...appendOf(topic, first(), { transactionalId }),
      partitions: [part(topic, 0, first()), part(topic, 1, first()), part(other, 0, plain)],
    };
    const reply = cluster.broker(1).append(request, noContext);
    await asked(1);
    expect(questions[0]!.partitions).toEqual([
      { topicId: topic, partition: 0 },
      { topicId: topic, partition: 1 },
    ]);
    await eventually(async () => expect((await consumeCommitted(cluster, 1, other)).values).toEqual(["p"]));
    expect(await consumeCommitted(cluster, 1, topic)).toEqual({ values: [], end: 0 });
    late.give("NONE");
    expect((await reply).partitions.map(({ errorCode, baseOffset }) => [errorCode, baseOffset])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it("keeps the order of a producer's batches while it waits, with one question", async () => {
    const late = held();
    const sent = [0, 1, 2, 3].map((sequence) => write(sequence));
    await asked(1);
    late.give("NONE");
    expect(await Promise.all(sent)).toEqual([0, 1, 2, 3]);
    expect(questions).toHaveLength(1);
  });

  it("refuses all that waited when the coordinator does, and takes them when they come again", async () => {
    const late = held();
    const sent = [0, 1, 2].map((sequence) => write(sequence));
    await asked(1);
    late.give("COORDINATOR_LOAD_IN_PROGRESS");
    expect(await Promise.all(sent)).toEqual(Array(3).fill("NOT_ENOUGH_REPLICAS"));
    expect(questions).toHaveLength(1);
    answer = () => "NONE";
    // One that overtakes those before it would begin the log in the middle.
    expect(await write(2)).toBe("OUT_OF_ORDER_SEQUENCE_NUMBER");
    expect(await Promise.all([0, 1, 2].map((sequence) => write(sequence)))).toEqual([0, 1, 2]);
  });

  it("does not take a word about a transaction that ended meanwhile for one about the next", async () => {
    const late = held();
    const sent = write(0);
    await asked(1);
    expect(await end(false)).toBe("NONE");
    late.give("NONE");
    expect(await sent).toBe("INVALID_TXN_STATE");
    answer = () => "NONE";
    expect(await write(0)).toBe(1);
    expect(questions).toHaveLength(2);
  });

  it("does not take a word from before a change of leaders", async () => {
    const late = held();
    const sent = [write(0), write(1)];
    await asked(1);
    cluster.apply([record("PartitionChangeRecord", { topicId: topic, partitionId: 0, leader: 1 })]);
    late.give("NONE");
    expect(await Promise.all(sent)).toEqual(Array(2).fill("NOT_LEADER_OR_FOLLOWER"));
    answer = () => "NONE";
    expect(await write(0)).toBe(0);
  });

  it("does not write what its producer was told has timed out", async () => {
    const late = held();
    const sent = write(0, { timeoutMs: 50 });
    expect(await sent).toBe("REQUEST_TIMED_OUT");
    late.give("NONE");
    answer = () => "NONE";
    expect(await write(0)).toBe(0);
    expect(await write(1)).toBe(1);
  });

  it("asks nobody about a batch that is there already, or that is refused anyway", async () => {
    expect(await write(0)).toBe(0);
    expect(await end()).toBe("NONE");
    questions = [];
    answer = () => "INVALID_TXN_STATE";
    expect(await write(0)).toBe(0);
    expect(await write(5)).toBe("OUT_OF_ORDER_SEQUENCE_NUMBER");
    expect(questions).toEqual([]);
  });

  it("begins a transaction of version 2 with its first sequence only, and acknowledges acks=0 like the others", async () => {
    expect(await write(3, { produceVersion: 12, acks: 1 })).toBe("OUT_OF_ORDER_SEQUENCE_NUMBER");
    expect(await write(0, { produceVersion: 12, acks: 0 })).toBe(0);
  });

  it("lets a client repeat while no coordinator can be asked", async () => {
    const [known] = [...cluster.coordinators];
    cluster.coordinators.clear();
    expect(await write(0)).toBe("NOT_ENOUGH_REPLICAS");
    const state = cluster.image.topicsByName.get("__transaction_state")!.id;
    cluster.apply([record("ShardOwnerRecord", { topicId: state, partition: 0, ownerId: -1, ownerEpoch: 2 })]);
    expect(await write(0)).toBe("NOT_ENOUGH_REPLICAS");
    cluster.apply([record("ShardOwnerRecord", { topicId: state, partition: 0, ownerId: COORDINATOR, ownerEpoch: 3 })]);
    cluster.coordinators.set(...known!);
    expect(await write(0)).toBe(0);
  });

  it("takes no transactional batch without a transactional id, and all of them where nobody verifies", async () => {
    const anonymous = () => appendTo(cluster, 1, topic, transactionalBatch("a", { producerId: 9, baseSequence: 0 }));
    expect(await anonymous()).toBe("INVALID_TXN_STATE");
    const name = "transaction.partition.verification.enable";
    cluster.apply([record("ConfigRecord", { resourceType: 4, resourceName: "", name, value: "false" })]);
    expect(await anonymous()).toBe(0);
    expect(questions).toEqual([]);
  });
});

it.each([
  ["INVALID_TXN_STATE", 9, "INVALID_TXN_STATE"],
  ["INVALID_TXN_STATE", 11, "TRANSACTION_ABORTABLE"],
  ["TRANSACTION_ABORTABLE", 10, "INVALID_TXN_STATE"],
  ["TRANSACTION_ABORTABLE", 12, "TRANSACTION_ABORTABLE"],
  ["CONCURRENT_TRANSACTIONS", 11, "NOT_ENOUGH_REPLICAS"],
  ["CONCURRENT_TRANSACTIONS", 12, "CONCURRENT_TRANSACTIONS"],
  ["NOT_COORDINATOR", 12, "NOT_ENOUGH_REPLICAS"],
  ["COORDINATOR_NOT_AVAILABLE", 7, "NOT_ENOUGH_REPLICAS"],
  ["NETWORK_EXCEPTION", 12, "NOT_ENOUGH_REPLICAS"],
  ["PRODUCER_FENCED", 12, "INVALID_PRODUCER_EPOCH"],
  ["INVALID_PRODUCER_ID_MAPPING", 9, "INVALID_PRODUCER_ID_MAPPING"],
] as const)("tells %s to a client of Produce v%i as %s", (error, version, expected) => {
  expect(kafkaErrorName(errorForProducer(KafkaError[error], version))).toBe(expected);
});
