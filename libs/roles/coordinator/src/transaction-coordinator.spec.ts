import { keyOf } from "./transaction-coordinator";

// Simulation, seed 2002057: the end of a transaction was taken for that of the one before, which had the same epoch and whose
// last step was still under way. Nobody ever wrote its markers.
it("the ends of two transactions under one epoch are two, the same one told again is not", () => {
  const shard = { topicId: "t", partition: 0, ownerId: 101, ownerEpoch: 1 };
  const end = {
    event: "end transaction",
    transactionalId: "transfers",
    producerId: 7,
    producerEpoch: 0,
    commit: true,
    transactionVersion: 0,
    partitions: [{ topic: "orders", partitions: [0] }],
  } as const;
  const first = keyOf({ ...end, decidedMs: 1_000 }, shard);
  expect(keyOf({ ...end, decidedMs: 1_000 }, shard)).toBe(first);
  expect(keyOf({ ...end, decidedMs: 1_001 }, shard)).not.toBe(first);
});
