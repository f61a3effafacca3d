// Produce, Fetch, ListOffsets, DeleteRecords, OffsetForLeaderEpoch, DescribeProducers.
import { ApiKey } from "@moldau/protocol";
import { buildBatch, type BatchDraft } from "@moldau/record-batch";
import type { Stage } from "../stage";
import { scenario, strangeId, strangeProducer, utf8 } from "./scenario";

const batch = (draft: Partial<BatchDraft> = {}) =>
  buildBatch({
    records: [
      { key: utf8("k"), value: utf8("v"), timestamp: 1000 },
      { key: utf8("k2"), value: utf8("w"), timestamp: 2000 },
    ],
    ...draft,
  });

interface Piece {
  topic: string;
  index?: number;
  records: Uint8Array | null;
}

const produce = (
  stage: Stage,
  label: string,
  pieces: (version: number) => Piece[],
  extra: object = {},
  range: object = {},
) =>
  stage.each(
    ApiKey.Produce,
    label,
    (version) => ({
      acks: -1,
      timeoutMs: 30_000,
      topicData: pieces(version).map(({ topic, index = 0, records }) => ({
        ...(version >= 13 ? { topicId: stage.topicIds.get(topic) ?? strangeId } : { name: topic }),
        partitionData: [{ index, records }],
      })),
      ...extra,
    }),
    range,
  );

async function filled(stage: Stage, name: string, batches = 3, configs: Record<string, string> = {}): Promise<string> {
  const id = await stage.topic(name, 2, configs);
  for (let i = 0; i < batches; i++) {
    const records = batch({
      records: [0, 1].map((j) => ({ key: utf8(`k${i}`), value: utf8(`v${i}${j}`), timestamp: 1000 * (2 * i + j + 1) })),
    });
    await stage.until(
      ApiKey.Produce,
      9,
      { acks: -1, timeoutMs: 30_000, topicData: [{ name, partitionData: [{ index: 0, records }] }] },
      ({ responses }) => responses[0].partitionResponses[0].errorCode === 0,
    );
  }
  return id;
}

export const recordScenarios = [
  scenario("records are written", async (stage) => {
    await stage.topic("w");
    await stage.topic("w-append", 1, { "message.timestamp.type": "LogAppendTime" });
    await stage.topic("w-compacted", 1, { "cleanup.policy": "compact" });
    await stage.topic("w-small", 1, { "max.message.bytes": "200" });
    await stage.topic("w-past", 1, { "message.timestamp.before.max.ms": "1000" });
    await stage.topic("w-isr", 1, { "min.insync.replicas": "2" });
    await produce(stage, "one batch", () => [{ topic: "w", records: batch() }]);
    await produce(stage, "acks 1", () => [{ topic: "w", records: batch() }], { acks: 1 });
    await produce(stage, "acks 2", () => [{ topic: "w", records: batch() }], { acks: 2 });
    await produce(stage, "acks -2", () => [{ topic: "w", records: batch() }], { acks: -2 });
    await produce(stage, "log append time", () => [{ topic: "w-append", records: batch() }]);
    await produce(stage, "compacted with keys", () => [{ topic: "w-compacted", records: batch() }]);
    await produce(stage, "compacted, no key", () => [
      {
        topic: "w-compacted",
        records: batch({
          records: [
            { key: utf8("a"), value: utf8("v"), timestamp: 1 },
            { key: null, value: utf8("v"), timestamp: 1 },
          ],
        }),
      },
    ]);
    await produce(stage, "too large", () => [
      { topic: "w-small", records: batch({ records: [{ value: utf8("x".repeat(300)), timestamp: 1 }] }) },
    ]);
    await produce(stage, "timestamp too old", () => [{ topic: "w-past", records: batch() }]);
    await produce(stage, "timestamp in the future", () => [
      { topic: "w", records: batch({ records: [{ value: utf8("x"), timestamp: 9e12 + 5 }] }) },
    ]);
    await produce(stage, "no timestamp", () => [{ topic: "w", records: batch({ records: [{ value: utf8("x") }] }) }]);
    await produce(stage, "too few in-sync replicas", () => [{ topic: "w-isr", records: batch() }]);
    await produce(stage, "too few in-sync replicas, acks 1", () => [{ topic: "w-isr", records: batch() }], { acks: 1 });
    await produce(stage, "null records", () => [{ topic: "w", records: null }], {}, { from: 9, to: 9, waitMs: 500 });
    await produce(stage, "empty records", () => [{ topic: "w", records: new Uint8Array(0) }]);
    await produce(stage, "two batches", () => [{ topic: "w", records: Buffer.concat([batch(), batch()]) }]);
    await produce(stage, "torn batch", () => [{ topic: "w", records: batch().subarray(0, 70) }]);
    await produce(stage, "torn header", () => [{ topic: "w", records: batch().subarray(0, 15) }]);
    await produce(stage, "crc wrong", () => [
      { topic: "w", records: batch().map((byte, i) => (i === 65 ? byte ^ 1 : byte)) },
    ]);
    await produce(stage, "magic 1", () => [{ topic: "w", records: batch().map((byte, i) => (i === 16 ? 1 : byte)) }]);
    await produce(stage, "magic 3", () => [{ topic: "w", records: batch().map((byte, i) => (i === 16 ? 3 : byte)) }]);
    await produce(stage, "control batch", () => [{ topic: "w", records: batch({ control: true }) }]);
    await produce(stage, "unknown topic", () => [{ topic: "nowhere", records: batch() }]);
    await produce(stage, "unknown partition", () => [{ topic: "w", index: 9, records: batch() }]);
    await produce(stage, "negative partition", () => [{ topic: "w", index: -1, records: batch() }]);
    await produce(stage, "one good, one unknown", () => [
      { topic: "w", records: batch() },
      { topic: "nowhere", records: batch() },
    ]);
    await produce(stage, "nothing", () => []);
    await produce(stage, "transactional without id", () => [
      {
        topic: "w",
        records: batch({ producerId: strangeProducer, producerEpoch: 0, baseSequence: 0, transactional: true }),
      },
    ]);
    for (let version = 3; version <= 13; version++) {
      const own = `w-idem-${version}`;
      if (!stage.serves(ApiKey.Produce, version)) continue;
      await stage.topic(own);
      const send = (
        label: string,
        producerEpoch: number,
        baseSequence: number,
        producerId = strangeProducer + version,
      ) =>
        produce(
          stage,
          `idempotent: ${label}`,
          () => [{ topic: own, records: batch({ producerId, producerEpoch, baseSequence }) }],
          {},
          { from: version, to: version },
        );
      await send("starts in the middle", 0, 5);
      await send("next", 0, 7);
      await send("again", 0, 7);
      await send("first again", 0, 5);
      await send("gap", 0, 20);
      await send("back", 0, 2);
      await send("new epoch starts wrong", 1, 4);
      await send("new epoch", 1, 0);
      await send("old epoch", 0, 9);
      await send("negative sequence", 1, -1);
      await send("negative epoch", -1, 0);
      await send("wraps", 0, 2 ** 31 - 2, strangeProducer + 100 + version);
      await send("wrapped", 0, 0, strangeProducer + 100 + version);
      await stage.ask(ApiKey.DescribeProducers, 0, "after idempotent writes", {
        topics: [{ name: own, partitionIndexes: [0] }],
      });
    }
    await stage.ask(ApiKey.DescribeProducers, 0, "unknown topic, unknown partition", {
      topics: [
        { name: "nowhere", partitionIndexes: [0] },
        { name: "w", partitionIndexes: [0, 9, -1] },
      ],
    });
    await stage.ask(ApiKey.DescribeProducers, 0, "nothing", { topics: [] });
    await stage.ask(ApiKey.DescribeProducers, 0, "bad name", { topics: [{ name: "a/b", partitionIndexes: [0] }] });
  }),
  scenario("records are read", async (stage) => {
    const id = await filled(stage, "r");
    const fetch = (
      label: string,
      partitions: object[] | ((version: number) => object[]),
      extra: object = {},
      range: object = {},
    ) =>
      stage.each(
        ApiKey.Fetch,
        label,
        (version) => ({
          maxWaitMs: 0,
          minBytes: 0,
          sessionEpoch: -1,
          ...(version < 15 ? { replicaId: -1 } : {}),
          topics: [
            {
              ...(version >= 13 ? { topicId: id } : { topic: "r" }),
              partitions: typeof partitions === "function" ? partitions(version) : partitions,
            },
          ],
          ...extra,
        }),
        range,
      );
    const at = (fetchOffset: number, extra: object = {}) => ({
      partition: 0,
      fetchOffset,
      partitionMaxBytes: 1 << 20,
      ...extra,
    });
    await fetch("all", [at(0)]);
    await fetch("inside a batch", [at(1)]);
    await fetch("at the end", [at(6)]);
    await fetch("beyond the end", [at(7)]);
    await fetch("negative offset", [at(-1)]);
    await fetch("one byte", [at(0, { partitionMaxBytes: 1 })]);
    await fetch("zero bytes of the partition", [at(0, { partitionMaxBytes: 0 })]);
    await fetch("one byte in all", [at(0)], { maxBytes: 1 });
    await fetch("zero bytes in all", [at(0)], { maxBytes: 0 });
    await fetch("negative bytes", [at(0, { partitionMaxBytes: -1 })]);
    await fetch("one batch and a half", [at(0, { partitionMaxBytes: 110 })]);
    await fetch("two partitions", [at(0), at(0, { partition: 1 })]);
    await fetch("partition twice", [at(0), at(2)]);
    await fetch("unknown partition", [at(0, { partition: 9 }), at(2)]);
    await fetch("negative partition", [at(0, { partition: -1 })]);
    await fetch("read committed", [at(0)], { isolationLevel: 1 });
    await fetch("isolation 7", [at(0)], { isolationLevel: 7 });
    await fetch("current epoch", [at(0, { currentLeaderEpoch: 0 })], {}, { from: 9 });
    await fetch("epoch of the future", [at(0, { currentLeaderEpoch: 9 })], {}, { from: 9 });
    await fetch("negative epoch", [at(0, { currentLeaderEpoch: -5 })], {}, { from: 9 });
    await fetch("last fetched epoch", [at(4, { lastFetchedEpoch: 0 })], {}, { from: 12 });
    await fetch("last fetched epoch of the future", [at(4, { lastFetchedEpoch: 9 })], {}, { from: 12 });
    await fetch("last fetched epoch, beyond the end", [at(9, { lastFetchedEpoch: 0 })], {}, { from: 12 });
    await fetch(
      "unknown topic",
      [],
      {
        topics: [{ topic: "nowhere", partitions: [at(0)] }],
      },
      { to: 12 },
    );
    await fetch("strange id", [], { topics: [{ topicId: strangeId, partitions: [at(0)] }] }, { from: 13 });
    await fetch("no topics", [], { topics: [] });
    await fetch("no partitions", []);
    await fetch("waits in vain", [at(6)], { maxWaitMs: 50, minBytes: 1 });
    await fetch("negative wait", [at(6)], { maxWaitMs: -1, minBytes: 1 });
    await fetch("follower that is none", [at(0)], { replicaId: 77 }, { to: 14 });
    await fetch("follower that is none", [at(0)], { replicaState: { replicaId: 77, replicaEpoch: 1 } }, { from: 15 });
    await fetch("debugging replica", [at(0)], { replicaId: -2 }, { to: 14 });
    await fetch("own rack", [at(0)], { rackId: "here" }, { from: 11 });
    await fetch("session: epoch without a session", [at(0)], { sessionId: 0, sessionEpoch: 5 }, { from: 7 });
    await fetch("session: strange session", [at(0)], { sessionId: 4711, sessionEpoch: 1 }, { from: 7 });
    await fetch("session: strange session closed", [at(0)], { sessionId: 4711, sessionEpoch: -1 }, { from: 7 });
    for (let version = 7; version <= stage.maxOf(ApiKey.Fetch); version++) {
      const topic = version >= 13 ? { topicId: id } : { topic: "r" };
      const ask = (
        label: string,
        sessionId: number,
        sessionEpoch: number,
        topics: object[],
        forgottenTopicsData: object[] = [],
      ) =>
        stage.ask(ApiKey.Fetch, version, `session: ${label}`, {
          ...(version < 15 ? { replicaId: -1 } : {}),
          maxWaitMs: 0,
          minBytes: 0,
          sessionId,
          sessionEpoch,
          topics,
          forgottenTopicsData,
        });
      const { sessionId } =
        (await ask("new", 0, 0, [{ ...topic, partitions: [at(0), at(0, { partition: 1 })] }])) ?? {};
      await ask("unchanged", sessionId, 1, []);
      await ask("new offset", sessionId, 2, [{ ...topic, partitions: [at(4)] }]);
      await ask("at the end", sessionId, 3, [{ ...topic, partitions: [at(6)] }]);
      await ask("nothing new", sessionId, 4, []);
      await ask("wrong epoch", sessionId, 9, []);
      await ask("unknown partition", sessionId, 5, [{ ...topic, partitions: [at(0, { partition: 9 })] }]);
      await ask("unknown partition again", sessionId, 6, []);
      await ask("forgotten", sessionId, 7, [], [{ ...topic, partitions: [0, 9] }]);
      await ask("other topic", sessionId, 8, [
        version >= 13 ? { topicId: strangeId, partitions: [at(0)] } : { topic: "nowhere", partitions: [at(0)] },
      ]);
      await ask("other topic again", sessionId, 9, []);
      await ask("closed", sessionId, -1, []);
      await ask("after it was closed", sessionId, 10, []);
    }
  }),
  scenario("offsets are listed", async (stage) => {
    await filled(stage, "l");
    await stage.topic("l-empty");
    await stage.until(
      ApiKey.DeleteRecords,
      2,
      { topics: [{ name: "l", partitions: [{ partitionIndex: 0, offset: 1 }] }], timeoutMs: 30_000 },
      ({ topics }) => topics[0].partitions[0].errorCode === 0,
    );
    const list = (label: string, partitions: object[], extra: object = {}) =>
      stage.each(ApiKey.ListOffsets, label, (version) => ({
        replicaId: -1,
        topics: [{ name: "l", partitions }],
        ...(version >= 10 ? { timeoutMs: 30_000 } : {}),
        ...extra,
      }));
    const at = (timestamp: number, extra: object = {}) => [{ partitionIndex: 0, timestamp, ...extra }];
    for (const timestamp of [-1, -2, -3, -4, -5, -6, -7, 0, 1000, 1001, 3000, 6000, 6001]) {
      await list(`timestamp ${timestamp}`, at(timestamp));
      await list(`timestamp ${timestamp}, read committed`, at(timestamp), { isolationLevel: 1 });
      await list(`timestamp ${timestamp}, empty`, [], { topics: [{ name: "l-empty", partitions: at(timestamp) }] });
    }
    await list("unknown partition", [
      { partitionIndex: 9, timestamp: -1 },
      { partitionIndex: -1, timestamp: -1 },
    ]);
    await list("unknown topic", [], { topics: [{ name: "nowhere", partitions: at(-1) }] });
    await list("partition twice", [...at(-1), ...at(-2)]);
    await list("current epoch", at(-1, { currentLeaderEpoch: 0 }));
    await list("epoch of the future", at(-1, { currentLeaderEpoch: 9 }));
    await list("negative epoch", at(-1, { currentLeaderEpoch: -2 }));
    await list("as a replica", at(-1), { replicaId: 5 });
    await list("for debugging", at(-1), { replicaId: -2 });
    await list("isolation 9", at(-1), { isolationLevel: 9 });
    await list("nothing", [], { topics: [] });
    await list("no partitions", []);
    await list("bad name", [], { topics: [{ name: "a/b", partitions: at(-1) }] });
  }),
  scenario("records are deleted", async (stage) => {
    await stage.topic("x-compact", 1, { "cleanup.policy": "compact" });
    await stage.topic("x-both", 1, { "cleanup.policy": "compact,delete" });
    for (let version = 0; version <= 2; version++) {
      const name = `x-${version}`;
      await filled(stage, name);
      const cut = (label: string, offset: number, partitionIndex = 0, topic = name) =>
        stage.ask(ApiKey.DeleteRecords, version, label, {
          topics: [{ name: topic, partitions: [{ partitionIndex, offset }] }],
          timeoutMs: 30_000,
        });
      await cut("to 2", 2);
      await cut("to 2 again", 2);
      await cut("back to 1", 1);
      await cut("to 3, inside a batch", 3);
      await cut("beyond the end", 7);
      await cut("to -2", -2);
      await cut("to the end", -1);
      await cut("empty partition", 0, 1);
      await cut("unknown partition", 0, 9);
      await cut("negative partition", 0, -1);
      await cut("unknown topic", 0, 0, "nowhere");
      await cut("compacted", 0, 0, "x-compact");
      await cut("compacted and deleted", 0, 0, "x-both");
      await stage.ask(ApiKey.DeleteRecords, version, "nothing", { topics: [], timeoutMs: 30_000 });
      await stage.ask(ApiKey.DeleteRecords, version, "partition twice", {
        topics: [
          {
            name,
            partitions: [
              { partitionIndex: 0, offset: 6 },
              { partitionIndex: 0, offset: 5 },
            ],
          },
        ],
        timeoutMs: 30_000,
      });
      await stage.ask(ApiKey.DeleteRecords, version, "good and unknown", {
        topics: [
          {
            name,
            partitions: [
              { partitionIndex: 0, offset: 6 },
              { partitionIndex: 9, offset: 5 },
            ],
          },
        ],
        timeoutMs: 30_000,
      });
      await stage.ask(ApiKey.Fetch, 11, "below the log's start", {
        replicaId: -1,
        maxWaitMs: 0,
        minBytes: 0,
        topics: [{ topic: name, partitions: [{ partition: 0, fetchOffset: 2, partitionMaxBytes: 1000 }] }],
      });
    }
  }),
  scenario("epochs", async (stage) => {
    await filled(stage, "e");
    const ask = (label: string, partitions: object[], extra: object = {}) =>
      stage.each(ApiKey.OffsetForLeaderEpoch, label, { replicaId: -1, topics: [{ topic: "e", partitions }], ...extra });
    await ask("epoch 0", [{ partition: 0, leaderEpoch: 0 }]);
    await ask("epoch 0, checked", [{ partition: 0, leaderEpoch: 0, currentLeaderEpoch: 0 }]);
    await ask("epoch of the future", [{ partition: 0, leaderEpoch: 5 }]);
    await ask("current of the future", [{ partition: 0, leaderEpoch: 0, currentLeaderEpoch: 5 }]);
    await ask("negative epoch", [{ partition: 0, leaderEpoch: -1 }]);
    await ask("epoch -2", [{ partition: 0, leaderEpoch: -2 }]);
    await ask("empty partition", [{ partition: 1, leaderEpoch: 0 }]);
    await ask("unknown partition", [
      { partition: 9, leaderEpoch: 0 },
      { partition: -1, leaderEpoch: 0 },
    ]);
    await ask("unknown topic", [], { topics: [{ topic: "nowhere", partitions: [{ partition: 0, leaderEpoch: 0 }] }] });
    await ask("partition twice", [
      { partition: 0, leaderEpoch: 0 },
      { partition: 0, leaderEpoch: 1 },
    ]);
    await ask("as a replica", [{ partition: 0, leaderEpoch: 0 }], { replicaId: 5 });
    await ask("for debugging", [{ partition: 0, leaderEpoch: 0 }], { replicaId: -2 });
    await ask("nothing", [], { topics: [] });
    await ask("no partitions", []);
  }),
];
