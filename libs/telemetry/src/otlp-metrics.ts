import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** Field numbers of OTLP's messages. Source: opentelemetry-proto, metrics/v1, resource/v1 and common/v1. */
const field = {
  /** MetricsData and ExportMetricsServiceRequest, which are the same on the wire. */
  resourceMetrics: 1,
  /** ResourceMetrics */
  resource: 1,
  /** Resource */
  attributes: 1,
  /** KeyValue */
  key: 1,
  value: 2,
  /** AnyValue */
  stringValue: 1,
} as const;

/**
 * What a client reported (OTLP's MetricsData) as the request that a collector takes, with attributes added to each of its
 * resources. Only the outermost messages are read. Throws where it is no protobuf.
 */
export function exportMetricsRequest(payload: Uint8Array, attributes: Readonly<Record<string, string>>): Uint8Array {
  const added = attributesOf(attributes);
  const out = new BinaryWriter();
  for (const part of fieldsOf(payload)) {
    if (part.number !== field.resourceMetrics || part.message === undefined) {
      out.raw(part.bytes);
      continue;
    }
    const resource: Uint8Array[] = [];
    const rest: Uint8Array[] = [];
    for (const inner of fieldsOf(part.message)) {
      if (inner.number === field.resource && inner.message !== undefined) resource.push(inner.message);
      else rest.push(inner.bytes);
    }
    for (const bytes of resource) for (const _ of fieldsOf(bytes));
    out.tag(field.resourceMetrics, WireType.LengthDelimited).fork();
    out.tag(field.resource, WireType.LengthDelimited).bytes(Buffer.concat([...resource, added]));
    for (const bytes of rest) out.raw(bytes);
    out.join();
  }
  return out.finish();
}

interface Field {
  number: number;
  /** Tag and value as they came. */
  bytes: Uint8Array;
  /** The value of a length-delimited field. */
  message: Uint8Array | undefined;
}

function* fieldsOf(message: Uint8Array): Generator<Field> {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [number, type] = reader.tag();
    const value = type === WireType.LengthDelimited ? reader.bytes() : undefined;
    if (value === undefined) reader.skip(type, number);
    if (reader.pos > reader.len) throw new RangeError("a field is longer than its message");
    yield { number, bytes: message.subarray(start, reader.pos), message: value };
  }
}

function attributesOf(attributes: Readonly<Record<string, string>>): Uint8Array {
  const out = new BinaryWriter();
  for (const [key, value] of Object.entries(attributes)) {
    out.tag(field.attributes, WireType.LengthDelimited).fork();
    out.tag(field.key, WireType.LengthDelimited).string(key);
    out.tag(field.value, WireType.LengthDelimited).fork();
    out.tag(field.stringValue, WireType.LengthDelimited).string(value);
    out.join().join();
  }
  return out.finish();
}
