import { MemoryDisk } from "@moldau/disk";
import { DescriptorCache } from "./descriptor-cache";
import type { Environment } from "./environment";
import { Segment } from "./segment";

async function segmentOnDisk(): Promise<{ segment: Segment; environment: Environment; disk: MemoryDisk }> {
  const disk = new MemoryDisk();
  await disk.makeDirectory("/data");
  const segment = new Segment("/data", 0, { nowMs: 0, jitterMs: 0 });
  await disk.close(await disk.open(segment.logPath, { create: true }));
  // Opening to read takes no more than that.
  const environment = { disk, files: new DescriptorCache(disk, 10) } as unknown as Environment;
  return { segment, environment, disk };
}

it("is not read by its name once that may be another's", async () => {
  const { segment, environment, disk } = await segmentOnDisk();
  const opening = segment.openToRead(environment);
  segment.removed = true;
  environment.files.forget(segment.logPath);
  expect(await opening).toBeUndefined();
  await environment.files.closeAll();
  expect(disk.openCount).toBe(0);
});

it("is gone where its file has got another name", async () => {
  const { segment, environment, disk } = await segmentOnDisk();
  await disk.rename(segment.logPath, `${segment.logPath}.deleted`);
  await expect(segment.openToRead(environment)).rejects.toMatchObject({ code: "ENOENT" });
  segment.removed = true;
  expect(await segment.openToRead(environment)).toBeUndefined();
});

it("is not read before the files that are swapped in have its names", async () => {
  const { segment, environment } = await segmentOnDisk();
  let swapped = (): void => undefined;
  segment.swapping = new Promise((resolve) => (swapped = resolve));
  let isOpen = false;
  const opening = segment.openToRead(environment).then((file) => {
    isOpen = true;
    return file;
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isOpen).toBe(false);
  swapped();
  expect(await opening).toMatchObject({ path: segment.logPath });
});
