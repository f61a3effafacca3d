/**
 * DescribeConfigs, versions 0–4: topics, brokers, loggers of a broker's process, subscriptions to clients' metrics and
 * groups, each with its full key set, sources and synonyms. Dynamic values come from the image, a node's own configuration
 * from that node. Kafka answers for the broker that was asked only; here every gateway answers for every broker.
 * KIPs: 133, 226 (synonyms, v1), 412 (loggers), 569 (types and documentation, v3), 714, 1043. Source: ConfigHelper.
 */
import { KafkaError, type NodeId, topicNameProblem } from "@moldau/base";
import {
  type BrokerLayers,
  type ConfigEntry,
  describeBroker,
  describeBrokerDefaults,
  describeClientMetrics,
  describeGroup,
  describeLoggers,
  describeTopic,
} from "@moldau/config";
import { ConfigResourceType as Resource } from "@moldau/metadata";
import { readDescribeConfigsRequest, writeDescribeConfigsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import { troubleOf } from "../forward";
import type { Gateway } from "../gateway";
import { describeNode } from "../node-descriptions";

type Described = { configs: ConfigEntry[] } | { errorCode: number; errorMessage: string | null };

export async function describeConfigs(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readDescribeConfigsRequest);
  const described = await Promise.all(
    request.resources.map(({ resourceType, resourceName }) => describe(call, gateway, resourceType, resourceName)),
  );
  return answer(call, writeDescribeConfigsResponse, {
    results: request.resources.map(({ resourceType, resourceName, configurationKeys }, i) => {
      const found = described[i]!;
      if ("errorCode" in found) return { ...found, resourceType, resourceName, configs: [] };
      const wanted =
        configurationKeys === null || configurationKeys.length === 0 ? undefined : new Set(configurationKeys);
      return {
        errorCode: 0,
        errorMessage: null,
        resourceType,
        resourceName,
        configs: found.configs
          .filter(({ name }) => !wanted || wanted.has(name))
          .map((entry) => ({
            name: entry.name,
            value: entry.value,
            readOnly: entry.readOnly,
            // Version 0 has no sources and tells defaults by this.
            isDefault: call.version === 0 && entry.isDefault,
            configSource: entry.source,
            isSensitive: entry.sensitive,
            synonyms: request.includeSynonyms ? entry.synonyms : [],
            configType: entry.type,
            documentation: request.includeDocumentation ? entry.documentation : null,
          })),
      };
    }),
  });
}

async function describe(call: Call, gateway: Gateway, type: number, name: string): Promise<Described> {
  const { image } = gateway;
  switch (type) {
    case Resource.TOPIC: {
      const problem = topicNameProblem(name);
      if (problem) return { errorCode: KafkaError.INVALID_TOPIC_EXCEPTION, errorMessage: problem };
      if (!image.topicsByName.has(name)) return { errorCode: KafkaError.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: "" };
      return { configs: describeTopic(image.configs(type, name), await layersOfAsked(call, gateway)) };
    }
    case Resource.BROKER:
      if (name === "") return { configs: describeBrokerDefaults(image.configs(type, "")) };
      return ofNode(call, gateway, name, async (nodeId) => describeBroker(await layersOf(nodeId, call, gateway)));
    case Resource.BROKER_LOGGER:
      if (name === "") return invalid("Broker id must not be empty");
      return ofNode(call, gateway, name, async (nodeId) => {
        const { loggers } = await describeNode(nodeId, call, gateway);
        return describeLoggers(loggers.map(({ name: logger, level }) => [logger, level] as const));
      });
    case Resource.CLIENT_METRICS:
      if (name === "") return invalid("Client metrics subscription name must not be empty");
      return { configs: describeClientMetrics(image.configs(type, name)) };
    case Resource.GROUP:
      if (name === "") return invalid("Group name must not be empty");
      return { configs: describeGroup(image.configs(type, name), await layersOfAsked(call, gateway)) };
    default:
      return invalid(`Unexpected resource type ${type} for resource ${name}`);
  }
}

function invalid(errorMessage: string): Described {
  return { errorCode: KafkaError.INVALID_REQUEST, errorMessage };
}

async function layersOf(nodeId: NodeId, call: Call, gateway: Gateway): Promise<BrokerLayers> {
  const { image } = gateway;
  return {
    dynamic: image.configs(Resource.BROKER, String(nodeId)),
    dynamicDefault: image.configs(Resource.BROKER, ""),
    static: await gateway.nodes.givenTo(nodeId, call, gateway),
  };
}

/**
 * Topics and groups are shown with the defaults of the broker that the client asked. Where it cannot be reached, this
 * process's own configuration stands in: a cluster's processes agree about the defaults of topics as a rule.
 */
async function layersOfAsked(call: Call, gateway: Gateway): Promise<BrokerLayers> {
  const nodeId = call.targetNode ?? gateway.homeNode();
  try {
    return await layersOf(nodeId, call, gateway);
  } catch (error) {
    troubleOf(call, gateway, error, `node ${nodeId}`);
    return layersOf(gateway.context.nodeId, call, gateway);
  }
}

/** What a node says of itself; a client that asks one that is gone would find nobody at its door either. */
async function ofNode(
  call: Call,
  gateway: Gateway,
  name: string,
  ask: (nodeId: NodeId) => Promise<ConfigEntry[]>,
): Promise<Described> {
  if (!/^\d+$/.test(name)) return invalid(`Broker id must be an integer, but it is: ${name}`);
  const nodeId = Number(name);
  if (!gateway.image.brokers.has(nodeId) && nodeId !== gateway.context.nodeId) {
    return invalid(`Unexpected broker id ${name}: no such broker is registered`);
  }
  try {
    return { configs: await ask(nodeId) };
  } catch (error) {
    if (!troubleOf(call, gateway, error, `node ${nodeId}`)) {
      return { errorCode: KafkaError.UNKNOWN_SERVER_ERROR, errorMessage: null };
    }
    return { errorCode: KafkaError.BROKER_NOT_AVAILABLE, errorMessage: `Broker ${nodeId} cannot be reached now` };
  }
}
