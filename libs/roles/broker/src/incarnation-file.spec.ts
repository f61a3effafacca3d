import { makeDurableDirectory, MemoryDisk } from "@moldau/disk";
import { forgetIncarnation, noteIncarnation, survivingIncarnations } from "./incarnation-file";

const RAN = { brokerEpoch: 17, incarnationIds: ["QUFBQUFBQUFBQUFBQUFBQQ"] };
const NOBODY = { brokerEpoch: -1, incarnationIds: [] };

async function written(synced: boolean): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  await makeDurableDirectory(disk, "/data");
  await noteIncarnation(disk, ["/data"], { ...RAN, synced });
  return disk;
}

it("a killed broker lost nothing, one whose machine lost power may have", async () => {
  expect(await survivingIncarnations((await written(false)).crash("process"), "/data")).toEqual(RAN);
  expect(await survivingIncarnations((await written(false)).crash("onlySynced"), "/data")).toEqual(NOBODY);
  // The file itself may have come through.
  const kept = (await written(false)).crash({ random: () => 0, keep: 1 });
  expect((await kept.list("/data")).map(({ name }) => name)).toEqual([".moldau_incarnation"]);
  expect(await survivingIncarnations(kept, "/data")).toEqual(NOBODY);
});

it("with every acknowledged record on the disk a power cut loses nothing either", async () => {
  expect(await survivingIncarnations((await written(true)).crash("onlySynced"), "/data")).toEqual(RAN);
});

it("a directory that failed may hold anything; one that is new or damaged says nothing", async () => {
  const disk = await written(false);
  await forgetIncarnation(disk, "/data");
  await forgetIncarnation(disk, "/data");
  expect(await survivingIncarnations(disk, "/data")).toEqual(NOBODY);
  await noteIncarnation(disk, ["/data"], { ...RAN, synced: false });
  for (const text of [
    "",
    "{",
    "null",
    '{"version":0,"brokerEpoch":"18","bootId":"boot 1","synced":false}',
    '{"version":0,"brokerEpoch":1,"bootId":"boot 1","synced":true}',
  ]) {
    disk.setContent("/data/.moldau_incarnation", Buffer.from(text));
    expect(await survivingIncarnations(disk, "/data")).toEqual(NOBODY);
  }
});

it("where nobody can say which boot it is, only a synced log counts", async () => {
  const disk = await written(false);
  disk.bootId = () => Promise.resolve("");
  await noteIncarnation(disk, ["/data"], { ...RAN, synced: false });
  expect(await survivingIncarnations(disk, "/data")).toEqual(NOBODY);
});
