/**
 * ListConfigResources, versions 0–1; version 0 is ListClientMetricsResources and lists those alone. Version 1 lists resources of
 * the types that are asked for, of all types where none is. Topics and brokers are listed whether configured or not.
 * KIPs: 714, 1142. Source: KafkaApis.handleListConfigResources.
 */
import { KafkaError } from "@moldau/base";
import { ConfigResourceType } from "@moldau/metadata";
import { readListConfigResourcesRequest, writeListConfigResourcesResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import type { Gateway } from "../gateway";

const { TOPIC, BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP } = ConfigResourceType;
const listable: readonly number[] = [GROUP, CLIENT_METRICS, BROKER_LOGGER, BROKER, TOPIC];

export function listConfigResources(call: Call, gateway: Gateway): Answer {
  const { resourceTypes } = decode(call, readListConfigResourcesRequest);
  const wanted =
    call.version === 0 ? [CLIENT_METRICS] : resourceTypes.length === 0 ? listable : [...new Set(resourceTypes)];
  if (wanted.some((type) => !listable.includes(type))) {
    return answer(call, writeListConfigResourcesResponse, { errorCode: KafkaError.UNSUPPORTED_VERSION });
  }
  return answer(call, writeListConfigResourcesResponse, {
    configResources: wanted.flatMap((resourceType) =>
      namesOf(gateway, resourceType).map((resourceName) => ({ resourceName, resourceType })),
    ),
  });
}

function namesOf({ image, doors }: Gateway, type: number): string[] {
  switch (type) {
    case TOPIC:
      return [...image.topicsByName.keys()];
    case BROKER:
    case BROKER_LOGGER:
      return doors.all().map(({ nodeId }) => String(nodeId));
    default:
      return [...image.configuredResources()].filter((resource) => resource.type === type).map(({ name }) => name);
  }
}
