import { KafkaError } from "@moldau/base";
import {
  type MetadataImage,
  type MetadataRecord,
  type QuotaEntity,
  quotaEntityKey,
  QuotaEntityType,
  record,
} from "@moldau/metadata";
import type { AlterClientQuotasRequest } from "@moldau/protocol";
import { clientQuotaKeys, ipQuotaKeys, type QuotaValueType } from "@moldau/quotas";
import { type ApiError, apiError, type Decision, noError } from "./decision";

type Entry = AlterClientQuotasRequest["entries"][number];

export interface AlteredQuotas extends ApiError {
  readonly entity: Entry["entity"];
}

const INT_MAX = 2 ** 31 - 1;
const LONG_MAX = 2 ** 63;
/** What a whole number may be off, since all values travel as floating point. */
const FRACTION_MAX = 1e-6;

/**
 * Sets and removes quotas, entity by entity: one that is refused does not keep the others from it, and of one that is named
 * twice the first mention counts. `isHost` says whether a name that is meant as an address is one or can be resolved to one.
 * Source: AlterClientQuotas 0–1, ClientQuotaControlManager, KIP-546, KIP-612.
 */
export function alterClientQuotas(
  image: MetadataImage,
  request: AlterClientQuotasRequest,
  isHost: (name: string) => boolean,
): Decision<AlteredQuotas[]> {
  const records: MetadataRecord[] = [];
  const reply = new Map<string, AlteredQuotas>();
  for (const { entity: names, ops } of request.entries) {
    const entity: QuotaEntity = new Map(names.map(({ entityType, entityName }) => [entityType, entityName]));
    const id = quotaEntityKey(entity);
    const keys = ops.map(({ key }) => key);
    if (reply.has(id) || new Set(keys).size < keys.length) {
      const error = apiError(KafkaError.INVALID_REQUEST, `Ignoring duplicate entity ${nameOf(entity)}`);
      reply.set(id, { entity: names, ...error });
      continue;
    }
    const types = entityProblem(entity, isHost);
    const outcome = types instanceof Map ? changes(image, { entity, id, types, ops }) : (types as ApiError);
    if (Array.isArray(outcome)) records.push(...outcome);
    reply.set(id, { entity: names, ...(Array.isArray(outcome) ? noError : outcome) });
  }
  return { records: request.validateOnly ? [] : records, reply: [...reply.values()] };
}

/** As Kafka prints an entity. */
function nameOf(entity: QuotaEntity): string {
  const names = [...entity].map(([type, name]) => `${type}=${name}`);
  return `ClientQuotaEntity(entries={${names.join(", ")}})`;
}

function invalid(message: string): ApiError {
  return apiError(KafkaError.INVALID_REQUEST, message);
}

/** The keys that the entity may have, or what is wrong with it. */
function entityProblem(
  entity: QuotaEntity,
  isHost: (name: string) => boolean,
): ReadonlyMap<string, QuotaValueType> | ApiError {
  const { USER, CLIENT_ID, IP } = QuotaEntityType;
  if (entity.size === 0) return invalid("Invalid empty client quota entity");
  for (const [type, name] of entity) {
    if (type !== USER && type !== CLIENT_ID && type !== IP) {
      return invalid(`Unhandled client quota entity type: ${type}`);
    }
    if (name === "") return invalid(`Empty ${type} not supported`);
  }
  if (!entity.has(IP)) return clientQuotaKeys;
  if (entity.size > 1) {
    return invalid("Invalid quota entity combination, IP entity shouldnot be combined with User or ClientId");
  }
  const ip = entity.get(IP) ?? null;
  return ip === null || isHost(ip) ? ipQuotaKeys : invalid(`${ip} is not a valid IP or resolvable host.`);
}

function changes(
  image: MetadataImage,
  asked: { entity: QuotaEntity; id: string; types: ReadonlyMap<string, QuotaValueType>; ops: Entry["ops"] },
): MetadataRecord[] | ApiError {
  const current = image.clientQuotas.get(asked.id)?.values;
  const entity = [...asked.entity].map(([entityType, entityName]) => ({ entityType, entityName }));
  const records: MetadataRecord[] = [];
  for (const { key, value, remove } of asked.ops) {
    if (remove) {
      if (current?.has(key)) records.push(record("ClientQuotaRecord", { entity, key, value: 0, remove }));
      continue;
    }
    const problem = valueProblem(asked.types, key, value);
    if (problem !== undefined) return invalid(problem);
    if (current?.get(key) !== value) records.push(record("ClientQuotaRecord", { entity, key, value, remove }));
  }
  return records;
}

function valueProblem(types: ReadonlyMap<string, QuotaValueType>, key: string, value: number): string | undefined {
  const type = types.get(key);
  if (type === undefined) return `Invalid configuration key ${key}`;
  // NaN compares with nothing: Kafka takes it, and every rate would be above it for ever.
  if (!(value > 0)) return `Quota ${key} must be greater than 0`;
  if (type === "double") return undefined;
  if (value > (type === "int" ? INT_MAX : LONG_MAX)) {
    return `Proposed value for ${key} is too large for ${type === "int" ? "an INT" : "a LONG"}.`;
  }
  return value % 1 > FRACTION_MAX ? `${key} cannot be a fractional value.` : undefined;
}
