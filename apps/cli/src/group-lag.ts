import type { CommittedOffset, GroupDescription } from "@moldau/client";
import { partitionName, type TopicPartition } from "./offsets";

export interface PartitionLag extends TopicPartition {
  /** Null where nothing was committed. */
  committed: number | null;
  /** Null where the cluster does not say, such as for a partition without a leader or a topic that was deleted. */
  end: number | null;
  /** Records between the two; null where one of them is. */
  lag: number | null;
  memberId: string | null;
  clientId: string | null;
  host: string | null;
}

export interface GroupLag extends GroupDescription {
  /** Sum over the partitions whose lag is known; null where none is. */
  lag: number | null;
  partitions: PartitionLag[];
}

/** Joins what was committed, who reads it and where partitions end: a row for each partition that either names. */
export function groupLag(
  group: GroupDescription,
  committed: readonly CommittedOffset[],
  ends: ReadonlyMap<string, number>,
): GroupLag {
  const rows = new Map<string, PartitionLag>();
  const row = ({ topic, partition }: TopicPartition): PartitionLag => {
    const name = partitionName({ topic, partition });
    const known = rows.get(name);
    if (known) return known;
    const end = ends.get(name) ?? null;
    const made = { topic, partition, committed: null, end, lag: null, memberId: null, clientId: null, host: null };
    rows.set(name, made);
    return made;
  };
  for (const commit of committed) {
    if (commit.offset < 0) continue;
    const made = row(commit);
    made.committed = commit.offset;
    if (made.end !== null) made.lag = Math.max(0, made.end - commit.offset);
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
  return { ...group, lag: lags.length === 0 ? null : lags.reduce((sum, lag) => sum + lag, 0), partitions };
}
