import { compareReplicas } from "./compare-replicas";

const batch = (lastOffset: number, checksum = lastOffset * 7): { lastOffset: number; checksum: number } => ({
  lastOffset,
  checksum,
});
const replica = (brokerId: number, highWatermark: number, ...batches: ReturnType<typeof batch>[]) => ({
  brokerId,
  highWatermark,
  batches,
});

it("goes on behind the last batch that all have", () => {
  const replicas = [replica(1, 10, batch(4), batch(9)), replica(2, 10, batch(4), batch(9))];
  expect(compareReplicas(0, replicas)).toEqual({ nextOffset: 10, unmatched: [] });
});

it("waits for a replica that is behind, or knows an older high watermark, or cannot be asked", () => {
  const leader = replica(1, 10, batch(4), batch(9));
  expect(compareReplicas(0, [leader, replica(2, 5, batch(4))]).nextOffset).toBe(5);
  expect(compareReplicas(0, [leader, replica(2, 5, batch(4), batch(9))]).nextOffset).toBe(5);
  expect(compareReplicas(0, [leader, replica(2, -1)])).toEqual({ nextOffset: 0, unmatched: [] });
});

it("tells each checksum that differs from the first one's, and goes on", () => {
  const replicas = [replica(3, 10, batch(4, 1), batch(9)), replica(1, 10, batch(4, 2), batch(9))];
  expect(compareReplicas(0, replicas)).toEqual({
    nextOffset: 10,
    unmatched: [
      { lastOffset: 4, first: { brokerId: 3, lastOffset: 4, checksum: 1 }, other: { brokerId: 1, checksum: 2 } },
    ],
  });
});

it("stops where batches lie elsewhere", () => {
  const { misplaced, nextOffset } = compareReplicas(0, [
    replica(1, 10, batch(4), batch(9)),
    replica(2, 10, batch(4), batch(8)),
  ]);
  expect(nextOffset).toBe(5);
  expect(misplaced).toMatchObject({ first: { brokerId: 1, lastOffset: 9 }, other: { brokerId: 2, lastOffset: 8 } });
});
