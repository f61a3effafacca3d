/**
 * DescribeConfigs, versions 0–4: topics, brokers and groups, each with its full key set, sources and synonyms. Answered
 * from the image's dynamic values and this process's own configuration.
 * KIPs: 133, 226 (synonyms, v1), 569 (types and documentation, v3).
 */
import { KafkaError, topicNameProblem } from "@moldau/base";
import {
  type BrokerLayers,
  type ConfigEntry,
  describeBroker,
  describeBrokerDefaults,
  describeGroup,
  describeTopic,
} from "@moldau/config";
import { readDescribeConfigsRequest, writeDescribeConfigsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";

/** Kafka's ConfigResource types. */
const resource = { topic: 2, broker: 4, group: 32 } as const;

type Described = { configs: ConfigEntry[] } | { errorCode: number; errorMessage: string };

export function describeConfigs(call: Call, gateway: Gateway): Answer {
  const request = decode(call, readDescribeConfigsRequest);
  return answer(call, writeDescribeConfigsResponse, {
    results: request.resources.map(({ resourceType, resourceName, configurationKeys }) => {
      const described = describe(gateway, resourceType, resourceName);
      if ("errorCode" in described) return { ...described, resourceType, resourceName, configs: [] };
      const wanted =
        configurationKeys === null || configurationKeys.length === 0 ? undefined : new Set(configurationKeys);
      return {
        errorCode: 0,
        errorMessage: null,
        resourceType,
        resourceName,
        configs: described.configs
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

function describe(gateway: Gateway, type: number, name: string): Described {
  const { image } = gateway;
  const layers = (brokerId: string): BrokerLayers => ({
    dynamic: image.configs(resource.broker, brokerId),
    dynamicDefault: image.configs(resource.broker, ""),
    static: gateway.config.given(),
  });
  switch (type) {
    case resource.topic: {
      const problem = topicNameProblem(name);
      if (problem) return { errorCode: KafkaError.INVALID_TOPIC_EXCEPTION, errorMessage: problem };
      if (!image.topicsByName.has(name)) {
        return { errorCode: KafkaError.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: `there is no topic ${name}` };
      }
      return { configs: describeTopic(image.configs(resource.topic, name), layers(String(gateway.homeNode()))) };
    }
    case resource.broker: {
      if (name === "") return { configs: describeBrokerDefaults(image.configs(resource.broker, "")) };
      if (!image.brokers.has(Number(name))) {
        return { errorCode: KafkaError.INVALID_REQUEST, errorMessage: `there is no broker ${name}` };
      }
      return { configs: describeBroker(layers(name)) };
    }
    case resource.group:
      return { configs: describeGroup(image.configs(resource.group, name), layers(String(gateway.homeNode()))) };
    default:
      return {
        errorCode: KafkaError.INVALID_REQUEST,
        errorMessage: `configs of resource type ${type} are not kept here`,
      };
  }
}
