// Field by field: where two answers differ, and which differences are explained.
import type { Exchange } from "./stage";

export interface Difference {
  readonly api: string;
  readonly version: number;
  readonly label: string;
  /** Path of the field, with what each list's element is about: `topics[orders].errorCode`. */
  readonly path: string;
  readonly apache: unknown;
  readonly moldau: unknown;
}

/** A difference that is meant. All given patterns have to fit. */
export interface Explanation {
  /** API's name, or a regular expression over names. */
  readonly api: string;
  readonly label?: string;
  readonly path?: string;
  readonly versions?: readonly [number, number];
  /** What each says, as JSON; "undefined" where it says nothing. */
  readonly apache?: string;
  readonly moldau?: string;
  readonly reason: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Fields that say which element of a list this is. */
const identity = [
  "name",
  "topic",
  "topicName",
  "topicId",
  "groupId",
  "key",
  "apiKey",
  "transactionalId",
  "memberId",
  "feature",
  "resourceType",
  "resourceName",
  "partitionIndex",
  "partition",
  "partitionId",
  "index",
  "nodeId",
  "brokerId",
  "replicaId",
  "producerId",
];

/** Elements by what they are about, else by position; so that one that is missing shifts no other. */
function byIdentity(list: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  list.forEach((element, i) => {
    const names = isObject(element)
      ? identity.filter((name) => element[name] !== undefined && element[name] !== "" && element[name] !== "<no id>")
      : [];
    const who = names.map((name) => String((element as Record<string, unknown>)[name])).join(" ") || String(i);
    let key = who;
    for (let n = 2; found.has(key); n++) key = `${who} #${n}`;
    found.set(key, element);
  });
  return found;
}

/** Every field in which the two differ. */
export function differencesOf(
  apache: unknown,
  moldau: unknown,
  path = "",
): { path: string; apache: unknown; moldau: unknown }[] {
  if (Array.isArray(apache) && Array.isArray(moldau)) {
    const [theirs, ours] = [byIdentity(apache), byIdentity(moldau)];
    return [...new Set([...theirs.keys(), ...ours.keys()])].flatMap((who) =>
      differencesOf(theirs.get(who), ours.get(who), `${path}[${who}]`),
    );
  }
  if (isObject(apache) && isObject(moldau)) {
    const names = new Set([...Object.keys(apache), ...Object.keys(moldau)]);
    return [...names].flatMap((name) =>
      differencesOf(apache[name], moldau[name], path === "" ? name : `${path}.${name}`),
    );
  }
  return Object.is(apache, moldau) ? [] : [{ path, apache, moldau }];
}

const fits = (pattern: string | undefined, text: string) =>
  pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text);

/** The first explanation that fits. */
export function explanationOf(difference: Difference, explanations: readonly Explanation[]): Explanation | undefined {
  return explanations.find(
    ({ api, label, path, versions, apache, moldau }) =>
      fits(api, difference.api) &&
      fits(apache, String(JSON.stringify(difference.apache))) &&
      fits(moldau, String(JSON.stringify(difference.moldau))) &&
      fits(label, difference.label) &&
      fits(path, difference.path) &&
      (versions === undefined || (difference.version >= versions[0] && difference.version <= versions[1])),
  );
}

/** Both records in step; a scenario asks both clusters the same, so a step that only one has is a fault of the scenario. */
export function compare(
  apache: readonly Exchange[],
  moldau: readonly Exchange[],
): { exchange: Exchange; differences: Difference[] }[] {
  return Array.from({ length: Math.max(apache.length, moldau.length) }, (_, i) => {
    const [theirs, ours] = [apache[i], moldau[i]];
    const exchange = (theirs ?? ours)!;
    const { api, version, label } = exchange;
    if (theirs?.label !== ours?.label || theirs?.api !== ours?.api || theirs?.version !== ours?.version) {
      return {
        exchange,
        differences: [{ api, version, label, path: "(asked)", apache: theirs?.label, moldau: ours?.label }],
      };
    }
    return {
      exchange,
      differences: differencesOf(theirs!.answer, ours!.answer).map((each) => ({ api, version, label, ...each })),
    };
  });
}
