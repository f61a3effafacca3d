import type { MetadataDelta } from "@moldau/metadata";
import type { Logger } from "@moldau/telemetry";

/** Tells a person what the active controller has just changed. */
export function logChanges(log: Pick<Logger, "info">, delta: MetadataDelta): void {
  const { before, after, topics, nodes } = delta;
  for (const topic of topics.values()) {
    const { name, id } = topic;
    if (topic.kind === "created")
      log.info({ topic: name, topicId: id, partitions: topic.partitions.size }, "topic created");
    else if (topic.kind === "deleted") log.info({ topic: name, topicId: id }, "topic deleted");
  }
  for (const nodeId of nodes) {
    const was = before.brokers.get(nodeId);
    const is = after.brokers.get(nodeId);
    if (is === undefined) log.info({ nodeId }, "node unregistered");
    else if (was !== undefined && was.epoch === is.epoch) {
      if (is.inControlledShutdown && !was.inControlledShutdown) log.info({ nodeId }, "node shuts down; it is fenced");
      else if (is.fenced !== was.fenced) log.info({ nodeId }, is.fenced ? "node fenced" : "node unfenced");
    }
  }
}
