import { KafkaError } from "@moldau/base";
import type { Admin, QuotaEntity, QuotaFilter } from "../api";
import { calls } from "../calls";
import { check } from "../client-error";
import type { Cluster } from "../cluster";
import { onController } from "./on-controller";

/** Wire names of entity types. Source: ClientQuotaEntity. */
const entityTypes = { user: "user", clientId: "client-id", ip: "ip" } as const;
type EntityType = keyof typeof entityTypes;
/** How a component matches. */
const EXACT = 0;
const DEFAULT = 1;
const ANY = 2;

function componentsOf(filter: QuotaFilter): { entityType: string; matchType: number; match: string | null }[] {
  return (Object.keys(entityTypes) as EntityType[]).flatMap((type) => {
    const wanted = filter[type];
    if (wanted === undefined) return [];
    const [matchType, match] =
      wanted === null ? [DEFAULT, null] : typeof wanted === "string" ? [EXACT, wanted] : [ANY, null];
    return [{ entityType: entityTypes[type], matchType, match }];
  });
}

/** Source: KIP-546. */
export function describeClientQuotas(
  cluster: Cluster,
  filter: QuotaFilter,
  { strict = false }: NonNullable<Parameters<Admin["describeClientQuotas"]>[1]> = {},
): ReturnType<Admin["describeClientQuotas"]> {
  return cluster.retry(async () => {
    const answer = await cluster.callAny(calls.describeClientQuotas, { components: componentsOf(filter), strict });
    check("client quotas", answer.errorCode, answer.errorMessage);
    return (answer.entries ?? []).map(({ entity, values }) => ({
      entity: Object.fromEntries(
        entity.map(({ entityType, entityName }) => [entityType === "client-id" ? "clientId" : entityType, entityName]),
      ) as QuotaEntity,
      quotas: Object.fromEntries(values.map(({ key, value }) => [key, value])),
    }));
  });
}

/** Source: KIP-546. */
export async function alterClientQuotas(
  cluster: Cluster,
  entity: QuotaEntity,
  changes: Readonly<Record<string, number | null>>,
  { validateOnly = false }: NonNullable<Parameters<Admin["alterClientQuotas"]>[2]> = {},
): Promise<void> {
  await onController(cluster, async (ask) => {
    const answer = await ask(calls.alterClientQuotas, {
      entries: [
        {
          entity: (Object.keys(entityTypes) as EntityType[]).flatMap((type) => {
            const name = entity[type];
            return name === undefined ? [] : [{ entityType: entityTypes[type], entityName: name }];
          }),
          ops: Object.entries(changes).map(([key, value]) => ({ key, value: value ?? 0, remove: value === null })),
        },
      ],
      validateOnly,
    });
    const result = answer.entries[0];
    check("change client quotas", result?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR, result?.errorMessage);
  });
}
