import type { CommittedOffset, GroupDescription } from "@moldau/client";
import { partitionName, type TopicPartition } from "./offsets";

export interface PartitionLag extends TopicPartition {
  /** Null where nothing was committed. */
  committed: number | null;
  /** Null where the cluster does not say, such as for a partition without a leader or a topic that was deleted. */
  end: number | null;
  /** Records between the two; null where one of them is. */
  lag: number | null;
  /** Age of the oldest of these records; null where that is not known. */
  lagSeconds: number | null;
  memberId: string | null;
  clientId: string | null;
  host: string | null;
}

export interface GroupLag extends GroupDescription {
  /** Sum over the partitions whose lag is known; null where none is. */
  lag: number | null;
  /** The longest of the partitions'; null where none is known. */
  lagSeconds: number | null;
  partitions: PartitionLag[];
}

export interface LagFacts {
  committed: readonly CommittedOffset[];
  /** End offsets by partition name, where they are known. */
  ends: ReadonlyMap<string, number>;
  /** Timestamps of the records at the committed offsets, likewise. */
  times: ReadonlyMap<string, number>;
  nowMs: number;
}

/** Joins what was committed, who reads it and where partitions end: a row for each partition that either names. */
export function groupLag(group: GroupDescription, { committed, ends, times, nowMs }: LagFacts): GroupLag {
  const rows = new Map<string, PartitionLag>();
  const row = ({ topic, partition }: TopicPartition): PartitionLag => {
    const name = partitionName({ topic, partition });
    const known = rows.get(name);
    if (known) return known;
    const end = ends.get(name) ?? null;
    const made = {
      topic,
      partition,
      committed: null,
      end,
      lag: null,
      lagSeconds: null,
      memberId: null,
      clientId: null,
      host: null,
    };
    rows.set(name, made);
    return made;
  };
  for (const commit of committed) {
    if (commit.offset < 0) continue;
    const made = row(commit);
    made.committed = commit.offset;
    if (made.end !== null) made.lag = Math.max(0, made.end - commit.offset);
    const time = times.get(partitionName(commit));
    if (made.lag === 0) made.lagSeconds = 0;
    else if (time !== undefined && time >= 0) made.lagSeconds = Math.max(0, nowMs - time) / 1000;
  }
  for (const member of group.members) {
    for (const { topic, partitions } of member.assignment) {
      for (const partition of partitions) {
        Object.assign(row({ topic, partition }), {
          memberId: member.memberId,
          clientId: member.clientId,
          host: member.host,
        });
      }
    }
  }
  const partitions = [...rows.values()].sort((a, b) =>
    a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1,
  );
  const lags = partitions.flatMap(({ lag }) => (lag === null ? [] : [lag]));
  const seconds = partitions.flatMap(({ lagSeconds }) => (lagSeconds === null ? [] : [lagSeconds]));
  return {
    ...group,
    lag: lags.length === 0 ? null : lags.reduce((sum, lag) => sum + lag, 0),
    lagSeconds: seconds.length === 0 ? null : Math.max(...seconds),
    partitions,
  };
}
