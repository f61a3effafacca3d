/**
 * Deterministic values for any message, derived from the table: the same ones that Kafka's serializer was given when the
 * vectors in testdata were made. A value depends only on the field's name and type and on the variant, so that a field
 * added in a later version does not change the older vectors.
 */
import { type Field, type Message, inVersion, isNullable } from "../../../../tools/protocol/schema";

/** `full`: every field has a value; `sparse`: null or empty wherever the version allows. */
export type Variant = "full" | "sparse";

function seedOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return hash >>> 0;
}

const WORDS = ["", "a", "moldau", "řeka", "a-topic.with_every-kind.of.character", "日本", "x".repeat(130), "🌊"];

function bytes(seed: number): Buffer {
  return Buffer.from(Array.from({ length: seed % 23 }, (_, index) => (seed >>> (index % 24)) & 0xff));
}

function scalar(field: Field, seed: number): unknown {
  switch (field.type) {
    case "bool":
      return seed % 2 === 0;
    case "int8":
      return (seed % 256) - 128;
    case "int16":
      return (seed % 65536) - 32768;
    case "uint16":
      return seed % 65536;
    case "int32":
      return seed | 0;
    case "uint32":
      return seed;
    case "int64":
      return (seed % 2 === 0 ? 1 : -1) * (seed * 1048576 + (seed % 1048576));
    case "hash64":
      return BigInt.asIntN(64, BigInt(seed) * 0x9e3779b97f4a7c15n);
    case "float64":
      return seed / 7;
    case "string":
      return WORDS[seed % WORDS.length];
    case "uuid": {
      const id = Buffer.alloc(16);
      for (let i = 0; i < 4; i++) id.writeUInt32BE(Math.imul(seed, 2654435761 + i) >>> 0, 4 * i);
      return id.toString("base64url");
    }
    default:
      return bytes(seed);
  }
}

function fieldValue(message: Message, field: Field, version: number, variant: Variant, path: string): unknown {
  const at = `${path}.${field.name}`;
  const seed = seedOf(`${at}/${variant}`);
  if (variant === "sparse") {
    if (isNullable(field, version)) return null;
    if (field.isArray) return [];
  }
  const one = (index: number): unknown => {
    const itemSeed = index === 0 ? seed : seedOf(`${at}/${variant}/${index}`);
    if (typeof field.type === "string") return scalar(field, itemSeed);
    const struct = message.structs.get(field.type.struct)!;
    return sampleOf(message, struct.fields, version, variant, `${at}[${index}]`);
  };
  return field.isArray ? [one(0), one(1)] : one(0);
}

function sampleOf(message: Message, fields: Field[], version: number, variant: Variant, path: string): object {
  return Object.fromEntries(
    fields
      .filter((field) => inVersion(field, version))
      .map((field) => [field.name, fieldValue(message, field, version, variant, path)]),
  );
}

/** A value for each field that the version carries. */
export function sample(message: Message, version: number, variant: Variant): object {
  return sampleOf(message, message.fields, version, variant, message.name);
}
