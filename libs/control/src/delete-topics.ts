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
  const told = new Set<string>();
  const once = wanted.filter((each) => {
    const key = `${each.name === null ? "" : `name ${each.name}`} ${each.topicId}`;
    return !told.has(key) && told.add(key);
  });
  const twice = new Set(once.filter((each) => wanted.filter((other) => isSame(each, other)).length > 1));
  const idsByName = new Set(once.map(({ name }) => (name === null ? undefined : image.topicsByName.get(name)?.id)));
  const reply = once.flatMap((each): DeletedTopic[] => {
    // An id whose topic is named as well is told of with the name.
    if (each.name === null && idsByName.has(each.topicId)) return [];
    return [deleted(each)];
  });
  return { records, reply };

  function deleted(each: (typeof wanted)[number]): DeletedTopic {
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
    if (twice.has(each)) {
      return fail(KafkaError.INVALID_REQUEST, byId ? "Duplicate topic id." : "Duplicate topic name.");
    }
    const topic = each.name === null ? image.topicsById.get(each.topicId) : image.topicsByName.get(each.name);
    if (topic === undefined) {
      return byId
        ? fail(KafkaError.UNKNOWN_TOPIC_ID, "This server does not host this topic ID.")
        : fail(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic-partition.");
    }
    if ((counts.get(topic.id) ?? 0) > 1) {
      const message = "The provided topic name maps to an ID that was already supplied.";
      return { name: topic.name, topicId: topic.id, ...apiError(KafkaError.INVALID_REQUEST, message) };
    }
    if (!admit(topic.partitions.length)) return { name: topic.name, topicId: topic.id, ...quotaExceeded };
    records.push(record("RemoveTopicRecord", { topicId: topic.id }));
    return { name: topic.name, topicId: topic.id, ...noError };
  }
}

interface WantedTopic {
  readonly name: string | null;
  readonly topicId: Uuid;
}

const isSame = (a: WantedTopic, b: WantedTopic) => a.name === b.name && a.topicId === b.topicId;
