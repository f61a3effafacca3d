import { ToolError } from "../tool-error";

/** Bytes as text, as the Java class of this name would show them. */
export type Deserializer = (bytes: Buffer) => string;

const bySize =
  (name: string, size: number, read: (bytes: Buffer) => string): Deserializer =>
  (bytes) => {
    if (bytes.length !== size) throw new ToolError(`Size of data received by ${name}Deserializer is not ${size}`);
    return read(bytes);
  };

/** As Java prints a floating point number: with a fraction always. */
function javaNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7
    ? value.toFixed(1)
    : String(value).replace("e", "E").replace("E+", "E");
}

const deserializers: ReadonlyMap<string, Deserializer> = new Map<string, Deserializer>([
  ["String", (bytes) => bytes.toString("utf8")],
  ["Short", bySize("Short", 2, (bytes) => String(bytes.readInt16BE()))],
  ["Integer", bySize("Integer", 4, (bytes) => String(bytes.readInt32BE()))],
  ["Long", bySize("Long", 8, (bytes) => String(bytes.readBigInt64BE()))],
  ["Float", bySize("Float", 4, (bytes) => javaNumber(Number(bytes.readFloatBE().toPrecision(7))))],
  ["Double", bySize("Double", 8, (bytes) => javaNumber(bytes.readDoubleBE()))],
  ["Boolean", bySize("Boolean", 1, (bytes) => String(bytes[0] === 1))],
  ["UUID", (bytes) => bytes.toString("utf8")],
]);

/** By the class's full name; classes of other packages cannot be had without Java. */
export function deserializerOf(className: string | undefined): Deserializer | undefined {
  if (className === undefined || className === "") return undefined;
  const name = /(?:^|\.)(\w+)Deserializer$/.exec(className)?.[1] ?? "";
  const found = deserializers.get(name);
  // Byte arrays are written as they are.
  if (found === undefined && !["ByteArray", "Bytes", "ByteBuffer"].includes(name)) {
    const names = [...deserializers.keys(), "ByteArray"].map((known) => `${known}Deserializer`).join(", ");
    throw new ToolError(`${className}: Java's classes cannot be used here; there are ${names}`);
  }
  return found;
}
