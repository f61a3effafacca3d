// One record as data, in kcat's envelope (-J): its names, and headers as a flat list of name, value, name, value, because
// names may repeat. Bytes that are no UTF-8 come as base64 and say so, where kcat would print invalid JSON.
import type { IncomingRecord } from "@moldau/client";
import { isUtf8 } from "node:buffer";

export interface RecordEnvelope {
  topic: string;
  partition: number;
  offset: number;
  /** Milliseconds since 1970. */
  ts: number;
  headers?: (string | null)[];
  headers_encoding?: "base64";
  key: string | null;
  key_encoding?: "base64";
  payload: string | null;
  payload_encoding?: "base64";
}

export function envelopeOf(record: IncomingRecord): RecordEnvelope {
  const envelope: RecordEnvelope = {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    ts: record.timestampMs,
    ...headersOf(record),
    key: null,
    payload: null,
  };
  if (record.key) {
    const binary = !isUtf8(record.key);
    envelope.key = textOf(record.key, binary);
    if (binary) envelope.key_encoding = "base64";
  }
  if (record.value) {
    const binary = !isUtf8(record.value);
    envelope.payload = textOf(record.value, binary);
    if (binary) envelope.payload_encoding = "base64";
  }
  return envelope;
}

function headersOf({ headers }: IncomingRecord): Pick<RecordEnvelope, "headers" | "headers_encoding"> {
  if (headers.length === 0) return {};
  const binary = headers.some(({ value }) => value !== null && !isUtf8(value));
  const flat = headers.flatMap(({ name, value }) => [name, value && textOf(value, binary)]);
  return binary ? { headers: flat, headers_encoding: "base64" } : { headers: flat };
}

function textOf(bytes: Uint8Array, binary: boolean): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(binary ? "base64" : "utf8");
}
