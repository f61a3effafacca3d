import type { TopicDescription } from "@moldau/client";
import { partitionName } from "./offsets";

export interface Health {
  /** degraded: all can be read and written, with less redundancy than asked for. */
  status: "healthy" | "degraded" | "unhealthy";
  nodes: number[];
  controllerId: number;
  quorum: { leaderId: number; voters: { id: number; behind: number; silentMs: number }[] } | null;
  topics: number;
  partitions: number;
  /** Nobody leads them: neither read nor written. */
  offlinePartitions: string[];
  /** Fewer replicas in sync than min.insync.replicas: acks=all is refused. */
  underMinIsrPartitions: string[];
  /** Fewer replicas in sync than there are. */
  underReplicatedPartitions: string[];
  /** On their way to other replicas: no problem, while it goes on. */
  reassigningPartitions: string[];
  /** One line each, the worst first. */
  problems: string[];
}

export interface HealthFacts {
  nodes: readonly number[];
  controllerId: number;
  quorum:
    | {
        leaderId: number;
        highWatermark: number;
        voters: readonly { id: number; logEndOffset: number; lastFetchTimestamp?: number }[];
      }
    | undefined;
  topics: readonly TopicDescription[];
  /** None known where the cluster is too old to tell. */
  reassigning?: readonly { topic: string; partition: number; adding: readonly number[] }[];
  /** By topic, where known; asked for the topics with too few replicas in sync only. */
  minInSync: ReadonlyMap<string, number>;
}

/** A controller that its leader has not heard for so long is down or cut off. */
const SILENT_MS = 5000;

/** What is wrong with a cluster, from what any client may ask. */
export function assessHealth(facts: HealthFacts): Health {
  const offline: string[] = [];
  const underMinIsr: string[] = [];
  const underReplicated: string[] = [];
  const adding = new Map((facts.reassigning ?? []).map((each) => [partitionName(each), each.adding]));
  const missing = new Set<number>();
  for (const topic of facts.topics) {
    for (const partition of topic.partitions) {
      const name = partitionName({ topic: topic.name, partition: partition.partition });
      if (partition.leader < 0) offline.push(name);
      else if (partition.isr.length < (facts.minInSync.get(topic.name) ?? 0)) underMinIsr.push(name);
      // A replica that is being added is not in sync yet, and does not have to be.
      const lacking = (id: number) => !partition.isr.includes(id) && !adding.get(name)?.includes(id);
      if (partition.replicas.some(lacking)) underReplicated.push(name);
      for (const id of partition.replicas) if (!facts.nodes.includes(id)) missing.add(id);
    }
  }
  // The leader hears itself all the time: by its own clock.
  const leader = facts.quorum?.voters.find(({ id }) => id === facts.quorum?.leaderId);
  const nowMs = leader?.lastFetchTimestamp ?? -1;
  const quorum = facts.quorum && {
    leaderId: facts.quorum.leaderId,
    voters: facts.quorum.voters.map(({ id, logEndOffset, lastFetchTimestamp: heardMs = -1 }) => ({
      id,
      behind: logEndOffset < 0 ? -1 : Math.max(0, facts.quorum!.highWatermark - logEndOffset),
      silentMs: nowMs >= 0 && heardMs >= 0 ? Math.max(0, nowMs - heardMs) : 0,
    })),
  };
  const broken: string[] = [];
  const weak: string[] = [];
  if (facts.nodes.length === 0) broken.push("no node is up");
  if (facts.controllerId < 0 && !(quorum && quorum.leaderId >= 0)) broken.push("no controller is active");
  if (quorum && quorum.leaderId < 0) broken.push("the controller quorum has no leader");
  if (offline.length > 0) broken.push(`${count(offline.length, "partition")} offline: ${some(offline)}`);
  if (underMinIsr.length > 0) {
    broken.push(`${count(underMinIsr.length, "partition")} below min.insync.replicas: ${some(underMinIsr)}`);
  }
  if (missing.size > 0) {
    const ids = [...missing].sort((a, b) => a - b);
    weak.push(`${count(ids.length, "node")} with replicas not there: ${ids.join(", ")}`);
  }
  if (underReplicated.length > 0) {
    weak.push(`${count(underReplicated.length, "partition")} under-replicated: ${some(underReplicated)}`);
  }
  const silent =
    quorum?.voters.filter(({ behind, silentMs }) => behind < 0 || silentMs > SILENT_MS).map(({ id }) => id) ?? [];
  if (silent.length > 0) weak.push(`${count(silent.length, "controller")} not heard of: ${silent.join(", ")}`);
  return {
    status: broken.length > 0 ? "unhealthy" : weak.length > 0 ? "degraded" : "healthy",
    nodes: [...facts.nodes].sort((a, b) => a - b),
    controllerId: facts.controllerId,
    quorum: quorum ?? null,
    topics: facts.topics.length,
    partitions: facts.topics.reduce((sum, topic) => sum + topic.partitions.length, 0),
    offlinePartitions: offline,
    underMinIsrPartitions: underMinIsr,
    underReplicatedPartitions: underReplicated,
    reassigningPartitions: [...adding.keys()],
    problems: [...broken, ...weak],
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function some(names: readonly string[]): string {
  return names.length <= 5 ? names.join(", ") : `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`;
}
