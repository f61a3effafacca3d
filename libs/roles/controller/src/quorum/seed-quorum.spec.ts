import { NO_NODE, SeededRandom } from "@moldau/base";
import { MemoryDisk } from "@moldau/disk";
import { seedQuorum } from "./seed-quorum";
import { QuorumStorage } from "./storage";

const seed = { directory: "/d", nodeId: 201, voters: [203, 201, 202], clusterId: "c", offset: 102, epoch: 7 };

it("is a voter that knows the snapshot, has promised nothing, and writes behind it", async () => {
  const disk = new MemoryDisk();
  await seedQuorum({ ...seed, disk, random: new SeededRandom(1), snapshot: new Uint8Array([1, 2, 3]) });
  const { storage, ...opened } = await QuorumStorage.open({
    disk,
    directory: "/d/__cluster_metadata-0",
    nodeId: 201,
    clusterId: "c",
    segmentBytes: 1024,
    newDirectoryId: () => "unused",
    guarded: true,
  });
  expect(opened.hardState).toEqual({ term: 7, vote: NO_NODE, recovering: false });
  expect(opened.snapshot!.metadata).toMatchObject({ index: 102, term: 7 });
  expect(opened.snapshot!.metadata.configuration.voters.map(({ id }) => id)).toEqual([201, 202, 203]);
  expect([...opened.snapshot!.bytes]).toEqual([1, 2, 3]);
  await storage.write([
    {
      sequence: 1,
      entries: [{ index: 103, term: 8, type: "leader", payload: new Uint8Array(0) }],
      messagesAfter: [],
    },
  ]);
  expect(storage.firstIndex).toBe(103);
  await storage.close();
});

it("leaves a metadata log alone that is there already", async () => {
  const disk = new MemoryDisk();
  const random = new SeededRandom(1);
  await seedQuorum({ ...seed, disk, random, snapshot: new Uint8Array([1]) });
  await expect(seedQuorum({ ...seed, disk, random, snapshot: new Uint8Array([2]) })).rejects.toThrow("already");
});
