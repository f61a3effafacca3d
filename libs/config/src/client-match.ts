import { createRequire } from "node:module";
import { splitList } from "./definition";

/** What a subscription may tell clients apart by. Source: ClientMetricsConfigs. */
const matchable: ReadonlySet<string> = new Set([
  "client_instance_id",
  "client_id",
  "client_software_name",
  "client_software_version",
  "client_source_address",
  "client_source_port",
]);

/** What a client is, by the names of `matchable`; what is not known of it is left out. */
export type ClientAttributes = Readonly<Record<string, string | undefined>>;

/** Whether a client is meant; every item of the list has to match the whole of its attribute. */
export type ClientMatch = (client: ClientAttributes) => boolean;

/**
 * Reads `match` of a subscription to clients' metrics: name=pattern items. Patterns are RE2's, matched in time proportional to
 * the text, since what they are held against comes from clients. Returns what is wrong with it, as a sentence, where it is none.
 */
export function readClientMatch(value: string): ClientMatch | string {
  const tests: { name: string; matches(text: string): boolean }[] = [];
  for (const item of splitList(value)) {
    const parts = item.split("=");
    const name = parts[0]!.trim();
    if (parts.length !== 2 || !matchable.has(name)) {
      return `Illegal client matching pattern: ${item}`;
    }
    const pattern = compile(parts[1]!.trim());
    if (pattern === undefined) return `Illegal client matching pattern: ${item}`;
    tests.push({ name, matches: pattern });
  }
  return (client) => tests.every(({ name, matches }) => client[name] !== undefined && matches(client[name]));
}

function compile(source: string): ((text: string) => boolean) | undefined {
  // Loaded where there is a pattern only: it costs a command line 20 ms.
  const { RE2JS, RE2JSException } = createRequire(__filename)("re2js") as typeof import("re2js");
  try {
    const pattern = RE2JS.compile(source);
    return (text) => pattern.matches(text);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}
