import { DescriptorCache } from "./descriptor-cache";
import { MemoryDisk } from "@moldau/disk";

async function cacheOf(limit: number): Promise<{ disk: MemoryDisk; cache: DescriptorCache }> {
  const disk = new MemoryDisk();
  await disk.makeDirectory("/data");
  return { disk, cache: new DescriptorCache(disk, limit) };
}

const open = (cache: DescriptorCache, name: string): ReturnType<DescriptorCache["acquire"]> =>
  cache.acquire(`/data/${name}`, { create: true });

it("opens a file once for all who ask, also at the same time", async () => {
  const { disk, cache } = await cacheOf(10);
  const [one, other] = await Promise.all([open(cache, "a"), open(cache, "a")]);
  expect(one).toBe(other);
  expect(disk.counts.get("open")).toBe(1);
});

it("closes the idle file that was used longest ago, never one in use", async () => {
  const { disk, cache } = await cacheOf(2);
  const pinned = await open(cache, "pinned");
  for (const name of ["a", "b"]) cache.release(await open(cache, name));
  cache.release(await open(cache, "a"));
  cache.release(await open(cache, "c"));
  expect(cache.openCount).toBe(2);
  await disk.write(pinned.descriptor, [Buffer.from("still open")], 0);
  const opens = disk.counts.get("open");
  cache.release(await open(cache, "c"));
  expect(disk.counts.get("open")).toBe(opens);
  cache.release(pinned);
  await cache.closeAll();
  expect(disk.openCount).toBe(0);
});

it("gives nobody else a file that was being opened when it was forgotten", async () => {
  const { disk, cache } = await cacheOf(10);
  cache.release(await open(cache, "a"));
  cache.forget("/data/a");
  disk.delay = () => 3;
  const opening = open(cache, "a");
  await new Promise((resolve) => setImmediate(resolve));
  await disk.rename("/data/a", "/data/old");
  cache.forget("/data/a");
  const [before, after] = await Promise.all([opening, open(cache, "a")]);
  await disk.write(after.descriptor, [Buffer.from("new")], 0);
  expect(disk.contentOf("/data/a").toString()).toBe("new");
  expect(after).not.toBe(before);
  cache.release(before);
  cache.release(after);
  await cache.closeAll();
  expect(disk.openCount).toBe(0);
});

it("lets users of a forgotten file finish and gives later ones a new descriptor", async () => {
  const { disk, cache } = await cacheOf(10);
  const before = await open(cache, "a");
  cache.forget("/data/a");
  const after = await open(cache, "a");
  expect(after.descriptor).not.toBe(before.descriptor);
  await disk.write(before.descriptor, [Buffer.from("x")], 0);
  cache.release(before);
  await expect(disk.write(before.descriptor, [Buffer.from("x")], 0)).rejects.toMatchObject({ code: "EBADF" });
  cache.release(after);
});
