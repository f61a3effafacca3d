import { KafkaError } from "@moldau/base";
import { type FetchContext, FetchSessions, type FetchSessionRequest, type WantedPartition } from "./fetch-sessions";

const wanted = (partition: number, fetchOffset = 0): WantedPartition => ({
  topicId: "",
  topicName: "t",
  partition,
  currentLeaderEpoch: -1,
  fetchOffset,
  lastFetchedEpoch: -1,
  logStartOffset: -1,
  partitionMaxBytes: 1000,
});
const request = (
  sessionId: number,
  sessionEpoch: number,
  partitions: WantedPartition[],
  forgotten: number[] = [],
): FetchSessionRequest => ({
  sessionId,
  sessionEpoch,
  wanted: partitions,
  forgotten: forgotten.map((partition) => ({ topicId: "", topicName: "t", partition })),
  usesTopicIds: false,
});
const result = (highWatermark: number, recordBytes = 0, errorCode = 0) => ({
  highWatermark,
  lastStableOffset: highWatermark,
  logStartOffset: 0,
  errorCode,
  recordBytes,
  diverging: false,
  redirected: false,
});
const open = (context: FetchContext | { error: number }): FetchContext => {
  if ("error" in context) throw new Error(`error ${context.error}`);
  return context;
};
const create = () => new FetchSessions({ slots: 2, evictionMs: 1000 }, Math.random);

it("opens a session with the first full fetch and afterwards takes only changes", () => {
  const sessions = create();
  const first = open(sessions.resolve(request(0, 0, [wanted(0), wanted(1)]), 0));
  expect(first.sessionId).toBeGreaterThan(0);
  for (const partition of first.partitions) expect(first.include(partition, result(5))).toBe(true);

  const second = open(sessions.resolve(request(first.sessionId, 1, [wanted(1, 3), wanted(2)]), 1));
  expect(second.partitions.map((p) => [p.partition, p.fetchOffset])).toEqual([
    [0, 0],
    [1, 3],
    [2, 0],
  ]);
  expect(second.include(second.partitions[0]!, result(5))).toBe(false);
  expect(second.include(second.partitions[1]!, result(6))).toBe(true);
  expect(second.include(second.partitions[2]!, result(0))).toBe(true);

  const third = open(sessions.resolve(request(first.sessionId, 2, [], [1]), 2));
  expect(third.partitions.map((p) => p.partition)).toEqual([0, 2]);
});

it("answers a partition with records and moves it behind the others, and repeats errors", () => {
  const sessions = create();
  const first = open(sessions.resolve(request(0, 0, [wanted(0), wanted(1)]), 0));
  first.include(first.partitions[0]!, result(5, 100));
  first.include(first.partitions[1]!, result(5, 0, KafkaError.NOT_LEADER_OR_FOLLOWER));
  const second = open(sessions.resolve(request(first.sessionId, 1, []), 1));
  expect(second.partitions.map((p) => p.partition)).toEqual([1, 0]);
  expect(second.include(second.partitions[0]!, result(5))).toBe(true);
  expect(second.include(second.partitions[1]!, result(5))).toBe(false);
});

it("refuses what does not fit", () => {
  const sessions = create();
  expect(sessions.resolve(request(77, 1, []), 0)).toEqual({ error: KafkaError.FETCH_SESSION_ID_NOT_FOUND });
  const { sessionId } = open(sessions.resolve(request(0, 0, [wanted(0)]), 0));
  expect(sessions.resolve(request(sessionId, 5, []), 0)).toEqual({ error: KafkaError.INVALID_FETCH_SESSION_EPOCH });
  expect(sessions.resolve({ ...request(sessionId, 1, []), usesTopicIds: true }, 0)).toEqual({
    error: KafkaError.FETCH_SESSION_TOPIC_ID_ERROR,
  });
});

it("closes a session at the final epoch and makes room only for what is unused", () => {
  const sessions = create();
  const a = open(sessions.resolve(request(0, 0, [wanted(0)]), 0)).sessionId;
  const b = open(sessions.resolve(request(0, 0, [wanted(0)]), 500)).sessionId;
  expect(open(sessions.resolve(request(0, 0, [wanted(0)]), 900)).sessionId).toBe(0);
  expect(open(sessions.resolve(request(0, 0, [wanted(0)]), 1000)).sessionId).not.toBe(0);
  expect(sessions.resolve(request(a, 1, []), 1001)).toEqual({ error: KafkaError.FETCH_SESSION_ID_NOT_FOUND });
  expect(open(sessions.resolve(request(b, -1, []), 1002)).sessionId).toBe(0);
  expect(sessions.size).toBe(1);
});
