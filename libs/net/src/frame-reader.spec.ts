import fc from "fast-check";
import { framed, FrameError, FrameReader } from "./frame-reader";

function collect(maxFrameBytes = 100 * 1024 * 1024): { reader: FrameReader; frames: Buffer[] } {
  const frames: Buffer[] = [];
  const reader = new FrameReader({ maxFrameBytes, onFrame: (frame) => frames.push(Buffer.from(frame)) });
  return { reader, frames };
}

function stream(...bodies: Uint8Array[]): Buffer {
  return Buffer.concat(bodies.flatMap((body) => framed([body])));
}

/** As a socket does it: fills what the reader offers, at most `most` bytes at a time. */
function readInto(reader: FrameReader, bytes: Buffer, most: (space: number) => number): void {
  let position = 0;
  while (position < bytes.length) {
    const space = reader.space();
    const count = Math.max(1, Math.min(space.length, bytes.length - position, most(space.length)));
    bytes.copy(space, 0, position, position + count);
    position += count;
    reader.filled(count);
  }
}

const body = (length: number, seed = length): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + seed) & 0xff);

it("cuts the same frames at every split position", () => {
  const bodies = [body(0), body(1), body(7), body(300), body(0), body(20)];
  const bytes = stream(...bodies);
  for (let split = 0; split <= bytes.length; split++) {
    const { reader, frames } = collect();
    reader.push(bytes.subarray(0, split));
    reader.push(bytes.subarray(split));
    expect(frames.map((frame) => frame.toString("hex"))).toEqual(bodies.map((b) => Buffer.from(b).toString("hex")));
    expect(reader.midFrame).toBe(false);
  }
});

it("cuts the same frames of any sizes however they arrive, pushed or read in place", () => {
  const sizes = fc.oneof(
    fc.nat(100),
    fc.integer({ min: 30_000, max: 70_000 }),
    fc.integer({ min: 100_000, max: 300_000 }),
  );
  fc.assert(
    fc.property(
      fc.array(sizes, { maxLength: 6 }),
      fc.array(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 100_000 })), { minLength: 1 }),
      fc.boolean(),
      (lengths, steps, inPlace) => {
        const bodies = lengths.map((length, index) => body(length, index));
        const bytes = stream(...bodies);
        const { reader, frames } = collect();
        let turn = 0;
        // Tiny steps only at the seams, so that a run stays short.
        const step = (): number => (turn < 200 ? steps[turn++ % steps.length]! : 65_536);
        if (inPlace) readInto(reader, bytes, step);
        else {
          for (let position = 0; position < bytes.length;) {
            const count = step();
            reader.push(bytes.subarray(position, position + count));
            position += count;
          }
        }
        expect(frames.length).toBe(bodies.length);
        frames.forEach((frame, index) => expect(Buffer.compare(frame, bodies[index]!)).toBe(0));
      },
    ),
    { numRuns: 60 },
  );
});

it("reads a large frame in place: its memory is what the socket was given", () => {
  let frame: Uint8Array | undefined;
  const reader = new FrameReader({ maxFrameBytes: 10_000_000, onFrame: (whole) => (frame = whole) });
  reader.push(stream(body(1_000_000)).subarray(0, 4));
  const space = reader.space();
  expect(space.length).toBe(1_000_000);
  reader.filled(1_000_000);
  expect(frame!.buffer).toBe(space.buffer);
  // And it expects another one: the next read is for a length alone.
  expect(reader.space().length).toBe(4);
});

it("sets little memory aside for a length that nothing follows, and grows with what arrives", () => {
  const { reader, frames } = collect();
  const bytes = stream(body(9_000_000));
  reader.push(bytes.subarray(0, 4));
  expect(reader.space().length).toBeLessThanOrEqual(2 * 1024 * 1024);
  expect(reader.frameLength).toBe(9_000_000);
  readInto(reader, bytes.subarray(4), (space) => space);
  expect(Buffer.compare(frames[0]!, bytes.subarray(4))).toBe(0);
});

it("gives frames that later reads do not touch", () => {
  const kept: Uint8Array[] = [];
  const reader = new FrameReader({ maxFrameBytes: 1000, onFrame: (frame) => kept.push(frame) });
  const bodies = Array.from({ length: 50 }, (_, index) => body(100, index));
  for (const one of bodies) readInto(reader, stream(one), (space) => space);
  kept.forEach((frame, index) => expect([...frame]).toEqual([...bodies[index]!]));
});

it.each([
  ["negative length", Buffer.from([0xff, 0xff, 0xff, 0xff]), "negative length (-1)"],
  ["smallest length", Buffer.from([0x80, 0, 0, 0]), "negative length (-2147483648)"],
  ["one byte too many", Buffer.from([0, 0, 0x03, 0xe9]), "frame of 1001 bytes; at most 1000"],
  ["HTTP", Buffer.from("GET / HTTP/1.1\r\n"), "an HTTP client on a Kafka port"],
  ["HTTP/2", Buffer.from("PRI * HTTP/2.0\r\n"), "an HTTP client on a Kafka port"],
  ["TLS", Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]), "a TLS client on a plaintext port"],
])("refuses %s", (_, bytes, message) => {
  for (const max of [1, 2, 100]) {
    const { reader, frames } = collect(1000);
    const feed = (): void => {
      for (let position = 0; position < bytes.length; position += max)
        reader.push(bytes.subarray(position, position + max));
    };
    expect(feed).toThrow(FrameError);
    expect(feed).toThrow(message);
    expect(frames).toEqual([]);
  }
});

it("never does more than refuse, whatever arrives", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
      const { reader } = collect(20);
      try {
        for (const chunk of chunks) reader.push(chunk);
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError);
      }
    }),
  );
});

it("puts the length in front and joins only what is small", () => {
  expect(Buffer.concat(framed([body(3), body(0), body(2)])).readInt32BE(0)).toBe(5);
  expect(framed([body(3), body(2)])).toHaveLength(1);
  const large = body(20_000);
  const parts = framed([body(10), large]);
  expect(parts[2]).toBe(large);
  expect(Buffer.from(parts[0]!).readInt32BE(0)).toBe(20_010);
});
