// Any message in any version: what is written reads back equal, and what was read writes the same bytes.
import fc from "fast-check";
import { type Field, type Message, inVersion, isNullable } from "../../../tools/protocol/schema";
import { Reader } from "./reader";
import { codecOf, messages, versionsOf } from "./testing/table";
import { Writer } from "./writer";

function scalarArbitrary(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case "bool":
      return fc.boolean();
    case "int8":
      return fc.integer({ min: -128, max: 127 });
    case "int16":
      return fc.integer({ min: -32768, max: 32767 });
    case "uint16":
      return fc.integer({ min: 0, max: 65535 });
    case "int32":
      return fc.integer();
    case "uint32":
      return fc.integer({ min: 0, max: 0xffff_ffff });
    case "int64":
      return fc.maxSafeInteger();
    case "hash64":
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case "float64":
      return fc.double({ noNaN: true });
    case "string":
      return fc.string({ unit: "binary", maxLength: 40 });
    case "uuid":
      return fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString("base64url"));
    default:
      return fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
  }
}

function fieldArbitrary(message: Message, field: Field, version: number): fc.Arbitrary<unknown> {
  const one =
    typeof field.type === "string"
      ? scalarArbitrary(field)
      : structArbitrary(message, message.structs.get(field.type.struct)!.fields, version);
  const value = field.isArray ? fc.array(one, { maxLength: 3 }) : one;
  return isNullable(field, version) ? fc.option(value) : value;
}

/** Tags that no message of the table uses. */
const unknownTags = fc
  .uniqueArray(fc.integer({ min: 50, max: 0xffff_ffff }), { minLength: 1, maxLength: 3 })
  .chain((tags) =>
    fc.tuple(
      ...tags
        .sort((a, b) => a - b)
        .map((tag) =>
          fc.record({ tag: fc.constant(tag), data: fc.uint8Array({ maxLength: 5 }).map((b) => Buffer.from(b)) }),
        ),
    ),
  );

function structArbitrary(message: Message, fields: Field[], version: number): fc.Arbitrary<Record<string, unknown>> {
  const carried = fields.filter((field) => inVersion(field, version));
  const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(
    carried.map((field) => [field.name, fieldArbitrary(message, field, version)]),
  );
  const known = fc.record(model);
  if (version < message.flexibleFrom) return known;
  return fc
    .tuple(known, fc.option(unknownTags, { freq: 6, nil: undefined }))
    .map(([value, tags]) => (tags === undefined ? value : { ...value, unknownTags: tags }));
}

it.each(messages.map((message) => [message.name, message] as const))("%s", (_, message) => {
  const codec = codecOf(message.name);
  for (const version of versionsOf(message)) {
    const arbitrary = structArbitrary(message, message.fields, version);
    fc.assert(
      fc.property(arbitrary, (value) => {
        const writer = new Writer(16);
        codec.write(writer, value, version);
        const length = writer.length;
        const bytes = writer.toBytes();
        expect(bytes.length).toBe(length);
        const reader = new Reader(bytes);
        const decoded = codec.read(reader, version);
        expect(reader.remaining).toBe(0);
        expect(decoded).toMatchObject(value);
        const again = new Writer();
        codec.write(again, decoded, version);
        expect(Buffer.compare(again.toBytes(), bytes)).toBe(0);
      }),
      { numRuns: 8 },
    );
  }
});
