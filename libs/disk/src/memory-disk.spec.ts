import { MemoryDisk } from "./memory-disk";
import { makeDurableDirectory, replaceFile } from "./small-files";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

async function diskWith(content: string): Promise<{ disk: MemoryDisk; file: number }> {
  const disk = new MemoryDisk();
  await disk.makeDirectory("/d");
  const file = await disk.open("/d/f", { create: true });
  await disk.write(file, [Buffer.from(content)], 0);
  await disk.sync(file);
  await disk.syncDirectory("/d");
  await disk.syncDirectory("/");
  return { disk, file };
}

it("keeps everything when a process dies, and only what was synced at the worst power cut", async () => {
  const { disk, file } = await diskWith("hello");
  await disk.write(file, [Buffer.from("J")], 0);
  await disk.write(file, [Buffer.from(" world")], 5);
  expect(text(await disk.crash("process").readFile("/d/f"))).toBe("Jello world");
  expect(text(await disk.crash("onlySynced").readFile("/d/f"))).toBe("hello");
});

it("undoes cuts and what was written over them", async () => {
  const { disk, file } = await diskWith("hello world");
  await disk.truncate(file, 3);
  await disk.write(file, [Buffer.from("p!")], 3);
  expect(text(disk.contentOf("/d/f"))).toBe("help!");
  expect(text(await disk.crash("onlySynced").readFile("/d/f"))).toBe("hello world");
});

it("forgets names that were not synced", async () => {
  const { disk } = await diskWith("old");
  await disk.rename("/d/f", "/d/g");
  await disk.open("/d/h", { create: true });
  const after = disk.crash("onlySynced");
  expect((await after.list("/d")).map(({ name }) => name)).toEqual(["f"]);
});

it("spares single changes, whatever came before them; what is missing reads as zeros", async () => {
  const { disk, file } = await diskWith("");
  await disk.write(file, [Buffer.from("ab")], 0);
  await disk.write(file, [Buffer.from("cd")], 2);
  // Names of two directories are not kept, then: not the first write, the second one, whole.
  const dice = [0.9, 0.9, 0.9, 0.1, 0.1];
  const after = disk.crash({ random: () => dice.shift() ?? 0, keep: 0.5 });
  expect([...(await after.readFile("/d/f"))]).toEqual([0, 0, 0x63, 0x64]);
});

it("a sync covers what was written before it, not what is written meanwhile", async () => {
  const { disk, file } = await diskWith("");
  await disk.write(file, [Buffer.from("a")], 0);
  let go = (): void => undefined;
  disk.latency = (operation) => (operation === "sync" ? new Promise((resolve) => (go = resolve)) : Promise.resolve());
  const synced = disk.sync(file);
  await disk.write(file, [Buffer.from("b")], 1);
  go();
  await synced;
  expect(text(await disk.crash("onlySynced").readFile("/d/f"))).toBe("a");
});

it("a replaced file is the old or the new one after any power cut", async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const { disk } = await diskWith("old content");
    let state = seed * 2654435761;
    const random = (): number => ((state = (state * 1103515245 + 12345) >>> 0) >>> 8) / 2 ** 24;
    let left = Math.floor(random() * 9);
    disk.latency = () => (left-- > 0 ? Promise.resolve() : new Promise(() => undefined));
    await Promise.race([replaceFile(disk, "/d/f", "new"), new Promise((resolve) => setImmediate(resolve))]);
    const after = disk.crash({ random, keep: 0.5 });
    expect(["old content", "new"]).toContain(text(await after.readFile("/d/f")));
  }
});

// A controller's log was on the disk, the name of the directory that it lies in was not (simulation, seed 17).
it("a durable directory is there after the worst power cut, with those above it", async () => {
  const disk = new MemoryDisk();
  await makeDurableDirectory(disk, "/metadata/log/0");
  await makeDurableDirectory(disk, "/metadata/log/0");
  const after = disk.crash("onlySynced");
  expect((await after.list("/metadata/log")).map(({ name }) => name)).toEqual(["0"]);
  const other = new MemoryDisk();
  await other.makeDirectory("/metadata/log/0");
  await expect(other.crash("onlySynced").list("/metadata")).rejects.toThrow("ENOENT");
});

it("a directory that was renamed is there after a power cut under its old or its new name, with what was synced in it", async () => {
  const { disk } = await diskWith("old content");
  await disk.rename("/d", "/e");
  const names = async (survivor: MemoryDisk) => (await survivor.list("/")).map(({ name }) => name);
  const before = disk.crash("onlySynced");
  disk.failing = () => undefined;
  expect(await names(before)).toEqual(["d"]);
  expect(text(await before.readFile("/d/f"))).toBe("old content");
  await disk.syncDirectory("/");
  const after = disk.crash("onlySynced");
  expect(await names(after)).toEqual(["e"]);
  expect(text(await after.readFile("/e/f"))).toBe("old content");
});
