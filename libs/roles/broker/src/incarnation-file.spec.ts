import { makeDurableDirectory, MemoryDisk } from "@moldau/disk";
import { forgetIncarnation, noteIncarnation, survivingEpoch } from "./incarnation-file";

async function written(synced: boolean): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  await makeDurableDirectory(disk, "/data");
  await noteIncarnation(disk, ["/data"], { brokerEpoch: 17, synced });
  return disk;
}

it("a killed broker lost nothing, one whose machine lost power may have", async () => {
  expect(await survivingEpoch((await written(false)).crash("process"), "/data")).toBe(17);
  expect(await survivingEpoch((await written(false)).crash("onlySynced"), "/data")).toBe(-1);
  // The file itself may have come through.
  const kept = (await written(false)).crash({ random: () => 0, keep: 1 });
  expect((await kept.list("/data")).map(({ name }) => name)).toEqual([".moldau_incarnation"]);
  expect(await survivingEpoch(kept, "/data")).toBe(-1);
});

it("with every acknowledged record on the disk a power cut loses nothing either", async () => {
  expect(await survivingEpoch((await written(true)).crash("onlySynced"), "/data")).toBe(17);
});

it("a directory that failed may hold anything; one that is new or damaged says nothing", async () => {
  const disk = await written(false);
  await forgetIncarnation(disk, "/data");
  await forgetIncarnation(disk, "/data");
  expect(await survivingEpoch(disk, "/data")).toBe(-1);
  await noteIncarnation(disk, ["/data"], { brokerEpoch: 18, synced: false });
  for (const text of ["", "{", "null", '{"version":0,"brokerEpoch":"18","bootId":"boot 1","synced":false}']) {
    disk.setContent("/data/.moldau_incarnation", Buffer.from(text));
    expect(await survivingEpoch(disk, "/data")).toBe(-1);
  }
});

it("where nobody can say which boot it is, only a synced log counts", async () => {
  const disk = await written(false);
  disk.bootId = () => Promise.resolve("");
  await noteIncarnation(disk, ["/data"], { brokerEpoch: 19, synced: false });
  expect(await survivingEpoch(disk, "/data")).toBe(-1);
});
