import type { HistoryEvent } from "./events";

/** An event as one line, with the line's end. */
export function toLine(event: HistoryEvent): string {
  return `${JSON.stringify(event)}\n`;
}

type FieldKind = "string" | "number" | "boolean" | "array" | "object" | "value";

/** What an event of each type has to have; optional fields are not listed. */
const fields: Record<HistoryEvent["type"], Record<string, FieldKind>> = {
  send: {
    process: "string",
    producer: "string",
    sequence: "number",
    partition: "string",
    value: "value",
    idempotent: "boolean",
    invokeMs: "number",
    outcome: "object",
  },
  poll: {
    process: "string",
    consumer: "string",
    mode: "string",
    isolation: "string",
    partition: "string",
    position: "number",
    records: "array",
    invokeMs: "number",
    endMs: "number",
  },
  seek: { process: "string", consumer: "string", partition: "string", position: "number" },
  rebalance: {
    process: "string",
    consumer: "string",
    group: "string",
    generation: "number",
    assigned: "array",
    endMs: "number",
  },
  commit: {
    process: "string",
    group: "string",
    partition: "string",
    offset: "number",
    invokeMs: "number",
    outcome: "object",
  },
  "committed-read": {
    process: "string",
    group: "string",
    partition: "string",
    offset: "number",
    invokeMs: "number",
    endMs: "number",
  },
  transaction: { process: "string", producer: "string", transaction: "string", beginMs: "number", outcome: "object" },
  fence: { process: "string", producer: "string", by: "string", atMs: "number" },
  "high-watermark": { node: "number", partition: "string", leaderEpoch: "number", offset: "number", atMs: "number" },
  "last-stable-offset": {
    node: "number",
    partition: "string",
    leaderEpoch: "number",
    offset: "number",
    atMs: "number",
  },
  leader: { node: "number", partition: "string", leaderEpoch: "number", atMs: "number" },
  "shard-owner": { node: "number", shard: "string", ownerEpoch: "number", atMs: "number" },
  controller: { node: "number", term: "number", atMs: "number" },
  log: { node: "number", partition: "string", highWatermark: "number", batches: "array", atMs: "number" },
  metadata: { node: "number", offset: "number", hash: "value", atMs: "number" },
  "unclean-election": { partition: "string", atMs: "number" },
  "final-reads": { completed: "boolean", atMs: "number" },
};

/**
 * The events of one recorded file. Its last line may be cut off, where the process that wrote it was killed; anything else
 * that is no event is an error that names the line.
 */
export function fromLines(text: string, name = "history"): HistoryEvent[] {
  const lines = text.split("\n");
  const cutOff = lines.pop();
  const events = lines.flatMap((line, at) => (line === "" ? [] : [parse(line, `${name}, line ${at + 1}`)]));
  if (cutOff !== undefined && cutOff !== "") {
    try {
      events.push(parse(cutOff, `${name}, last line`));
    } catch {
      return events;
    }
  }
  return events;
}

function parse(line: string, where: string): HistoryEvent {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    throw new Error(`${where}: not JSON: ${line.slice(0, 80)}`);
  }
  if (!isRecord(event)) throw new Error(`${where}: an event is an object`);
  const { type } = event;
  if (typeof type !== "string" || !Object.hasOwn(fields, type)) {
    throw new Error(`${where}: unknown event type ${String(type)}`);
  }
  for (const [field, kind] of Object.entries(fields[type as HistoryEvent["type"]])) {
    if (!isOfKind(event[field], kind)) throw new Error(`${where}: ${type} without a ${kind} in "${field}"`);
  }
  return event as unknown as HistoryEvent;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOfKind(value: unknown, kind: FieldKind): boolean {
  switch (kind) {
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value) && typeof value["kind"] === "string";
    case "value":
      return typeof value === "string" || typeof value === "number";
    case "string":
    case "number":
    case "boolean":
      return typeof value === kind;
  }
}

/**
 * One history of several recorders: by time, each recorder's events in its own order. Events without a time of their own
 * (a seek) keep the place behind what their recorder wrote before them.
 */
export function merge(histories: readonly (readonly HistoryEvent[])[]): HistoryEvent[] {
  const timed: { atMs: number; event: HistoryEvent }[] = [];
  for (const events of histories) {
    let atMs = -Infinity;
    for (const event of events) {
      // Never back within a recorder, or its own order would be lost.
      atMs = Math.max(atMs, timeOf(event) ?? -Infinity);
      timed.push({ atMs, event });
    }
  }
  return timed.sort((a, b) => a.atMs - b.atMs || 0).map(({ event }) => event);
}

/** When an event was known: an operation's end, or its beginning where the end is not known. */
function timeOf(event: HistoryEvent): number | undefined {
  switch (event.type) {
    case "send":
    case "commit":
      return event.outcome.kind === "unknown" ? event.invokeMs : event.outcome.endMs;
    case "transaction":
      return event.outcome.kind === "unknown" ? event.beginMs : event.outcome.endMs;
    case "poll":
    case "rebalance":
    case "committed-read":
      return event.endMs;
    case "seek":
      return undefined;
    default:
      return event.atMs;
  }
}
