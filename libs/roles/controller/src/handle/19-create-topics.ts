/**
 * CreateTopics, versions 0–7: places replicas, checks names and configuration; from version 5 on answers with the
 * configuration in force of each created topic.
 * KIPs: 4, 464 (defaults by -1), 525 (configuration in the answer), 516 (topic ids), 599 (quota; an error from version 6 on).
 */
import { ZERO_UUID } from "@moldau/base";
import { describeTopic } from "@moldau/config";
import { createTopics as decideTopics } from "@moldau/control";
import { ConfigResourceType, type MetadataImage } from "@moldau/metadata";
import { readCreateTopicsRequest, writeCreateTopicsResponse } from "@moldau/protocol";
import { controllerApi, type ControllerContext } from "./controller-api";

const strictSince = 6;
const nothing: ReadonlyMap<string, string> = new Map();

export const createTopics = controllerApi({
  read: readCreateTopicsRequest,
  write: writeCreateTopicsResponse,
  async answer(request, context, version, client) {
    const { settings, random, newUuid, mutations } = context;
    const quota = mutations.of(client, { version, strictSince });
    const { admit } = quota;
    const { reply, offset, image } = await context.queue.decide((image) =>
      decideTopics({ image, settings, random, newUuid, admit }, request),
    );
    const topics = reply.map(({ configs, ...topic }) => ({
      ...topic,
      configs: version >= 5 && configs !== null ? inForce(context, image, configs) : [],
    }));
    return { response: { throttleTimeMs: quota.throttleTimeMs(), topics }, offset };
  },
  refuse: (errorCode, errorMessage) => ({ topics: [{ name: "", topicId: ZERO_UUID, errorCode, errorMessage }] }),
});

/** No broker in particular is asked, so there is no layer of a single broker. */
function inForce(context: ControllerContext, image: MetadataImage, configs: ReadonlyMap<string, string>) {
  const layers = {
    dynamic: nothing,
    dynamicDefault: image.configs(ConfigResourceType.BROKER, ""),
    static: context.config.given(),
  };
  return describeTopic(configs, layers).map(({ name, value, readOnly, source, sensitive }) => ({
    name,
    value,
    readOnly,
    configSource: source,
    isSensitive: sensitive,
  }));
}
