import { kafkaErrorName } from "@moldau/base";
import type { TopicPartitions, TransactionEvent, TransactionRecord, TransactionReply } from "../index";

export function showRecord({ transactionalId, value }: TransactionRecord): string {
  if (value === null) return `${transactionalId} tombstone`;
  const { producerId, producerEpoch, previousProducerId, nextProducerId, lastProducerEpoch } = value;
  const notes = [
    ...(lastProducerEpoch === -1 ? [] : [`last=${lastProducerEpoch}`]),
    ...(nextProducerId === -1 ? [] : [`next=${nextProducerId}`]),
    ...(previousProducerId === -1 || previousProducerId === producerId ? [] : [`previous=${previousProducerId}`]),
    ...(value.clientTransactionVersion === 0 ? [] : [`tv=${value.clientTransactionVersion}`]),
    ...(value.valueVersion === 1 ? [] : [`value version ${value.valueVersion}`]),
    ...(value.partitions.length === 0 ? [] : [showPartitions(value.partitions)]),
  ];
  return [`${transactionalId} ${producerId}:${producerEpoch} ${value.status}`, ...notes].join(" ");
}

export function showEvent(event: TransactionEvent): string {
  const { event: name, ...rest } = event;
  if (!("partitions" in rest)) return `${name} ${show(rest)}`;
  const { partitions, ...others } = rest;
  return `${name} ${show(others)} ${showPartitions(partitions)}`;
}

export function showReply(reply: TransactionReply): string {
  return show(reply) || "ok";
}

function showPartitions(all: readonly TopicPartitions[]): string {
  return all.map(({ topic, partitions }) => `${topic}-${partitions.join(",")}`).join(" ");
}

/** Like JSON, without quotes, without what is empty, errors by name. */
function show(value: unknown, key = ""): string {
  if (key.toLowerCase().endsWith("errorcode")) return kafkaErrorName(value as number);
  if (Array.isArray(value)) return `[${value.map((item) => show(item)).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([name, field]) => !isDefault(name, field));
    return fields.map(([name, field]) => `${name}=${show(field, name)}`).join(" ");
  }
  return String(value);
}

function isDefault(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (name === "errorCode") return value === 0;
  return Array.isArray(value) && value.length === 0;
}
