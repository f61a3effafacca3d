import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { keyCapacity, KeyOffsets } from "./key-offsets";
import { md5Into } from "./md5";

it("hashes as MD5 does, whatever the length and wherever the key lies", () => {
  const digest = new Int32Array(4);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(7), (key, start) => {
      const bytes = Buffer.concat([Buffer.alloc(start, 1), key, Buffer.alloc(3, 2)]);
      md5Into(digest, bytes, start, key.length);
      expect(Buffer.from(digest.buffer).toString("hex")).toBe(createHash("md5").update(key).digest("hex"));
    }),
    { numRuns: 500 },
  );
});

it("knows what a map knows", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.nat())),
      fc.array(fc.string({ maxLength: 3 })),
      (puts, others) => {
        const offsets = new KeyOffsets({ memoryBytes: 100_000, loadFactor: 0.9, keys: puts.length });
        const model = new Map<string, number>();
        for (const [key, offset] of puts) {
          const bytes = Buffer.from(key);
          offsets.put(bytes, 0, bytes.length, offset);
          model.set(key, offset);
          expect(offsets.latestOffset).toBe(offset);
        }
        expect(offsets.size).toBe(model.size);
        for (const key of [...model.keys(), ...others]) {
          const bytes = Buffer.from(`..${key}.`);
          expect(offsets.get(bytes, 2, bytes.length - 3)).toBe(model.get(key) ?? -1);
        }
      },
    ),
  );
});

it("takes as many keys as its memory and the load factor allow, and no more", () => {
  const offsets = new KeyOffsets({ memoryBytes: 24 * 100, loadFactor: 0.9 });
  expect(offsets.capacity).toBe(90);
  expect(keyCapacity(24 * 100, 0.9)).toBe(90);
  for (let i = 0; i < 90; i++) {
    expect(offsets.isFull).toBe(false);
    offsets.put(Buffer.from(`key ${i}`), 0, 5, i);
    offsets.put(Buffer.from(String(i).padStart(5)), 0, 5, i);
    if (offsets.isFull) break;
  }
  expect(offsets.size).toBe(90);
  expect(offsets.utilization).toBe(0.9);
  expect(() => offsets.put(Buffer.from("more"), 0, 4, 1)).toThrow("full");
});

it("takes no more memory than the keys that there can be need", () => {
  for (let keys = 1; keys < 2_000; keys += 7) {
    const offsets = new KeyOffsets({ memoryBytes: 128 * 1024 * 1024, loadFactor: 0.9, keys });
    expect(offsets.capacity).toBeGreaterThanOrEqual(keys);
    expect(offsets.capacity).toBeLessThan(keys + 3);
  }
});
