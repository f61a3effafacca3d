// What kafka-console-consumer prints of a record. Source: org.apache.kafka.tools.consumer.DefaultMessageFormatter of Kafka 4.1.
import type { IncomingRecord } from "@moldau/client";
import { ToolUsageError } from "../tool-error";
import { coordinatorFormatter } from "./coordinator-formatter";
import { type Deserializer, deserializerOf } from "./deserializers";

/** The bytes for one record; undefined where the record is none that this formatter shows. */
export type RecordFormatter = (record: IncomingRecord) => Uint8Array | undefined;

/** The formatter of this Java class, with these properties. */
export function formatterOf(className: string, properties: ReadonlyMap<string, string>): RecordFormatter {
  const name = className.slice(className.lastIndexOf(".") + 1);
  switch (name) {
    case "DefaultMessageFormatter":
    case "LoggingMessageFormatter":
      return defaultFormatter(properties);
    case "NoOpMessageFormatter":
      return () => undefined;
    case "OffsetsMessageFormatter":
    case "GroupMetadataMessageFormatter":
    case "TransactionLogMessageFormatter":
      return coordinatorFormatter(name);
    default:
      throw new ToolUsageError(
        `${className}: Java's classes cannot be used here; there are DefaultMessageFormatter, NoOpMessageFormatter, ` +
          "OffsetsMessageFormatter, GroupMetadataMessageFormatter and TransactionLogMessageFormatter",
      );
  }
}

function defaultFormatter(properties: ReadonlyMap<string, string>): RecordFormatter {
  const yes = (key: string, preset = false): boolean =>
    properties.has(key) ? properties.get(key)!.trim().toLowerCase() === "true" : preset;
  const text = (key: string, preset: string): Buffer => Buffer.from(properties.get(key) ?? preset);
  const separator = text("key.separator", "\t");
  const lineSeparator = text("line.separator", "\n");
  const headersSeparator = text("headers.separator", ",");
  const nullLiteral = text("null.literal", "null");
  const show = (bytes: Uint8Array | null, deserializer: Deserializer | undefined): Buffer => {
    const known = bytes === null ? nullLiteral : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return deserializer === undefined ? known : Buffer.from(deserializer(known));
  };
  const key = deserializerOf(properties.get("key.deserializer"));
  const value = deserializerOf(properties.get("value.deserializer"));
  const header = deserializerOf(properties.get("headers.deserializer"));
  const columns: ((record: IncomingRecord) => Buffer)[] = [];
  if (yes("print.timestamp")) {
    columns.push(({ timestampType = "CreateTime", timestampMs }) =>
      Buffer.from(timestampMs < 0 ? "NO_TIMESTAMP" : `${timestampType}:${timestampMs}`),
    );
  }
  if (yes("print.partition")) columns.push(({ partition }) => Buffer.from(`Partition:${partition}`));
  if (yes("print.offset")) columns.push(({ offset }) => Buffer.from(`Offset:${offset}`));
  // Kafka's console consumer hands neither of these to its formatter.
  if (yes("print.delivery")) columns.push(() => Buffer.from("Delivery:NOT_PRESENT"));
  if (yes("print.epoch")) columns.push(() => Buffer.from("Epoch:NOT_PRESENT"));
  if (yes("print.headers")) {
    columns.push(({ headers }) => {
      if (headers.length === 0) return Buffer.from("NO_HEADERS");
      return Buffer.concat(
        headers.flatMap((each, index) => [
          ...(index === 0 ? [] : [headersSeparator]),
          Buffer.from(`${each.name}:`),
          show(each.value, header),
        ]),
      );
    });
  }
  if (yes("print.key")) columns.push((record) => show(record.key, key));
  if (yes("print.value", true)) columns.push((record) => show(record.value, value));
  return (record) =>
    Buffer.concat(
      columns.flatMap((column, index) => [column(record), index === columns.length - 1 ? lineSeparator : separator]),
    );
}
