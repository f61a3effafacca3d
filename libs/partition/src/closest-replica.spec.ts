import { PartitionReplica } from "./partition-replica";

const RACKS = new Map([
  [1, "a"],
  [2, "b"],
  [3, "b"],
  [4, "c"],
]);

/** A leader in rack a with everything up to 10; followers 2 and 3 in rack b, 4 in rack c, which is not in the ISR. */
function leader(): PartitionReplica {
  const replica = new PartitionReplica({
    nodeId: 1,
    settings: { minInsyncReplicas: 1, replicaLagTimeMaxMs: 1000, producerIdExpirationMs: 1e9 },
    logStartOffset: 0,
    logEndOffset: 10,
    highWatermark: 10,
  });
  replica.assign({ leaderId: 1, leaderEpoch: 0, partitionEpoch: 0, replicas: [1, 2, 3, 4], isr: [1, 2, 3] }, 0);
  return replica;
}

function fetched(
  replica: PartitionReplica,
  replicaId: number,
  fetchOffset: number,
  logStartOffset = 0,
  nowMs = 1,
): void {
  replica.onFollowerFetch({ replicaId, fetchOffset, logStartOffset, nodeEpoch: 1, eligible: true }, nowMs);
}

const near = (replica: PartitionReplica, rackId: string, fetchOffset: number, rackOf = (id: number) => RACKS.get(id)) =>
  replica.closestReplica({ rackId, fetchOffset, rackOf });

it("names the in-sync follower of the reader's rack that has come farthest", () => {
  const replica = leader();
  fetched(replica, 2, 6);
  fetched(replica, 3, 9);
  expect(near(replica, "b", 5)).toBe(3);
  fetched(replica, 2, 10, 0, 5);
  expect(near(replica, "b", 5)).toBe(2);
  // Both have everything; 3 had it a moment ago.
  fetched(replica, 3, 10, 0, 6);
  expect(near(replica, "b", 5)).toBe(3);
});

it("keeps to the leader: in its own rack, in a rack without replicas, without a rack", () => {
  const replica = leader();
  fetched(replica, 2, 10);
  for (const rackId of ["a", "d", ""]) expect(near(replica, rackId, 5)).toBe(-1);
});

it("names nobody who is out of sync, lacks the offset, has not fetched yet, or is fenced", () => {
  const replica = leader();
  expect(near(replica, "b", 5)).toBe(-1);
  fetched(replica, 4, 10);
  expect(near(replica, "c", 5)).toBe(-1);
  fetched(replica, 2, 6, 4);
  expect(near(replica, "b", 3)).toBe(-1);
  expect(near(replica, "b", 7)).toBe(-1);
  expect(near(replica, "b", 6)).toBe(2);
  expect(near(replica, "b", 6, (id) => (id === 2 ? undefined : RACKS.get(id)))).toBe(-1);
});

it("is nothing that a follower answers", () => {
  const replica = leader();
  replica.assign({ leaderId: 2, leaderEpoch: 1, partitionEpoch: 1, replicas: [1, 2, 3, 4], isr: [1, 2, 3] }, 0);
  expect(near(replica, "b", 5)).toBe(-1);
});
