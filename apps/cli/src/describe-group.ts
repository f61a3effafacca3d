import type { Admin } from "@moldau/client";
import { groupLag, type GroupLag } from "./group-lag";
import { unknownGroup } from "./nearest";
import { endOffsetsWhereKnown, partitionName } from "./offsets";

/** All that can be known of a group; the age of what it has not read is left out where nobody tells. */
export async function describeGroup(admin: Admin, id: string, nowMs: number): Promise<GroupLag> {
  const [[group], committed] = await Promise.all([admin.describeGroups([id]), admin.committedOffsets(id)]);
  // Kafka calls a group that it does not know dead.
  if (!group || (group.state === "Dead" && committed.length === 0)) throw await unknownGroup(admin, id);
  const assigned = group.members.flatMap((member) =>
    member.assignment.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition }))),
  );
  const ends = await endOffsetsWhereKnown(admin, [...committed, ...assigned]);
  const behind = committed.filter((at) => at.offset >= 0 && at.offset < (ends.get(partitionName(at)) ?? 0));
  const times = await admin.recordTimestamps(behind).catch(() => new Map<string, number>());
  return groupLag(group, { committed, ends, times, nowMs });
}
