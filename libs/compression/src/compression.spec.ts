import * as fc from "fast-check";
import { KafkaError } from "@moldau/base";
import { compress, CompressionError, compressionId, compressionNames, decompress } from "./index";
import { zstdFraming } from "./zstd-frame";
import { wasmZstd } from "./zstd-wasm";

const MB = 1024 * 1024;
const codecs = [0, 1, 2, 3, 4];
const packed = [1, 2, 3, 4];
const named = (codec: number): string => compressionNames[codec]!;

/** Text that compresses about as records do; the same every time. */
function wordy(bytes: number): Buffer {
  const out = Buffer.alloc(bytes);
  for (let at = 0, seed = 1; at < bytes; at += 24) {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    out.write(`{"order":${seed},"vltava":1},`, at);
  }
  return out;
}

it("knows codecs by Kafka's names", () => {
  expect(compressionNames.map(compressionId)).toEqual(codecs);
  expect(compressionId("producer")).toBeUndefined();
});

describe.each(codecs)("codec %i", (codec) => {
  it("round-trips anything", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (data) => {
        const again = decompress(codec, compress(codec, data), 5000);
        expect(Buffer.compare(again, data)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it("round-trips megabytes, exactly up to the bound", () => {
    const data = wordy(3 * MB + 17);
    const small = compress(codec, data);
    expect(Buffer.compare(decompress(codec, small, data.length), data)).toBe(0);
    expect(() => decompress(codec, small, data.length - 1)).toThrow(CompressionError);
  });

  it("takes a view into larger memory", () => {
    const data = wordy(1000);
    const memory = Buffer.concat([Buffer.from("before"), compress(codec, data), Buffer.from("after")]);
    expect(decompress(codec, memory.subarray(6, memory.length - 5), 1000)).toHaveLength(1000);
  });
});

describe.each(packed)("codec %i, hostile input", (codec) => {
  it("a bomb ends at the bound", () => {
    const bomb = compress(codec, new Uint8Array(64 * MB));
    const error = thrown(() => decompress(codec, bomb, 1 * MB));
    expect(error).toMatchObject({ code: KafkaError.MESSAGE_TOO_LARGE });
    expect(error.message).toContain(named(codec));
  });

  it("a cut, flipped or random input gives CompressionError or something within the bound", () => {
    const good = compress(codec, wordy(3000));
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(good.length - 1), fc.nat(255), (end, at, byte) => {
        const bad = Uint8Array.from(good);
        bad[at] = byte;
        tryOut(codec, bad.subarray(0, end));
      }),
      { numRuns: 400 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (random) => tryOut(codec, random)),
      { numRuns: 200 },
    );
  });

  it("a truncated input is corrupt", () => {
    const good = compress(codec, wordy(3000));
    const error = thrown(() => decompress(codec, good.subarray(0, good.length >> 1), MB));
    expect(error).toMatchObject({ code: KafkaError.CORRUPT_MESSAGE });
  });
});

function tryOut(codec: number, input: Uint8Array): void {
  try {
    expect(decompress(codec, input, 10_000).length).toBeLessThanOrEqual(10_000);
  } catch (error) {
    expect(error).toBeInstanceOf(CompressionError);
  }
}

function thrown(run: () => unknown): CompressionError {
  try {
    run();
  } catch (error) {
    if (error instanceof CompressionError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

it("an unknown codec is UNSUPPORTED_COMPRESSION_TYPE", () => {
  for (const run of [() => compress(5, new Uint8Array(1)), () => decompress(7, new Uint8Array(1), 1)]) {
    expect(thrown(run).code).toBe(KafkaError.UNSUPPORTED_COMPRESSION_TYPE);
  }
});

it("levels change the size of gzip and zstd", () => {
  const data = wordy(MB);
  expect(compress(1, data, 9).length).toBeLessThan(compress(1, data, 1).length);
  expect(compress(4, data, 15).length).toBeLessThan(compress(4, data, 1).length);
});

describe("snappy", () => {
  it("writes the Java stream and reads a raw block as well", () => {
    const stream = compress(2, wordy(100_000));
    expect(Buffer.from(stream.subarray(0, 16)).toString("hex")).toBe("82534e41505059000000000100000001");
    // Varint 5, then a literal of five bytes.
    const raw = Uint8Array.of(5, 4 << 2, 104, 101, 108, 108, 111);
    expect(Buffer.from(decompress(2, raw, 100)).toString()).toBe("hello");
  });

  it("reads streams that follow one another", () => {
    const twice = Buffer.concat([compress(2, Buffer.from("one ")), compress(2, Buffer.from("two"))]);
    expect(Buffer.from(decompress(2, twice, 100)).toString()).toBe("one two");
  });

  it("does not believe a block that claims more than snappy can hold", () => {
    const claim = Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x01, 0, 0);
    expect(() => decompress(2, claim, 2 ** 31)).toThrow("claim to hold");
  });
});

describe("lz4", () => {
  it("writes independent blocks, which Java's reader demands", () => {
    const frame = compress(3, wordy(100_000));
    expect(Buffer.from(frame).readUInt32LE(0)).toBe(0x184d2204);
    expect(frame[4]! & 0x20).toBe(0x20);
  });
});

describe("zstd", () => {
  it("runs in WebAssembly where Node has none of its own", () => {
    const zstd = wasmZstd();
    const data = wordy(300_000);
    const small = zstd.compress(data, 3);
    expect(Buffer.compare(zstd.decompress(small, 300_000, 300_000), data)).toBe(0);
  });

  it("bounds the output by the framing, also of frames that state no size and of several frames", () => {
    const one = wasmZstd().compress(wordy(5000), 3);
    expect(zstdFraming(one)).toEqual({ bytesMax: 5000, single: true });
    expect(zstdFraming(Buffer.concat([one, one]))).toEqual({ bytesMax: 10_000, single: false });
    expect(decompress(4, Buffer.concat([one, one]), 10_000)).toHaveLength(10_000);
    const skippable = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9);
    expect(decompress(4, Buffer.concat([skippable, one]), 10_000)).toHaveLength(5000);
    // A frame without a content size: window descriptor, one RLE block of 100,000 bytes.
    const rle = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, ...[(100_000 << 3) | 3].flatMap(le24), 0x61);
    expect(zstdFraming(rle).bytesMax).toBe(100_000);
    expect(decompress(4, rle, 100_000)).toHaveLength(100_000);
  });
});

function le24(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff, value >> 16];
}
