// The table against the message schemas that Kafka published (upstream trunk of October 2024), where a copy lies beside the
// repository. Kafka 4.3 has moved on from those; the differences are listed here, each with its reason.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Field, type Message, type VersionRange, parseVersions } from "../../../tools/protocol/schema";
import { PROTOCOL_FOLDER, messages } from "./testing/table";

const folder = join(PROTOCOL_FOLDER, "..", "..", "..", "shared", "kafka-messages");

interface FactField {
  name: string;
  type: string;
  versions?: string;
  nullableVersions?: string;
  default?: string | number | boolean | null;
  tag?: number | string;
  taggedVersions?: string;
  ignorable?: boolean | string;
  fields?: FactField[];
}

interface Fact {
  name: string;
  apiKey?: number;
  validVersions: string;
  flexibleVersions: string;
  fields: FactField[];
  commonStructs?: { name: string; fields: FactField[] }[];
}

/** Messages that brokers and controllers exchange among themselves: Moldau's roles speak gRPC instead. */
const BETWEEN_NODES = new Set(
  [
    "AllocateProducerIds AlterPartition AssignReplicasToDirs BeginQuorumEpoch BrokerHeartbeat BrokerRegistration",
    "ControlledShutdown ControllerRegistration EndQuorumEpoch Envelope FetchSnapshot LeaderAndIsr StopReplica",
    "UpdateMetadata UpdateRaftVoter Vote",
  ]
    .join(" ")
    .split(" ")
    .flatMap((name) => [`${name}Request`, `${name}Response`]),
);

/** Messages of the facts that the table leaves out. */
const LEFT_OUT: Record<string, string> = {
  RequestHeader: "written by hand in headers.ts: which version it has depends on its first two fields",
  ResponseHeader: "written by hand in headers.ts",
  DefaultPrincipalData: "travels only in Envelope requests",
  ListClientMetricsResourcesRequest: "renamed ListConfigResources in 4.1 (KIP-1142)",
  ListClientMetricsResourcesResponse: "renamed ListConfigResources in 4.1 (KIP-1142)",
  ShareGroupPartitionMetadataKey: "dropped before 4.1 released share groups",
  ShareGroupPartitionMetadataValue: "dropped before 4.1 released share groups",
};

/** Share groups were unfinished in October 2024; their messages and records changed before they were released in 4.1. */
const EARLY_SHARE_GROUPS = /^(Share|(Initialize|Read|Write|Delete)ShareGroupState)/;

/**
 * Versions whose start or end differ: `minimum` where the table begins later, on purpose; a later end is Kafka's own
 * progress and needs no entry.
 */
const LATER_START: Record<string, [number, string]> = {
  ProduceRequest: [3, "message formats 0 and 1 are gone"],
  ProduceResponse: [3, "message formats 0 and 1 are gone"],
  FetchRequest: [4, "message formats 0 and 1 are gone"],
  FetchResponse: [4, "message formats 0 and 1 are gone"],
};

/** Single properties that differ: "Message.field property" to the table's value and the reason. */
const DIFFERENT: Record<string, [string, string]> = {
  "OffsetCommitRequest.topics.name versions": ["0-9", "topic ids from version 10 (KIP-848)"],
  "OffsetCommitRequest.topics.name ignorable": ["true", "as above"],
  "OffsetCommitResponse.topics.name versions": ["0-9", "as above"],
  "OffsetCommitResponse.topics.name ignorable": ["true", "as above"],
  "OffsetFetchRequest.groups.topics.name versions": ["8-9", "as above"],
  "OffsetFetchRequest.groups.topics.name ignorable": ["true", "as above"],
  "OffsetFetchResponse.groups.topics.name versions": ["8-9", "as above"],
  "OffsetFetchResponse.groups.topics.name ignorable": ["true", "as above"],
  "ProduceRequest.topicData.name versions": ["0-12", "topic ids from version 13 (KIP-516)"],
  "ProduceRequest.topicData.name ignorable": ["true", "as above"],
  "ProduceResponse.responses.name versions": ["0-12", "as above"],
  "ProduceResponse.responses.name ignorable": ["true", "as above"],
};

function load(): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const group of readdirSync(folder)) {
    for (const file of readdirSync(join(folder, group))) {
      const fact = JSON.parse(readFileSync(join(folder, group, file), "utf8")) as Fact;
      facts.set(fact.name, fact);
    }
  }
  return facts;
}

const show = (range: VersionRange | undefined): string =>
  range === undefined
    ? "none"
    : range.to === Infinity
      ? `${range.from}+`
      : range.from === range.to
        ? `${range.from}`
        : `${range.from}-${range.to}`;

const parse = (text: string | undefined): VersionRange | undefined =>
  text === undefined || text === "none" ? undefined : parseVersions(text);

/** Clips to the versions that both sides know, so that "0+" and "0-1" of a message with versions 0-1 are the same. */
function clip(range: VersionRange | undefined, bounds: VersionRange): string {
  if (range === undefined) return "none";
  const from = Math.max(range.from, bounds.from);
  const to = Math.min(range.to, bounds.to);
  return from > to ? "none" : show({ from, to });
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The default as text; "" for the type's own zero. */
function factDefault(field: FactField): string {
  const text = field.default === undefined || field.default === null ? "" : String(field.default).toLowerCase();
  if (text === "" || text === "false" || text === "0") return "";
  return text.startsWith("0x") ? String(Number(text)) : text;
}

function compareFields(
  message: Message,
  fact: Fact,
  ours: Field[],
  theirs: FactField[],
  bounds: VersionRange,
  path: string,
): string[] {
  const problems: string[] = [];
  const compare = (at: string, property: string, our: string, their: string): void => {
    const known = DIFFERENT[`${at} ${property}`];
    if (known !== undefined ? known[0] !== our : our !== their)
      problems.push(`${at} ${property}: ${our}, not ${their}`);
  };
  const order: string[] = [];
  for (const their of theirs) {
    const at = `${path}.${lower(their.name)}`;
    const versions = parse(their.versions ?? their.taggedVersions);
    const our = ours.find((field) => field.name === lower(their.name));
    if (our === undefined) {
      if (clip(versions, bounds) !== "none") problems.push(`${at}: missing`);
      continue;
    }
    order.push(our.name);
    const type = (our.isArray ? "[]" : "") + (typeof our.type === "string" ? our.type : our.type.struct);
    compare(at, "type", type, their.type);
    if (DIFFERENT[`${at} versions`] !== undefined) compare(at, "versions", show(our.versions), "");
    else compare(at, "versions", clip(our.versions, bounds), clip(versions, bounds));
    compare(at, "nullable", clip(our.nullable, bounds), clip(parse(their.nullableVersions), bounds));
    compare(at, "default", our.default ?? "", factDefault(their));
    compare(at, "tag", String(our.tag?.number ?? "none"), String(their.tag ?? "none"));
    compare(at, "tagged", clip(our.tag?.versions, bounds), clip(parse(their.taggedVersions), bounds));
    compare(at, "ignorable", String(our.ignorable), String(String(their.ignorable) === "true"));
    if (typeof our.type === "object") {
      const struct = our.type.struct;
      const inner = their.fields ?? fact.commonStructs?.find((each) => each.name === struct)?.fields ?? [];
      problems.push(...compareFields(message, fact, message.structs.get(struct)!.fields, inner, bounds, at));
    }
  }
  const common = ours.map((field) => field.name).filter((name) => order.includes(name));
  if (common.join() !== order.join()) problems.push(`${path}: order ${common.join()}, not ${order.join()}`);
  for (const our of ours) {
    if (order.includes(our.name)) continue;
    // A field of ours that the facts lack must belong to versions they do not have yet, or be a tag added later.
    if (our.tag === undefined && clip(our.versions, bounds) !== "none")
      problems.push(`${path}.${our.name}: not in the facts`);
  }
  return problems;
}

/**
 * Coordinator records: in October 2024 a key's version *was* the record's type; since then the type is a number of its
 * own (apiKey) and the key has version 0, which is the same bytes. Says the facts in today's way.
 */
function inTodaysWords(message: Message, fact: Fact): Fact {
  if (fact.apiKey !== undefined || message.key === undefined) return fact;
  if (!fact.name.endsWith("Key")) return { ...fact, apiKey: message.key };
  const types = parseVersions(fact.validVersions);
  const fields = fact.fields.map((field) => ({ ...field, versions: "0+" }));
  return { ...fact, validVersions: "0", apiKey: Math.min(Math.max(message.key, types.from), types.to), fields };
}

const describeFacts = existsSync(folder) ? describe : describe.skip;

describeFacts("every field, type, version, tag, default and nullability, against Kafka's published schemas", () => {
  const facts = existsSync(folder) ? load() : new Map<string, Fact>();
  const table = new Map(messages.map((message) => [message.name, message]));

  it("has every message that is not explained away", () => {
    const missing = [...facts.keys()].filter(
      (name) => !table.has(name) && LEFT_OUT[name] === undefined && !BETWEEN_NODES.has(name),
    );
    expect(missing).toEqual([]);
  });

  it.each([...facts.values()].filter((fact) => table.has(fact.name)).map((fact) => [fact.name, fact] as const))(
    "%s",
    (name, published) => {
      if (EARLY_SHARE_GROUPS.test(name)) return;
      const message = table.get(name)!;
      const fact = inTodaysWords(message, published);
      const theirs = parseVersions(fact.validVersions);
      const bounds = {
        from: Math.max(theirs.from, message.versions.from),
        to: Math.min(theirs.to, message.versions.to),
      };
      expect(message.versions.from).toBe(LATER_START[name]?.[0] ?? theirs.from);
      expect(message.versions.to).toBeGreaterThanOrEqual(theirs.to);
      expect(message.key).toBe(fact.apiKey);
      const flexible = parse(fact.flexibleVersions)?.from ?? Infinity;
      expect(message.flexibleFrom).toBe(flexible);
      expect(compareFields(message, fact, message.fields, fact.fields, bounds, name)).toEqual([]);
    },
  );
});
