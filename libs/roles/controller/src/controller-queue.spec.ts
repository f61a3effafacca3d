import { type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import { ControllerQueue, NotActiveError } from "./controller-queue";
import { MetadataLog } from "./metadata-log";
import { ProposalRefusedError } from "./quorum";
import { FakeQuorum, feature, registration, settle } from "./testing/fake-quorum";

let quorum: FakeQuorum;
let metadata: MetadataLog;
let queue: ControllerQueue;

beforeEach(() => {
  quorum = new FakeQuorum();
  metadata = new MetadataLog();
  metadata.follow(quorum);
  queue = new ControllerQueue({ quorum, metadata, clock: { monotonicMs: () => performance.now() } });
});

/** Decides on these records; tells which features the decision saw. */
const decide = (...records: MetadataRecord[]) =>
  queue.decide((image) => ({ records, reply: [...image.features.keys()].join() }));

/** What a promise has come to by now. */
async function state(promise: Promise<{ reply: unknown }>): Promise<unknown> {
  let now: unknown = "waits";
  promise.then(
    ({ reply }) => (now = reply),
    (error: Error) => (now = error.name),
  );
  await settle();
  return now;
}

it("decides on what is proposed and answers when it is committed", async () => {
  const a = decide(feature("a"));
  const b = decide(feature("b"));
  const c = decide();
  expect([await state(a), await state(b), await state(c)]).toEqual(["waits", "waits", "waits"]);
  expect(quorum.pending).toHaveLength(2);
  expect(metadata.image.features.size).toBe(0);
  quorum.commit(1);
  expect([await state(a), await state(b), await state(c)]).toEqual(["", "waits", "waits"]);
  quorum.commit(1);
  expect([await state(b), await state(c)]).toEqual(["a", "a,b"]);
  expect((await a).offset).toBe(1);
  expect((await b).offset).toBe(2);
  expect((await c).offset).toBeUndefined();
});

it("answers at once what changes nothing while nothing is under way", async () => {
  expect(await state(decide())).toBe("");
  expect(quorum.pending).toHaveLength(0);
});

it("reverts to the committed image when leadership goes away, and begins again from it", async () => {
  const a = decide(feature("a"));
  const b = decide(feature("b"));
  await settle();
  quorum.commit(1);
  const c = decide();
  const d = decide(feature("d"));
  await settle();
  quorum.lose();
  queue.revert();
  expect([await state(a), await state(b), await state(c), await state(d)]).toEqual([
    "",
    "NotActiveError",
    "NotActiveError",
    "NotActiveError",
  ]);
  await expect(decide(feature("e"))).rejects.toThrow(NotActiveError);
  // The other controller did commit b; this one becomes active again.
  quorum.commitOthers(feature("b"), feature("x"));
  quorum.isActive = true;
  queue.revert();
  const f = decide(feature("f"));
  await settle();
  quorum.commit();
  expect(await state(f)).toBe("a,b,x");
});

it("fails those who still wait for their turn when leadership goes away", async () => {
  void decide(registration(1)).catch(() => undefined);
  const behind = decide(feature("a"));
  await settle();
  quorum.lose();
  queue.revert();
  expect(await state(behind)).toBe("NotActiveError");
});

it("decides nothing on a registration before its epoch is known", async () => {
  const seen: MetadataImage[] = [];
  const first = decide(feature("a"));
  const registered = decide(registration(1));
  const next = queue.decide((image) => {
    seen.push(image);
    return { records: [], reply: undefined };
  });
  await settle();
  expect(quorum.pending).toHaveLength(2);
  expect(seen).toEqual([]);
  quorum.commit(1);
  await settle();
  expect(seen).toEqual([]);
  quorum.commit(1);
  await Promise.all([first, registered, next]);
  expect(seen[0]!.brokers.get(1)!.epoch).toBe((await registered).offset);
});

it("forgets what the quorum refused, and nothing else", async () => {
  const a = decide(feature("a"));
  await settle();
  quorum.refusals = 1;
  const b = decide(feature("b"));
  const c = decide(feature("c"));
  await expect(b).rejects.toThrow(ProposalRefusedError);
  await settle();
  quorum.commit();
  expect([await state(a), await state(c)]).toEqual(["", "a"]);
  expect([...metadata.image.features.keys()]).toEqual(["a", "c"]);
});

it("fails a decision that throws or contradicts the image, and goes on", async () => {
  const thrown = queue.decide(() => {
    throw new Error("a bug");
  });
  const wrong = decide(record("RemoveTopicRecord", { topicId: "AAAAAAAAAAAAAAAAAAAAAQ" }));
  const fine = decide(feature("a"));
  await expect(thrown).rejects.toThrow("a bug");
  await expect(wrong).rejects.toThrow(/topic/);
  await settle();
  quorum.commit();
  expect(await state(fine)).toBe("");
});

it("moves shards in the entry that makes it necessary", async () => {
  const topicId = "AAAAAAAAAAAAAAAAAAAAAQ";
  const partition = (partitionId: number) =>
    record("PartitionRecord", {
      partitionId,
      topicId,
      replicas: [1],
      isr: [1],
      removingReplicas: [],
      addingReplicas: [],
      leader: 1,
      leaderRecoveryState: 0,
      leaderEpoch: 0,
      partitionEpoch: 0,
      directories: [],
    });
  const roles = record("NodeRolesRecord", { nodeId: 1, roles: ["broker", "coordinator"] });
  const topic = [record("TopicRecord", { name: "__consumer_offsets", topicId }), partition(0), partition(1)];
  void decide(registration(1), roles);
  await settle();
  quorum.commit();
  void decide(...topic);
  await settle();
  quorum.commit();
  expect(metadata.image.shardOwner(topicId, 1)).toEqual({ ownerId: 1, ownerEpoch: 1 });
  void decide(record("BrokerRegistrationChangeRecord", { brokerId: 1, brokerEpoch: 1, fenced: 1 }));
  await settle();
  expect(quorum.pending).toHaveLength(1);
  quorum.commit();
  expect(metadata.image.shardOwner(topicId, 1)).toEqual({ ownerId: -1, ownerEpoch: 2 });
});
