import { KafkaError } from "@moldau/base";
import {
  ApiKey,
  readAddPartitionsToTxnResponse,
  readListTransactionsResponse,
  writeAddPartitionsToTxnRequest,
  writeListTransactionsRequest,
} from "@moldau/protocol";
import { FakeCluster, type FakeCoordinator } from "./testing/fake-cluster";

const { NONE, INVALID_REGULAR_EXPRESSION, NOT_COORDINATOR, OPERATION_NOT_ATTEMPTED, UNKNOWN_TOPIC_OR_PARTITION } =
  KafkaError;

describe("requests about transactions", () => {
  let cluster: FakeCluster;
  let at: FakeCoordinator;
  beforeAll(async () => {
    cluster = new FakeCluster(1);
    // Another node owns them.
    cluster.addTransactions();
    at = await cluster.startCoordinator(1);
  });
  afterAll(() => cluster.stop());

  it("ListTransactions says of a pattern that it is none", async () => {
    const key = ApiKey.ListTransactions;
    const api = { key, version: 2, write: writeListTransactionsRequest, read: readListTransactionsResponse };
    const list = async (transactionalIdPattern: string | null) =>
      (await at.call(api, { durationFilter: -1, transactionalIdPattern })).errorCode;
    expect(await list("orders-(")).toBe(INVALID_REGULAR_EXPRESSION);
    for (const pattern of [null, "", "orders-.*"]) expect(await list(pattern)).toBe(NONE);
  });

  it("AddPartitionsToTxn tells partitions that do not exist from those that somebody else decides about", async () => {
    const topics = [
      { name: "orders", partitions: [0, 9] },
      { name: "nowhere", partitions: [0] },
    ];
    const codec = {
      key: ApiKey.AddPartitionsToTxn,
      write: writeAddPartitionsToTxnRequest,
      read: readAddPartitionsToTxnResponse,
    };
    const producer = { transactionalId: "t", producerId: 7, producerEpoch: 0 };
    const asked = await at.call(
      { ...codec, version: 4 },
      { transactions: [{ ...producer, verifyOnly: true, topics }] },
    );
    const codesOf = (results: typeof asked.resultsByTopicV3AndBelow) =>
      results.flatMap((each) => each.resultsByPartition.map(({ partitionErrorCode }) => partitionErrorCode));
    expect(codesOf(asked.resultsByTransaction[0]!.topicResults)).toEqual([
      NOT_COORDINATOR,
      UNKNOWN_TOPIC_OR_PARTITION,
      UNKNOWN_TOPIC_OR_PARTITION,
    ]);
    // A client's partitions are added all or none.
    const fresh = await at.call(
      { ...codec, version: 4 },
      { transactions: [{ ...producer, verifyOnly: false, topics }] },
    );
    expect(codesOf(fresh.resultsByTransaction[0]!.topicResults)).toEqual([
      OPERATION_NOT_ATTEMPTED,
      UNKNOWN_TOPIC_OR_PARTITION,
      UNKNOWN_TOPIC_OR_PARTITION,
    ]);
    const added = await at.call(
      { ...codec, version: 3 },
      {
        v3AndBelowTransactionalId: "t",
        v3AndBelowProducerId: 7,
        v3AndBelowProducerEpoch: 0,
        v3AndBelowTopics: topics,
      },
    );
    expect(codesOf(added.resultsByTopicV3AndBelow)).toEqual([
      OPERATION_NOT_ATTEMPTED,
      UNKNOWN_TOPIC_OR_PARTITION,
      UNKNOWN_TOPIC_OR_PARTITION,
    ]);
  });
});
