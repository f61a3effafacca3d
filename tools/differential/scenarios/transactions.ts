// InitProducerId to EndTxn, TxnOffsetCommit, WriteTxnMarkers, Describe- and ListTransactions.
import { ApiKey } from "@moldau/protocol";
import { buildBatch } from "@moldau/record-batch";
import type { Stage } from "../stage";
import { scenario, strangeProducer, utf8 } from "./scenario";

async function coordinatorIsThere(stage: Stage): Promise<void> {
  await stage.topic("t-topic", 2);
  await stage.until(
    ApiKey.FindCoordinator,
    4,
    { keyType: 1, coordinatorKeys: ["warm"] },
    ({ coordinators }) => coordinators[0].errorCode === 0,
  );
  for (const transactionalId of ["warm", "warm2", "warm3", "warm4"]) {
    await stage.until(
      ApiKey.InitProducerId,
      4,
      { transactionalId, transactionTimeoutMs: 60_000, producerId: -1, producerEpoch: -1 },
      ({ errorCode }) => errorCode === 0,
    );
  }
}

/** A transactional id as a producer begins with it. */
async function begin(stage: Stage, transactionalId: string): Promise<{ producerId: number; producerEpoch: number }> {
  const { producerId, producerEpoch } = await stage.until(
    ApiKey.InitProducerId,
    4,
    { transactionalId, transactionTimeoutMs: 60_000, producerId: -1, producerEpoch: -1 },
    ({ errorCode }) => errorCode === 0,
  );
  return { producerId, producerEpoch };
}

const add = (
  stage: Stage,
  version: number,
  label: string,
  who: { transactionalId: string; producerId: number; producerEpoch: number },
  topics: object[],
  verifyOnly = false,
) =>
  stage.ask(
    ApiKey.AddPartitionsToTxn,
    version,
    label,
    version < 4
      ? {
          v3AndBelowTransactionalId: who.transactionalId,
          v3AndBelowProducerId: who.producerId,
          v3AndBelowProducerEpoch: who.producerEpoch,
          v3AndBelowTopics: topics,
        }
      : { transactions: [{ ...who, verifyOnly, topics }] },
  );

export const transactionScenarios = [
  scenario("InitProducerId", async (stage) => {
    await coordinatorIsThere(stage);
    const init = (label: string, body: (version: number) => object) =>
      stage.each(ApiKey.InitProducerId, label, (version) => ({ transactionTimeoutMs: 60_000, ...body(version) }));
    await init("idempotent", () => ({ transactionalId: null }));
    await init("empty id", () => ({ transactionalId: "" }));
    await init("timeout 0", () => ({ transactionalId: "i-zero", transactionTimeoutMs: 0 }));
    await init("timeout negative", () => ({ transactionalId: "i-neg", transactionTimeoutMs: -1 }));
    await init("timeout too long", () => ({ transactionalId: "i-long", transactionTimeoutMs: 100_000_000 }));
    await init("new", (version) => ({ transactionalId: `i-${version}` }));
    await init("again", (version) => ({ transactionalId: `i-${version}` }));
    await init("with a stranger's id", (version) =>
      version < 3
        ? { transactionalId: `i-${version}` }
        : { transactionalId: `i-${version}`, producerId: strangeProducer, producerEpoch: 0 },
    );
    await init("id without epoch", () => ({ transactionalId: "i-half", producerId: strangeProducer }));
    await init("epoch without id", () => ({ transactionalId: "i-half", producerEpoch: 3 }));
    await init("stranger's id, unknown name", () => ({
      transactionalId: "i-unknown",
      producerId: strangeProducer,
      producerEpoch: 0,
    }));
    await init("idempotent with id and epoch", () => ({
      transactionalId: null,
      producerId: strangeProducer,
      producerEpoch: 0,
    }));
    const own = await begin(stage, "i-own");
    await stage.ask(ApiKey.InitProducerId, 4, "with its own id and epoch", {
      transactionalId: "i-own",
      transactionTimeoutMs: 60_000,
      ...own,
    });
    await stage.ask(ApiKey.InitProducerId, 4, "with its last epoch", {
      transactionalId: "i-own",
      transactionTimeoutMs: 60_000,
      ...own,
    });
    await stage.ask(ApiKey.InitProducerId, 4, "with a future epoch", {
      transactionalId: "i-own",
      transactionTimeoutMs: 60_000,
      ...own,
      producerEpoch: 50,
    });
  }),
  scenario("transactions", async (stage) => {
    await coordinatorIsThere(stage);
    const here = [{ name: "t-topic", partitions: [0, 1] }];
    for (let version = 0; version <= 5; version++) {
      const transactionalId = `t-${version}`;
      const own = { transactionalId, ...(await begin(stage, transactionalId)) };
      const v = (key: number) => stage.newest(key, version);
      const end = (label: string, who: object, committed: boolean) =>
        stage.ask(ApiKey.EndTxn, v(ApiKey.EndTxn), label, { ...own, ...who, committed });
      const produce = (label: string, producerEpoch: number, baseSequence: number) =>
        stage.ask(ApiKey.Produce, 11, label, {
          transactionalId,
          acks: -1,
          timeoutMs: 30_000,
          topicData: [
            {
              name: "t-topic",
              partitionData: [
                {
                  index: 0,
                  records: buildBatch({
                    records: [{ value: utf8("v"), timestamp: 1000 }],
                    producerId: own.producerId,
                    producerEpoch,
                    baseSequence,
                    transactional: true,
                  }),
                },
              ],
            },
          ],
        });
      await end("nothing under way: abort", {}, false);
      await end("nothing under way: commit", {}, true);
      await end("stranger", { producerId: strangeProducer }, true);
      await end("unknown id", { transactionalId: "t-none" }, true);
      await end("empty id", { transactionalId: "" }, true);
      await end("future epoch", { producerEpoch: 50 }, true);
      await stage.ask(ApiKey.DescribeTransactions, 0, `empty (v${version})`, { transactionalIds: [transactionalId] });
      const now = await begin(stage, transactionalId);
      Object.assign(own, now);
      await produce("not added", own.producerEpoch, 0);
      await add(stage, version, "unknown topic", own, [...here, { name: "nowhere", partitions: [0] }]);
      await add(stage, version, "unknown partition", own, [{ name: "t-topic", partitions: [0, 9] }]);
      await add(stage, version, "stranger", { ...own, producerId: strangeProducer }, here);
      await add(stage, version, "old epoch", { ...own, producerEpoch: own.producerEpoch - 1 }, here);
      await add(stage, version, "future epoch", { ...own, producerEpoch: 50 }, here);
      await add(stage, version, "unknown id", { ...own, transactionalId: "t-none" }, here);
      await add(stage, version, "empty id", { ...own, transactionalId: "" }, here);
      await add(stage, version, "nothing", own, []);
      await add(stage, version, "good", own, here);
      await add(stage, version, "good again", own, here);
      await stage.ask(ApiKey.DescribeTransactions, 0, `under way (v${version})`, {
        transactionalIds: [transactionalId],
      });
      await produce("added", own.producerEpoch, 0);
      await produce("old epoch", own.producerEpoch - 1, 1);
      const offsets = (label: string, who: object) =>
        stage.ask(ApiKey.AddOffsetsToTxn, v(ApiKey.AddOffsetsToTxn), label, {
          ...own,
          groupId: `t-group-${version}`,
          ...who,
        });
      await offsets("good", {});
      await offsets("stranger", { producerId: strangeProducer });
      await offsets("future epoch", { producerEpoch: 50 });
      await offsets("unknown id", { transactionalId: "t-none" });
      await offsets("empty id", { transactionalId: "" });
      await offsets("empty group", { groupId: "" });
      const commit = (label: string, who: object) =>
        stage.ask(ApiKey.TxnOffsetCommit, Math.min(version, 4), label, {
          ...own,
          groupId: `t-group-${version}`,
          topics: [
            {
              name: "t-topic",
              partitions: [
                { partitionIndex: 0, committedOffset: 7 },
                { partitionIndex: 9, committedOffset: 7 },
              ],
            },
            { name: "nowhere", partitions: [{ partitionIndex: 0, committedOffset: 1 }] },
          ],
          ...who,
        });
      await commit("good", {});
      await commit("stranger", { producerId: strangeProducer });
      await commit("future epoch", { producerEpoch: 50 });
      await commit("generation of no member", { generationId: 4, memberId: "stranger" });
      await commit("empty group", { groupId: "" });
      // From version 5 on the group is added to the transaction by this (transactions of version 2).
      for (const [label, who] of [
        ["stranger", { producerId: strangeProducer }],
        ["future epoch", { producerEpoch: 50 }],
        ["unknown id", { transactionalId: "t-none" }],
        ["empty id", { transactionalId: "" }],
      ] as const) {
        await stage.ask(ApiKey.TxnOffsetCommit, 5, label, {
          ...own,
          groupId: `t-group-${version}`,
          topics: [{ name: "t-topic", partitions: [{ partitionIndex: 0, committedOffset: 7 }] }],
          ...who,
        });
      }
      await stage.ask(ApiKey.ListTransactions, 0, "by its producer", { producerIdFilters: [own.producerId] });
      await end("commit", {}, true);
      await stage.until(
        ApiKey.DescribeTransactions,
        0,
        { transactionalIds: [transactionalId] },
        ({ transactionStates }) => transactionStates[0].transactionState === "CompleteCommit",
      );
      await stage.ask(ApiKey.DescribeTransactions, 0, `committed (v${version})`, {
        transactionalIds: [transactionalId],
      });
      await end("commit again", {}, true);
      await end("abort what was committed", {}, false);
    }
    await stage.ask(ApiKey.AddPartitionsToTxn, 4, "none", { transactions: [] });
    await stage.ask(ApiKey.DescribeTransactions, 0, "unknown, empty, twice", {
      transactionalIds: ["t-none", "", "warm", "warm"],
    });
    await stage.ask(ApiKey.DescribeTransactions, 0, "none", { transactionalIds: [] });
    await stage.each(ApiKey.ListTransactions, "all", {});
    await stage.each(ApiKey.ListTransactions, "by state", { stateFilters: ["Empty"] });
    await stage.each(ApiKey.ListTransactions, "by unknown state", { stateFilters: ["Asleep", "Empty"] });
    await stage.each(ApiKey.ListTransactions, "by unknown state alone", { stateFilters: ["Asleep"] });
    await stage.each(ApiKey.ListTransactions, "by stranger", { producerIdFilters: [strangeProducer] });
    await stage.each(ApiKey.ListTransactions, "by age", { durationFilter: 100_000 }, { from: 1 });
    await stage.each(ApiKey.ListTransactions, "by pattern", { transactionalIdPattern: "war.*" }, { from: 2 });
    await stage.each(ApiKey.ListTransactions, "by bad pattern", { transactionalIdPattern: "(" }, { from: 2 });
  }),
  scenario("WriteTxnMarkers", async (stage) => {
    await stage.topic("wtm", 2);
    const write = (label: string, topics: object[], extra: object = {}) =>
      stage.each(ApiKey.WriteTxnMarkers, label, {
        markers: [
          {
            producerId: strangeProducer,
            producerEpoch: 3,
            transactionResult: false,
            coordinatorEpoch: 5,
            topics,
            ...extra,
          },
        ],
      });
    await write("abort of nothing", [{ name: "wtm", partitionIndexes: [0, 1] }]);
    await write("unknown partition, unknown topic", [
      { name: "wtm", partitionIndexes: [9] },
      { name: "nowhere", partitionIndexes: [0] },
    ]);
    await write("old coordinator", [{ name: "wtm", partitionIndexes: [0] }], { coordinatorEpoch: 4 });
    await write("old epoch", [{ name: "wtm", partitionIndexes: [0] }], { producerEpoch: 2 });
    await write("no topics", []);
    await stage.each(ApiKey.WriteTxnMarkers, "none", { markers: [] });
  }),
];
