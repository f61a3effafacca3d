// kcat's format strings (`-f`), compiled once and run per record. Bytes go through untouched.
import type { IncomingRecord } from "@moldau/client";
import { usageError } from "./errors";
import { unescape } from "./escapes";

/** Appends one record's output, as pieces that may be views of the record. */
export type RecordFormat = (record: IncomingRecord, out: Uint8Array[]) => void;

export interface FormatOptions {
  /** Printed for a null key, value or header value; kcat's -Z has "NULL". Header values print it always. */
  nullText?: string;
}

/** The verbs in the order of the help text. */
export const formatVerbs: readonly (readonly [verb: string, meaning: string])[] = [
  ["%s", "value"],
  ["%S", "value length in bytes, -1 for null"],
  ["%R", "value length as a 32-bit big-endian integer"],
  ["%k", "key"],
  ["%K", "key length in bytes, -1 for null"],
  ["%T", "timestamp, milliseconds since 1970"],
  ["%h", "headers, name=value,name=value"],
  ["%t", "topic"],
  ["%p", "partition"],
  ["%o", "offset"],
  ["%%", "a percent sign"],
  ["\\n \\r \\t \\xHH \\NNN", "newline, return, tab, any byte"],
];

const lengthOf = (bytes: Uint8Array | null): number => (bytes ? bytes.length : -1);

/** Throws a usage error for a verb that does not exist. Source: kcat 1.7's format tokens. */
export function compileFormat(format: string, options: FormatOptions = {}): RecordFormat {
  const nullBytes = Buffer.from(options.nullText ?? "");
  const steps: RecordFormat[] = [];
  const text = (of: (record: IncomingRecord) => string | number): void => {
    steps.push((record, out) => out.push(Buffer.from(String(of(record)))));
  };
  for (const token of format.match(/%.|%$|[^%]+/gsu) ?? []) {
    switch (token) {
      case "%s":
        steps.push((record, out) => out.push(record.value ?? nullBytes));
        break;
      case "%S":
        text((record) => lengthOf(record.value));
        break;
      case "%R":
        steps.push((record, out) => {
          const length = Buffer.alloc(4);
          length.writeInt32BE(lengthOf(record.value));
          out.push(length);
        });
        break;
      case "%k":
        steps.push((record, out) => out.push(record.key ?? nullBytes));
        break;
      case "%K":
        text((record) => lengthOf(record.key));
        break;
      case "%T":
        text((record) => record.timestampMs);
        break;
      case "%h":
        steps.push(pushHeaders);
        break;
      case "%t":
        text((record) => record.topic);
        break;
      case "%p":
        text((record) => record.partition);
        break;
      case "%o":
        text((record) => record.offset);
        break;
      case "%%":
        steps.push(constant(Buffer.from("%")));
        break;
      case "%":
        throw usageError(`format "${format}" ends in a single %; a percent sign is %%`);
      default:
        if (token.startsWith("%")) {
          const known = formatVerbs.map(([verb]) => verb).filter((verb) => verb.startsWith("%"));
          throw usageError(`format "${format}" has ${token}, which is none of ${known.join(" ")}`);
        }
        steps.push(constant(unescape(token)));
    }
  }
  return (record, out) => {
    for (const step of steps) step(record, out);
  };
}

function constant(bytes: Uint8Array): RecordFormat {
  return (_record, out) => out.push(bytes);
}

const comma = Buffer.from(",");
const nullHeader = Buffer.from("NULL");

function pushHeaders(record: IncomingRecord, out: Uint8Array[]): void {
  record.headers.forEach(({ name, value }, index) => {
    if (index > 0) out.push(comma);
    out.push(Buffer.from(`${name}=`), value ?? nullHeader);
  });
}
