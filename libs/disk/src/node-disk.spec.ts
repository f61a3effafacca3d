import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nodeDisk } from "./node-disk";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "moldau-disk-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it("writes the same at once as through the thread pool, or says that it did not", async () => {
  const parts = Array.from({ length: 40 }, (_, i) => Buffer.alloc(1 + ((i * 631) % 3000), `${i};`));
  const sizeBytes = Buffer.concat(parts).length;
  const descriptor = await nodeDisk.open(join(directory, "log"), { create: true });
  let expected = Buffer.alloc(0);
  // The first one asks the kernel about its page cache; a machine whose cache is full may refuse all of them.
  for (let round = 0; round < 20; round++) {
    const position = expected.length;
    if (!nodeDisk.writeNow(descriptor, parts, position)) {
      expect(readFileSync(join(directory, "log"))).toHaveLength(position);
      await nodeDisk.write(descriptor, parts, position);
    }
    expected = Buffer.concat([expected, ...parts]);
    await sleep(2);
  }
  // Too large for the thread that asks, whatever the page cache.
  expect(nodeDisk.writeNow(descriptor, [Buffer.alloc(200_000)], expected.length)).toBe(false);
  await nodeDisk.close(descriptor);
  expect(expected).toHaveLength(20 * sizeBytes);
  expect(readFileSync(join(directory, "log")).equals(expected)).toBe(true);
});

it("reads at once what it has just written or read, and leaves alone what it knows nothing of", async () => {
  const path = join(directory, "log");
  const content = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => i % 251));
  writeFileSync(path, content);
  const descriptor = await nodeDisk.open(path);
  const into = Buffer.alloc(1_000_000);
  expect(nodeDisk.readNow(descriptor, into, 0)).toBeUndefined();
  expect(into.every((byte) => byte === 0)).toBe(true);
  expect(await nodeDisk.read(descriptor, into, 0)).toBe(into.length);

  // A machine whose disk is slow may refuse it.
  const again = Buffer.alloc(600_000);
  const count = nodeDisk.readNow(descriptor, again, 400_000);
  if (count !== undefined) {
    expect(count).toBe(again.length);
    expect(again.equals(content.subarray(400_000, 1_000_000))).toBe(true);
  }
  expect(nodeDisk.readNow(descriptor, again, 400_001)).toBeUndefined();
  expect(await nodeDisk.read(descriptor, into, 2_500_000)).toBe(500_000);
  await nodeDisk.close(descriptor);
});

it("keeps threads for reads while a file system makes those wait who change names or sync", async () => {
  const path = join(directory, "log");
  writeFileSync(path, "bytes");
  const release: (() => void)[] = [];
  const stalls = (...args: unknown[]): void => void release.push(() => (args.at(-1) as (error: null) => void)(null));
  const spies = [jest.spyOn(fs, "rename"), jest.spyOn(fs, "fdatasync")].map((spy) => spy.mockImplementation(stalls));
  try {
    let disk = nodeDisk;
    // Loaded anew: it takes node:fs as it is at that time.
    jest.isolateModules(() => {
      disk = jest.requireActual<typeof import("./node-disk")>("./node-disk").nodeDisk;
    });
    const descriptor = await disk.open(path);
    const waiting = [
      ...Array.from({ length: 12 }, (_, i) => disk.rename(path, `${path}-${i}`)),
      ...Array.from({ length: 12 }, () => disk.sync(descriptor)),
    ];
    const into = Buffer.alloc(5);
    expect(await disk.read(descriptor, into, 0)).toBe(5);
    // libuv's four threads: one for names, one for syncs, and two are left.
    expect(spies.map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    for (let rounds = 0; rounds < 12; rounds++) {
      for (const done of release.splice(0)) done();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(waiting);
    expect(spies.map(({ mock }) => mock.calls.length)).toEqual([12, 12]);
    await disk.close(descriptor);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
});
