import { KafkaError, type Uuid, ZERO_UUID } from "@moldau/base";
import { type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import type { DeleteTopicsRequest } from "@moldau/protocol";
import { type AdmitPartitions, type ApiError, apiError, type Decision, noError, quotaExceeded } from "./decision";
import type { ControlSettings } from "./settings";

export interface DeletedTopic extends ApiError {
  readonly name: string | null;
  readonly topicId: Uuid;
}

/**
 * Deletes topics by name (`topicNames` up to version 5, `topics[].name` from 6) or by id (from 6). Configuration and
 * shard owners go with the topic when the record is applied. Source: KIP-516.
 */
export function deleteTopics(
  image: MetadataImage,
  settings: Pick<ControlSettings, "deleteTopicEnabled">,
  request: DeleteTopicsRequest,
  admit: AdmitPartitions,
): Decision<DeletedTopic[]> {
  const wanted = [
    ...request.topicNames.map((name) => ({ name, topicId: ZERO_UUID })),
    ...request.topics.map(({ name, topicId }) => ({ name, topicId })),
  ];
  const counts = new Map<string, number>();
  for (const each of wanted) {
    const id = each.name === null ? each.topicId : image.topicsByName.get(each.name)?.id;
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }

  const records: MetadataRecord[] = [];
  const reply = wanted.map((each): DeletedTopic => {
    const fail = (code: (typeof KafkaError)[keyof typeof KafkaError], message: string) => ({
      ...each,
      ...apiError(code, message),
    });
    if (!settings.deleteTopicEnabled) return fail(KafkaError.TOPIC_DELETION_DISABLED, "Topic deletion is disabled.");
    const byId = each.topicId !== ZERO_UUID;
    if (byId && each.name !== null) {
      return fail(KafkaError.INVALID_REQUEST, "You may not specify both topic name and topic id.");
    }
    if (!byId && each.name === null) {
      return fail(KafkaError.INVALID_REQUEST, "Neither topic name nor id were specified.");
    }
    const topic = each.name === null ? image.topicsById.get(each.topicId) : image.topicsByName.get(each.name);
    if (topic === undefined) {
      return byId
        ? fail(KafkaError.UNKNOWN_TOPIC_ID, "This server does not host this topic ID.")
        : fail(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic-partition.");
    }
    if ((counts.get(topic.id) ?? 0) > 1) return fail(KafkaError.INVALID_REQUEST, "Duplicate topic.");
    if (!admit(topic.partitions.length)) return { name: topic.name, topicId: topic.id, ...quotaExceeded };
    records.push(record("RemoveTopicRecord", { topicId: topic.id }));
    return { name: topic.name, topicId: topic.id, ...noError };
  });
  return { records, reply };
}
