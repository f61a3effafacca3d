import type { Admin, ConfigResourceName, ConfigResourceType } from "../api";
import { calls } from "../calls";
import { check } from "../client-error";
import type { Cluster } from "../cluster";
import { resourceTypes } from "./configs";

/** Version 0 (Kafka 4.0 and before) lists client metrics and nothing else: KIP-714, KIP-1142. */
const TYPES_SINCE_VERSION = 1;

export function listConfigResources(
  cluster: Cluster,
  types: Parameters<Admin["listConfigResources"]>[0] = [],
): Promise<ConfigResourceName[]> {
  const onlyMetrics = types.length === 1 && types[0] === "client-metrics";
  const min = onlyMetrics ? 0 : TYPES_SINCE_VERSION;
  const nameOf = new Map<number, ConfigResourceType>(
    Object.entries(resourceTypes).map(([type, code]) => [code, type as ConfigResourceType]),
  );
  return cluster.retry(async () => {
    const answer = await cluster.callAny({ ...calls.listConfigResources, min }, (version) =>
      version >= TYPES_SINCE_VERSION ? { resourceTypes: types.map((type) => resourceTypes[type]) } : {},
    );
    check("the resources with configurations", answer.errorCode);
    return answer.configResources.flatMap(({ resourceName, resourceType }) => {
      const type = nameOf.get(resourceType);
      return type === undefined ? [] : [{ type, name: resourceName }];
    });
  });
}
