import { KafkaError, type NodeId, type Random } from "@moldau/base";
import type { MetadataImage, MetadataRecord } from "@moldau/metadata";
import type { CreatePartitionsRequest, CreatePartitionsRequestCreatePartitionsTopic } from "@moldau/protocol";
import { checkAssignment } from "./assignments";
import { newPartition } from "./create-topics";
import {
  type AdmitPartitions,
  type ApiError,
  apiError,
  type Decision,
  noError,
  quotaExceeded,
  RECORDS_PER_REQUEST_MAX,
} from "./decision";
import { isActiveBroker } from "./leadership";
import { placeReplicas } from "./placement";

export interface GrownTopic extends ApiError {
  readonly name: string;
}

/** Adds partitions to topics; a topic never loses any. Source: CreatePartitions 0–3, KIP-195. */
export function createPartitions(
  image: MetadataImage,
  request: CreatePartitionsRequest,
  random: Random,
  admit: AdmitPartitions,
): Decision<GrownTopic[]> {
  const records: MetadataRecord[] = [];
  const names = request.topics.map((each) => each.name);
  const reply: GrownTopic[] = [];
  for (const topic of request.topics) {
    const { name } = topic;
    if (names.indexOf(name) !== names.lastIndexOf(name)) {
      if (reply.some((each) => each.name === name)) continue;
      reply.push({ name, ...apiError(KafkaError.INVALID_REQUEST, "Duplicate topic name.") });
      continue;
    }
    const outcome = grow(image, topic, { random, admit });
    if (!Array.isArray(outcome)) reply.push({ name, ...outcome });
    else if (records.length + outcome.length > RECORDS_PER_REQUEST_MAX) {
      const message = `Excessively large number of partitions per request: at most ${RECORDS_PER_REQUEST_MAX}.`;
      reply.push({ name, ...apiError(KafkaError.POLICY_VIOLATION, message) });
    } else {
      records.push(...outcome);
      reply.push({ name, ...noError });
    }
  }
  return { records: request.validateOnly ? [] : records, reply };
}

function grow(
  image: MetadataImage,
  request: CreatePartitionsRequestCreatePartitionsTopic,
  { random, admit }: { random: Random; admit: AdmitPartitions },
): MetadataRecord[] | ApiError {
  const { name, count, assignments } = request;
  const topic = image.topicsByName.get(name);
  if (topic === undefined) {
    return apiError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic-partition.");
  }
  const existing = topic.partitions.length;
  if (count === existing) {
    return apiError(KafkaError.INVALID_PARTITIONS, `Topic already has ${existing} partition(s).`);
  }
  if (count < existing) {
    const message = `The topic ${name} currently has ${existing} partition(s); ${count} would not be an increase.`;
    return apiError(KafkaError.INVALID_PARTITIONS, message);
  }
  const additional = count - existing;
  if (additional > RECORDS_PER_REQUEST_MAX) {
    const message = `Excessively large number of partitions per request: ${additional}.`;
    return apiError(KafkaError.POLICY_VIOLATION, message);
  }
  const first = topic.partitions[0];
  // While replicas move, those on their way out do not count. Kafka counts them and so makes too many.
  const replicationFactor = first === undefined ? 1 : first.replicas.length - first.removing.length;
  let placed: readonly (readonly NodeId[])[];
  if (assignments !== null) {
    if (assignments.length !== additional) {
      return apiError(
        KafkaError.INVALID_REPLICA_ASSIGNMENT,
        `Attempted to add ${additional} additional partition(s), but only ${assignments.length} assignment(s) were specified.`,
      );
    }
    for (const { brokerIds } of assignments) {
      const error = checkAssignment(image, brokerIds, replicationFactor);
      if (error !== undefined) return error;
    }
    placed = assignments.map((each) => each.brokerIds);
  } else {
    const ours = placeReplicas(image, { partitions: additional, replicationFactor }, random);
    if ("error" in ours) return ours.error;
    placed = ours.assignments;
  }
  if (!admit(additional)) return quotaExceeded;
  const records: MetadataRecord[] = [];
  for (const [index, replicas] of placed.entries()) {
    const isr = replicas.filter((each) => isActiveBroker(image, each));
    if (isr.length === 0) {
      return apiError(
        KafkaError.INVALID_REPLICA_ASSIGNMENT,
        `All brokers of partition ${existing + index} are fenced or in controlled shutdown.`,
      );
    }
    records.push(newPartition(image, topic.id, existing + index, replicas, isr));
  }
  return records;
}
