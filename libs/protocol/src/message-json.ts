/**
 * Messages as the JSON that Kafka's tools print: fields in the order of the schema, those that the version carries, tagged
 * ones only where they differ from their default, bytes in base64. Text rather than an object, because JSON.stringify
 * and Jackson write numbers and control characters differently.
 * Source: org.apache.kafka.message.JsonConverterGenerator, com.fasterxml.jackson.core.
 */

/** One field of a message; a range has both its ends. */
export interface FieldShape {
  readonly name: string;
  readonly versions: readonly [number, number];
  readonly type: string;
  readonly array?: boolean;
  readonly tagged?: readonly [number, number];
  readonly default?: string;
  readonly fields?: readonly FieldShape[];
}

/** Replaces a field's JSON; undefined leaves it as it is. `value` is the field's own, of the object `owner`. */
export type FieldJson = (field: FieldShape, value: unknown, owner: unknown) => string | undefined;

/** The JSON of `message`, which has the shape `fields`, in one version. */
export function messageJson(
  fields: readonly FieldShape[],
  message: unknown,
  version: number,
  replace?: FieldJson,
): string {
  const values = message as Record<string, unknown>;
  const parts: string[] = [];
  for (const field of fields) {
    if (!within(version, field.versions)) continue;
    const value = values[field.name];
    if (field.tagged !== undefined && within(version, field.tagged) && isDefault(field, value)) continue;
    const json = replace?.(field, value, message) ?? valueJson(field, value, version, replace);
    parts.push(`${textJson(field.name)}:${json}`);
  }
  return `{${parts.join(",")}}`;
}

function within(version: number, [from, to]: readonly [number, number]): boolean {
  return version >= from && version <= to;
}

function valueJson(field: FieldShape, value: unknown, version: number, replace: FieldJson | undefined): string {
  if (value === null || value === undefined) return "null";
  if (field.array === true) {
    const elements = value as readonly unknown[];
    return `[${elements.map((each) => elementJson(field, each, version, replace)).join(",")}]`;
  }
  return elementJson(field, value, version, replace);
}

function elementJson(field: FieldShape, value: unknown, version: number, replace: FieldJson | undefined): string {
  switch (field.type) {
    case "struct":
      return messageJson(field.fields ?? [], value, version, replace);
    case "bytes":
    case "records": {
      const bytes = value as Uint8Array;
      return `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64")}"`;
    }
    case "float64":
      return doubleJson(value as number);
    case "string":
    case "uuid":
      return textJson(value as string);
    default:
      return String(value);
  }
}

function isDefault(field: FieldShape, value: unknown): boolean {
  if (value === null || value === undefined) return field.default === "null";
  if (field.default === "null") return false;
  if (field.array === true) return (value as readonly unknown[]).length === 0;
  switch (field.type) {
    case "struct":
      return false;
    case "bytes":
    case "records":
      return (value as Uint8Array).length === 0;
    case "uuid":
      return value === (field.default ?? "AAAAAAAAAAAAAAAAAAAAAA");
    case "bool":
      return String(value) === (field.default ?? "false");
    case "string":
      return value === (field.default ?? "");
    default:
      return Number(value) === Number(field.default ?? 0);
  }
}

/** A string as Jackson writes it: what JSON has no short escape for, in upper-case hexadecimal. */
export function textJson(text: string): string {
  return JSON.stringify(text).replace(/\\u00([0-9a-f]{2})/g, (_, digits: string) => `\\u00${digits.toUpperCase()}`);
}

/** A double as Java prints it: always with a point, in powers of ten below 0.001 and from ten million on. */
export function doubleJson(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const text = String(value);
    const plain = Object.is(value, -0) ? "-0" : text;
    return plain.includes(".") ? plain : `${plain}.0`;
  }
  const [digits, power] = value.toExponential().split("e") as [string, string];
  return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(power)}`;
}
