import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import { CLIENT_ID, IP, type QuotaEntry, USER } from "./quota-entry";

/** How a kind of name is looked for. Source: DescribeClientQuotasRequest. */
export const QuotaMatch = { EXACT: 0, DEFAULT: 1, ANY: 2 } as const;

export interface QuotaFilter {
  readonly components: readonly {
    readonly entityType: string;
    readonly matchType: number;
    readonly match: string | null;
  }[];
  /** Only entities that have the kinds named and no other. */
  readonly strict: boolean;
}

type Filtered<T> = { entries: T[] } | { errorCode: KafkaErrorCode; errorMessage: string };

/** The quotas that a filter means. Source: ClientQuotasImage.describe, KIP-546. */
export function filterQuotas<T extends QuotaEntry>(entries: Iterable<T>, filter: QuotaFilter): Filtered<T> {
  /** By kind: a name, null for the default, undefined for any. */
  const wanted = new Map<string, string | null | undefined>();
  for (const { entityType, matchType, match } of filter.components) {
    if (entityType === "") return invalid("Invalid empty entity type.");
    if (wanted.has(entityType)) return invalid(`Entity type ${entityType} cannot appear more than once in the filter.`);
    if (entityType !== IP && entityType !== USER && entityType !== CLIENT_ID) {
      return { errorCode: KafkaError.UNSUPPORTED_VERSION, errorMessage: `Unsupported entity type ${entityType}` };
    }
    switch (matchType) {
      case QuotaMatch.EXACT:
        if (match === null) return invalid("Request specified MATCH_TYPE_EXACT, but set match string to null.");
        wanted.set(entityType, match);
        break;
      case QuotaMatch.DEFAULT:
        if (match !== null) return invalid("Request specified MATCH_TYPE_DEFAULT, but also specified a match string.");
        wanted.set(entityType, null);
        break;
      case QuotaMatch.ANY:
        if (match !== null)
          return invalid("Request specified MATCH_TYPE_SPECIFIED, but also specified a match string.");
        wanted.set(entityType, undefined);
        break;
      default:
        return invalid(`Unknown match type ${matchType}`);
    }
  }
  if (wanted.has(IP) && (wanted.has(USER) || wanted.has(CLIENT_ID))) {
    return invalid(
      "Invalid entity filter component combination. IP filter component should not be used with user or clientId filter component.",
    );
  }
  const found: T[] = [];
  for (const entry of entries) {
    const { entity } = entry;
    if (filter.strict && entity.size !== wanted.size) continue;
    if ([...wanted].every(([type, name]) => entity.has(type) && (name === undefined || entity.get(type) === name))) {
      found.push(entry);
    }
  }
  return { entries: found };
}

function invalid(errorMessage: string) {
  return { errorCode: KafkaError.INVALID_REQUEST, errorMessage };
}
