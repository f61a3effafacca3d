import { StreamDecoder } from "@grpc/grpc-js/build/src/stream-decoder";
import { BufferPool } from "@moldau/base";
import fc from "fast-check";
import { HEAD_BYTES, LARGE_BYTES, MessageAssembler } from "./message-assembler";

function framed(body: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Cut at these places, wherever they fall. */
function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
}

it("puts together what grpc-js's own decoder does, however it is cut", () => {
  const bodies = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.nat(3 * LARGE_BYTES).map((size) => new Uint8Array(size).fill(size)),
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(bodies, fc.array(fc.nat(), { maxLength: 12 }), fc.boolean(), (messages, cuts, pooled) => {
      const own = new MessageAssembler(-1, pooled ? new BufferPool(1 << 20) : undefined);
      const theirs = new StreamDecoder(-1);
      for (const piece of pieces(Buffer.concat(messages.map(framed)), cuts)) {
        const expected = theirs.write(piece);
        const got = own.push(piece);
        expect(got).toHaveLength(expected.length);
        got.forEach((message, i) => expect(message.equals(expected[i]!)).toBe(true));
      }
    }),
    { numRuns: 200 },
  );
});

it("uses the memory of a large message again once it was given back, and not before", () => {
  const memory = new BufferPool(1 << 20);
  const assembler = new MessageAssembler(-1, memory);
  const [first] = assembler.push(framed(Buffer.alloc(LARGE_BYTES, "a")));
  const [second] = assembler.push(framed(Buffer.alloc(LARGE_BYTES, "b")));
  expect(second!.buffer === first!.buffer).toBe(false);
  expect(first!.subarray(HEAD_BYTES).equals(Buffer.alloc(LARGE_BYTES, "a"))).toBe(true);
  memory.give(first!);
  const [third] = assembler.push(framed(Buffer.alloc(LARGE_BYTES + 7, "c")));
  expect(third!.buffer === first!.buffer).toBe(true);
  expect(third!.subarray(HEAD_BYTES).equals(Buffer.alloc(LARGE_BYTES + 7, "c"))).toBe(true);
});

it("refuses a message that is longer than it may be before it has memory for it", () => {
  const assembler = new MessageAssembler(100, undefined);
  expect(assembler.push(framed(Buffer.alloc(100)))).toHaveLength(1);
  expect(() => assembler.push(framed(Buffer.alloc(101)).subarray(0, HEAD_BYTES))).toThrow(
    "larger than max (101 vs 100)",
  );
});
