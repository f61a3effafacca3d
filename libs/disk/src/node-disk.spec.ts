import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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
