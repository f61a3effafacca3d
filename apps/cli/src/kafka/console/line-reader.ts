// Lines of text as records, split into headers, key and value. Source: org.apache.kafka.tools.LineMessageReader of Kafka 4.1.
import type { Header, OutgoingRecord } from "@moldau/client";
import { ToolError } from "../tool-error";

export interface LineRules {
  parseKey: boolean;
  parseHeaders: boolean;
  /** Lines without a separator that should be there become values instead of errors. */
  ignoreError: boolean;
  keySeparator: string;
  headersDelimiter: string;
  headersSeparator: RegExp;
  headersKeySeparator: string;
  /** Stands for null in keys, values and headers. */
  nullMarker: string | undefined;
}

/** The rules that `--property` and `--reader-config` say; refuses separators that cannot be told apart. */
export function lineRules(properties: ReadonlyMap<string, string>): LineRules {
  const yes = (key: string): boolean => properties.get(key)?.trim().toLowerCase() === "true";
  const keySeparator = properties.get("key.separator") ?? "\t";
  const headersDelimiter = properties.get("headers.delimiter") ?? "\t";
  const headersSeparator = properties.get("headers.separator") ?? ",";
  const headersKeySeparator = properties.get("headers.key.separator") ?? ":";
  const nullMarker = properties.get("null.marker");
  const differ = (a: string, b: string, one: string | undefined, other: string | undefined): void => {
    if (one === other) throw new ToolError(`${a} and ${b} may not be equal`);
  };
  differ("headers.delimiter", "headers.separator", headersDelimiter, headersSeparator);
  differ("headers.delimiter", "headers.key.separator", headersDelimiter, headersKeySeparator);
  differ("headers.separator", "headers.key.separator", headersSeparator, headersKeySeparator);
  differ("null.marker", "key.separator", nullMarker, keySeparator);
  differ("null.marker", "headers.separator", nullMarker, headersSeparator);
  differ("null.marker", "headers.delimiter", nullMarker, headersDelimiter);
  differ("null.marker", "headers.key.separator", nullMarker, headersKeySeparator);
  return {
    parseKey: yes("parse.key"),
    parseHeaders: yes("parse.headers"),
    ignoreError: yes("ignore.error"),
    keySeparator,
    headersDelimiter,
    headersSeparator: new RegExp(headersSeparator),
    headersKeySeparator,
    nullMarker,
  };
}

/** One line as a record; `number` counts from 1 and stands in errors. */
export function recordOfLine(
  line: string,
  number: number,
  rules: LineRules,
): Pick<OutgoingRecord, "key" | "value" | "headers"> {
  const part = (enabled: boolean, from: number, separator: string, name: string): string | undefined => {
    if (!enabled) return undefined;
    const at = line.indexOf(separator, from);
    if (at >= 0) return line.slice(from, at);
    if (rules.ignoreError) return undefined;
    throw new ToolError(`No ${name} found on line number ${number}: '${line}'`);
  };
  const orNull = (text: string): string | null => (text === rules.nullMarker ? null : text);
  const headers = part(rules.parseHeaders, 0, rules.headersDelimiter, "headers delimiter");
  const keyFrom = headers === undefined ? 0 : headers.length + rules.headersDelimiter.length;
  const key = part(rules.parseKey, keyFrom, rules.keySeparator, "key separator");
  const valueFrom = keyFrom + (key === undefined ? 0 : key.length + rules.keySeparator.length);
  return {
    key: key === undefined ? null : orNull(key),
    value: orNull(line.slice(valueFrom)),
    headers: headers === undefined || headers === rules.nullMarker ? [] : headersOf(headers, number, rules),
  };
}

function headersOf(text: string, number: number, rules: LineRules): Header[] {
  return text.split(rules.headersSeparator).map((pair): Header => {
    const at = pair.indexOf(rules.headersKeySeparator);
    if (at < 0) {
      if (rules.ignoreError) return { name: pair, value: null };
      throw new ToolError(`No header key separator found in pair '${pair}' on line number ${number}`);
    }
    const name = pair.slice(0, at);
    if (name === rules.nullMarker) {
      throw new ToolError(
        `Header keys should not be equal to the null marker '${rules.nullMarker}' as they can't be null`,
      );
    }
    const value = pair.slice(at + rules.headersKeySeparator.length);
    return { name, value: value === rules.nullMarker ? null : Buffer.from(value) };
  });
}
