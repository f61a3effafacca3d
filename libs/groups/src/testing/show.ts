import { kafkaErrorName } from "@moldau/base";
import type { GroupEvent, GroupRecord, GroupReply } from "../index";
import { isConsumerRecord } from "../consumer/consumer-record";
import { showAssignment, showConsumerRecord } from "./show-consumer";
import { textOf } from "./words";

export function showRecord(record: GroupRecord): string {
  if (record.kind === "offset") {
    const { groupId, topic, partition, value } = record;
    const { transaction } = record;
    const within =
      transaction === undefined ? "" : ` in transaction of ${transaction.producerId}/${transaction.producerEpoch}`;
    const what = `offset ${groupId} ${topic}-${partition}`;
    if (value === null) return `${what} tombstone`;
    const epoch = value.leaderEpoch === -1 ? "" : ` epoch=${value.leaderEpoch}`;
    const expires = value.expireTimestampMs === -1 ? "" : ` expires=${value.expireTimestampMs / 1000}s`;
    return `${what} = ${value.offset}${epoch} "${value.metadata}"${expires}${within}`;
  }
  if (record.kind === "marker") {
    return `marker ${record.commit ? "commit" : "abort"} ${record.producerId}/${record.producerEpoch}`;
  }
  if (isConsumerRecord(record)) return showConsumerRecord(record);
  const { groupId, value } = record;
  if (value === null) return `group ${groupId} tombstone`;
  const members = value.members.map(
    (member) => `${member.memberId}: ${textOf(member.subscription)} -> ${textOf(member.assignment)}`,
  );
  return `group ${groupId} generation=${value.generation} ${value.protocolType}/${value.protocol} leader=${value.leader} [${members.join(", ")}]`;
}

export function showEvent(event: GroupEvent): string {
  const { event: name, ...rest } = event;
  return `${name} ${show(rest)}`;
}

export function showReply(reply: GroupReply): string {
  if (typeof reply === "number") return kafkaErrorName(reply);
  return show(reply) || "ok";
}

/** Like JSON, without quotes, without what is empty or null, errors by name. */
function show(value: unknown, key = ""): string {
  if (value instanceof Uint8Array) return textOf(value);
  if (key === "errorCode") return kafkaErrorName(value as number);
  if (key === "topicPartitions") {
    const topics = value as { topicId: string; partitions: number[] }[];
    return showAssignment(topics.map(({ topicId, partitions }) => [topicId, partitions]));
  }
  if (Array.isArray(value)) return `[${value.map((item) => show(item)).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([name, field]) => !isDefault(name, field));
    const text = fields.map(([name, field]) => `${name}=${show(field, name)}`).join(" ");
    return key === "" ? text : `{${text}}`;
  }
  return String(value);
}

function isDefault(name: string, value: unknown): boolean {
  if (name === "topicId" || value === null || value === undefined || value === "" || value === false) return true;
  if (name === "errorCode") return value === 0;
  return (Array.isArray(value) || value instanceof Uint8Array) && value.length === 0;
}
