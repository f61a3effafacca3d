import { ToolError } from "./tool-error";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The JSON object of a file that an option names, of version 1, which is the only one that Kafka's tools know. */
export function parseJsonFile(text: string): { [key: string]: Json } {
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    throw new ToolError("The input string is not a valid JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new ToolError(`Expected JSON object, received ${JSON.stringify(parsed)}`);
  }
  const version = parsed.version ?? 1;
  if (version !== 1) throw new ToolError(`Not supported version field value ${JSON.stringify(version)}`);
  return parsed;
}

/** A list of objects under a key; empty where there is none and it may be missing. */
export function objectsAt(json: { [key: string]: Json }, key: string): { [key: string]: Json }[] {
  const list = json[key];
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw new ToolError(`Expected JSON array, received ${JSON.stringify(list)}`);
  return list.map((item) => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) {
      throw new ToolError(`Expected JSON object, received ${JSON.stringify(item)}`);
    }
    return item;
  });
}

export function stringAt(json: { [key: string]: Json }, key: string): string {
  const value = fieldAt(json, key);
  if (typeof value !== "string") throw new ToolError(`Expected \`String\` value, received ${JSON.stringify(value)}`);
  return value;
}

export function integerAt(json: { [key: string]: Json }, key: string): number {
  const value = fieldAt(json, key);
  if (!Number.isSafeInteger(value))
    throw new ToolError(`Expected \`Integer\` value, received ${JSON.stringify(value)}`);
  return value as number;
}

export function fieldAt(json: { [key: string]: Json }, key: string): Json {
  const value = json[key];
  if (value === undefined) throw new ToolError(`No such field exists: \`${key}\``);
  return value;
}
