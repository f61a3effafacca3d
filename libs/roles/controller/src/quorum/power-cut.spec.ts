/**
 * Three members over disks that forget what was not synced: what was acknowledged is there after a power cut that hits
 * all of them at once, no epoch ever has two leaders, and a full disk ends a member's leadership and nothing else.
 */
import { SeededRandom } from "@moldau/base";
import { MemoryDisk } from "@moldau/disk";
import { QuorumStorageError } from "./files";
import { bytes, FakeCluster, text, until } from "./testing/fake-cluster";

const ids = [1, 2, 3];
let disks: Map<number, MemoryDisk>;
let cluster: FakeCluster;

beforeEach(() => {
  disks = new Map(ids.map((id) => [id, new MemoryDisk()]));
  cluster = new FakeCluster(ids, () => "/metadata", { diskOf: (id) => disks.get(id)!, segmentBytes: 500 });
});
afterEach(() => cluster.stopAll());

const active = () => until("an active controller", () => cluster.active());

/** The machines of `which` lose their power together. */
async function cutPower(which: readonly number[]): Promise<void> {
  for (const id of which) disks.set(id, disks.get(id)!.crash("onlySynced"));
  await Promise.all(which.map((id) => cluster.kill(id)));
}

it.each([1, 2, 3])("keeps votes and acknowledged entries through power cuts (seed %i)", async (seed) => {
  const random = new SeededRandom(seed);
  const acknowledged: string[] = [];
  const leaders = new Map<number, number>();
  for (let round = 0; round < 6; round++) {
    for (const id of ids) {
      if (cluster.nodes.has(id)) continue;
      const { quorum } = await cluster.start(id);
      quorum.onLeadership(({ leaderId, epoch }) => {
        if (leaderId < 0) return;
        expect([epoch, leaders.get(epoch) ?? leaderId]).toEqual([epoch, leaderId]);
        leaders.set(epoch, leaderId);
      });
    }
    const { quorum } = await active();
    let open = true;
    const propose = async (entry: string) => {
      try {
        await quorum.propose(bytes(entry));
        if (open) acknowledged.push(entry);
      } catch {
        // Its outcome is unknown.
      }
    };
    for (let i = 0; i < 20; i++) void propose(`${round}-${i}`);
    const turns = random.below(40);
    for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
    // Acknowledged is what the caller heard before the cut.
    open = false;
    await cutPower(random.chance(0.5) ? ids : [random.pick(ids)]);
  }
  for (const id of ids) if (!cluster.nodes.has(id)) await cluster.start(id);
  const last = await active();
  await last.quorum.propose(bytes("end"));
  const kept = new Set(last.committed.map((entry) => text(entry.payload)));
  expect(acknowledged.filter((entry) => !kept.has(entry))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(0);
});

it("stops leading when its disk is full, says what to do, and goes on when there is space again", async () => {
  for (const id of ids) await cluster.start(id);
  const leader = await active();
  const { nodeId } = leader.quorum;
  await leader.quorum.propose(bytes("before"));
  const disk = disks.get(nodeId)!;
  disk.failing = (operation) => (operation === "write" ? "ENOSPC" : undefined);
  await expect(leader.quorum.propose(bytes("in vain"))).rejects.toThrow();
  const [failure] = leader.failures;
  expect(failure).toBeInstanceOf(QuorumStorageError);
  expect(failure?.message).toMatch(/^\/metadata\/__cluster_metadata-0: .*ENOSPC.* Free space there and start/);
  expect(leader.quorum.isActive).toBe(false);
  await cluster.kill(nodeId);

  const next = await active();
  await next.quorum.propose(bytes("after"));
  disk.failing = () => undefined;
  const again = await cluster.start(nodeId);
  await until("the log", () => again.committed.some((entry) => text(entry.payload) === "after"));
  const texts = again.committed.map((entry) => text(entry.payload));
  expect(texts).toEqual(next.committed.map((entry) => text(entry.payload)));
  expect(texts[0]).toBe("before");
});
