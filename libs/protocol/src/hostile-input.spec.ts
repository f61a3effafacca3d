// Truncated, oversized and random input ends in a ProtocolError, and never makes the reader build more than the frame
// can pay for.
import fc from "fast-check";
import { ProtocolError } from "./protocol-error";
import { Reader } from "./reader";
import { sample } from "./testing/sample";
import { codecOf, messages, versionsOf } from "./testing/table";
import { Writer } from "./writer";

const cases = messages.map((message) => [message.name, message] as const);

/** Counts the objects and array places in a decoded message; a view counts as one. */
function weigh(value: unknown): number {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + weigh(each), 1);
}

/** Reads; anything but success or ProtocolError fails the test. */
function attempt(name: string, bytes: Uint8Array, version: number): object | null {
  try {
    return codecOf(name).read(new Reader(bytes), version);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    expect(error.message.startsWith(name)).toBe(true);
    return null;
  }
}

it.each(cases)("%s cut off anywhere", (name, message) => {
  for (const version of [message.versions.from, message.versions.to]) {
    const writer = new Writer();
    codecOf(name).write(writer, sample(message, version, "full"), version);
    const bytes = writer.toBytes();
    const step = Math.max(1, Math.floor(bytes.length / 64));
    for (let length = 0; length < bytes.length; length += step) {
      expect(attempt(name, bytes.slice(0, length), version)).toBeNull();
    }
  }
});

it.each(cases)("%s from random bytes", (name, message) => {
  // No structure of the table has more than this many fields, so no input byte may cost more places.
  const placesPerByte = 40;
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: message.versions.from, max: message.versions.to }),
      (bytes, version) => {
        const decoded = attempt(name, bytes, version);
        if (decoded !== null) expect(weigh(decoded)).toBeLessThan(placesPerByte * (bytes.length + 8));
      },
    ),
    { numRuns: 40 },
  );
});

it.each(cases)("%s with bytes changed", (name, message) => {
  const version = message.versions.to;
  const writer = new Writer();
  codecOf(name).write(writer, sample(message, version, "full"), version);
  const bytes = writer.toBytes();
  if (bytes.length === 0) return;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const changed = Uint8Array.from(bytes);
      changed[at] = byte;
      attempt(name, changed, version);
    }),
    { numRuns: 40 },
  );
});

it.each(cases)("%s in a version that does not exist", (name, message) => {
  for (const version of [message.versions.from - 1, message.versions.to + 1]) {
    expect(() => codecOf(name).read(new Reader(new Uint8Array(100)), version)).toThrow(ProtocolError);
    expect(() => codecOf(name).write(new Writer(), {}, version)).toThrow(ProtocolError);
  }
});

it("refuses array lengths that the frame cannot hold before building anything", () => {
  const writer = new Writer();
  writer.int32(0x7fff_ffff);
  const reader = new Reader(writer.toBytes());
  expect(() => reader.arrayLength(1)).toThrow("array of 2147483647 does not fit in the 0 bytes left");
  const compact = new Writer();
  compact.uvarint(0xffff_ffff);
  expect(() => new Reader(compact.toBytes()).compactArrayLength(1)).toThrow("does not fit");
});

it("covers versions that exist", () => {
  expect(messages.flatMap(versionsOf).length).toBeGreaterThan(500);
});
