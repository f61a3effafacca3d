// Texts of options into values; each throws a usage error that says what would have been right.
import type { Header } from "@moldau/client";
import { usageError } from "./errors";

/** A parser for commander: a whole number of at least `min`. */
export function wholeNumber(name: string, min: number): (text: string) => number {
  return (text) => {
    if (!/^-?\d{1,15}$/.test(text) || Number(text) < min) {
      throw usageError(`${name} ${text} is not a whole number${min === 0 ? "" : ` of at least ${min}`}`);
    }
    return Number(text);
  };
}

/** For options that may be given several times. */
export function collect(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

/** `host:port`, several separated by commas; 9092 where the port is left out. */
export function parseBootstrap(text: string): string[] {
  const addresses = text
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
  if (addresses.length === 0) throw usageError("--bootstrap names no address; it is host:port,…");
  return addresses.map((address) => {
    const match = /^(\[[^\]]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(address);
    const port = Number(match?.[2] ?? 9092);
    if (!match || port < 1 || port > 65535) throw usageError(`--bootstrap ${address} is not host:port`);
    return `${match[1]}:${port}`;
  });
}

/** `key=value` pairs; a value may hold `=`. */
export function parseConfigs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw usageError(`--config ${text} is not key=value`);
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}

/** `name=value`; without `=` the header is null, as kcat has it. */
export function parseHeader(text: string): Header {
  const at = text.indexOf("=");
  if (at === 0) throw usageError(`-H ${text} has no name; a header is name=value`);
  return at < 0 ? { name: text, value: null } : { name: text.slice(0, at), value: Buffer.from(text.slice(at + 1)) };
}

/** `0,2` and repeated options into distinct partitions, in the order given. */
export function parsePartitions(texts: readonly string[]): number[] {
  const parse = wholeNumber("-p", 0);
  return [...new Set(texts.flatMap((text) => text.split(",")).map((text) => parse(text.trim())))];
}

/** `1,2,3`: broker ids, each once. */
export function parseBrokers(text: string): number[] {
  const parse = wholeNumber("--brokers", 0);
  return [...new Set(text.split(",").map((id) => parse(id.trim())))];
}

/** `1,2;2,3`: the replicas of partition 0, of partition 1, … */
export function parseAssignments(text: string): number[][] {
  const parse = wholeNumber("--assign", 0);
  return text.split(";").map((replicas) => replicas.split(",").map((id) => parse(id.trim())));
}
