import * as fc from "fast-check";
import { compress, decompress } from "./index";
import { lz4CompressHigh } from "./lz4-high";

const levels = Array.from({ length: 17 }, (_, index) => index + 1);

/** Bytes that repeat themselves at all distances: pieces of what was there before, and a few new ones. */
const repetitive = fc
  .tuple(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.integer({ min: 0, max: 140_000 }))
  .map(([seed, symbols, length]) => {
    const bytes = Buffer.alloc(length);
    let state = seed;
    const next = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) % below;
    };
    for (let at = 0; at < length;) {
      if (at === 0 || next(3) === 0) bytes[at++] = next(symbols);
      else {
        const from = next(at);
        for (let left = 1 + next(next(50) === 0 ? 5000 : 40); left > 0 && at < length; left--, at++) {
          bytes[at] = bytes[from + (at % Math.max(1, at - from))]!;
        }
      }
    }
    return bytes;
  });

it("gives back what it was given, at every level", () => {
  fc.assert(
    fc.property(repetitive, fc.constantFrom(...levels), (data, level) => {
      const frame = lz4CompressHigh(data, level);
      expect(Buffer.compare(decompress(3, frame, data.length), data)).toBe(0);
    }),
    { numRuns: 40 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...levels), (data, level) => {
      expect(Buffer.compare(decompress(3, lz4CompressHigh(data, level), data.length), data)).toBe(0);
    }),
  );
});

it("keeps the rules of a block's end: the last match begins 12 bytes before it or earlier, five literals end it", () => {
  for (let length = 0; length < 80; length++) {
    const data = Buffer.alloc(length, "a");
    for (const { matchAt, literalsAfter } of lastMatches(lz4CompressHigh(data, 5))) {
      expect(length - matchAt).toBeGreaterThanOrEqual(12);
      expect(literalsAfter).toBeGreaterThanOrEqual(5);
    }
    expect(Buffer.compare(decompress(3, lz4CompressHigh(data, 5), length), data)).toBe(0);
  }
});

it("writes the frame that Kafka's writer does: independent blocks of 64 KB without checksums, and stores what won't shrink", () => {
  const noise = Buffer.alloc(100_000);
  for (let at = 0, state = 7; at < noise.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    noise[at] = state >>> 24;
  }
  const frame = Buffer.from(lz4CompressHigh(noise, 17));
  expect(frame.subarray(0, 7).toString("hex")).toBe("04224d18604082");
  expect(frame.readUInt32LE(7)).toBe(0x80000000 + 65_536);
  expect(frame.length).toBe(7 + 4 + 65_536 + 4 + (noise.length - 65_536) + 4);
  expect(frame.readUInt32LE(frame.length - 4)).toBe(0);
});

it("gets smaller with the level; 9 is the fast search, as in Kafka", () => {
  const data = Buffer.from(
    Array.from({ length: 6000 }, (_, i) => {
      const id = Math.imul(i, 2654435761) >>> 0;
      return `{"order":${id},"customer":"c-${id % 977}","items":[{"sku":"s${id % 131}","count":${id % 7}}],"paid":${id % 3 > 0}}`;
    }).join("\n"),
  );
  const size = (level?: number): number => compress(3, data, level).length;
  expect(size(9)).toBe(size());
  expect(size(2)).toBeLessThan(size(1));
  expect(size(6)).toBeLessThan(size(2));
  expect(size(8)).toBeLessThan(size(6));
  expect(size(1)).toBeLessThan(size(9));
  expect(size(17)).toBeLessThanOrEqual(size(8));
});

/** Where the last match of each compressed block of a frame begins, and how many literals follow it. */
function lastMatches(frame: Uint8Array): { matchAt: number; literalsAfter: number }[] {
  const bytes = Buffer.from(frame);
  const found: { matchAt: number; literalsAfter: number }[] = [];
  for (let at = 7, size = 0; (size = bytes.readUInt32LE(at)) !== 0; at += 4 + (size & 0x7fffffff)) {
    if (size >>> 31) continue;
    const block = bytes.subarray(at + 4, at + 4 + size);
    let read = 0;
    let position = 0;
    let matchAt: number | undefined;
    const length = (bits: number): number => {
      if (bits === 15) for (let byte = 255; byte === 255; bits += byte) byte = block[read++]!;
      return bits;
    };
    while (read < block.length) {
      const token = block[read++]!;
      const literals = length(token >> 4);
      read += literals;
      position += literals;
      if (read >= block.length) {
        if (matchAt !== undefined) found.push({ matchAt, literalsAfter: literals });
        break;
      }
      read += 2;
      matchAt = position;
      position += length(token & 15) + 4;
    }
  }
  return found;
}
