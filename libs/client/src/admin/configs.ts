import { KafkaError } from "@moldau/base";
import type { Admin, ConfigEntry } from "../api";
import { calls } from "../calls";
import { check } from "../client-error";
import type { Cluster } from "../cluster";

type Resource = Parameters<Admin["describeConfigs"]>[0];

/** Source: org.apache.kafka.common.config.ConfigResource.Type. */
export const resourceTypes = { topic: 2, broker: 4, "broker-logger": 8, "client-metrics": 16, group: 32 } as const;
/** ConfigSource.DEFAULT_CONFIG: the value is built in. */
const DEFAULT_CONFIG = 5;
/** AlterConfigOp: SET and DELETE. */
const SET = 0;
const DELETE = 1;

export function describeConfigs(cluster: Cluster, resource: Resource): Promise<ConfigEntry[]> {
  return asking(cluster, resource, async (ask) => {
    const answer = await ask(calls.describeConfigs, (version) => ({
      resources: [{ ...wireResource(resource), configurationKeys: null }],
      ...(version >= 1 ? { includeSynonyms: true } : {}),
      includeDocumentation: version >= 3,
    }));
    const result = answer.results[0];
    check(titleOf(resource), result?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR, result?.errorMessage);
    return (result?.configs ?? []).map((entry) => ({
      name: entry.name,
      value: entry.value,
      source: entry.configSource,
      readOnly: entry.readOnly,
      sensitive: entry.isSensitive,
      isDefault: entry.isDefault || entry.configSource === DEFAULT_CONFIG,
      documentation: entry.documentation,
      type: entry.configType,
      synonyms: entry.synonyms.map(({ name, value, source }) => ({ name, value, source })),
    }));
  });
}

/** Changes the keys named and leaves the others (KIP-339; Kafka 2.3). */
export function alterConfigs(
  cluster: Cluster,
  resource: Resource,
  changes: Readonly<Record<string, string | null>>,
  { validateOnly = false }: NonNullable<Parameters<Admin["alterConfigs"]>[2]> = {},
): Promise<void> {
  return asking(cluster, resource, async (ask) => {
    const configs = Object.entries(changes).map(([name, value]) => ({
      name,
      configOperation: value === null ? DELETE : SET,
      value,
    }));
    const answer = await ask(calls.incrementalAlterConfigs, {
      resources: [{ ...wireResource(resource), configs }],
      validateOnly,
    });
    const result = answer.responses[0];
    check(`change ${titleOf(resource)}`, result?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR, result?.errorMessage);
  });
}

/** A broker's own configuration is asked of that broker; everything else of any. */
function asking<T>(cluster: Cluster, resource: Resource, work: (ask: Cluster["callAny"]) => Promise<T>): Promise<T> {
  const ofNode = resource.type === "broker" || resource.type === "broker-logger";
  const nodeId = ofNode && resource.name !== "" ? Number(resource.name) : undefined;
  return cluster.retry(
    () =>
      work((call, request) =>
        nodeId === undefined ? cluster.callAny(call, request) : cluster.call(nodeId, call, request),
      ),
    { again: (error) => error.retriable && error.code !== KafkaError.UNKNOWN_TOPIC_OR_PARTITION },
  );
}

function wireResource({ type, name }: Resource): { resourceType: number; resourceName: string } {
  return { resourceType: resourceTypes[type], resourceName: name };
}

function titleOf({ type, name }: Resource): string {
  return `configuration of ${type} ${name === "" ? "(all)" : name}`;
}
