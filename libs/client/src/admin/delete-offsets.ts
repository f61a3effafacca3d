import { KafkaError } from "@moldau/base";
import type { Admin } from "../api";
import { calls } from "../calls";
import { check, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName } from "../topic-partition";

/** An error of the group is thrown, one of a partition is told beside it. Source: KIP-496. */
export function deleteOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: Parameters<Admin["deleteOffsets"]>[1],
): ReturnType<Admin["deleteOffsets"]> {
  return cluster.withCoordinator(groupId, async (ask) => {
    const answer = await ask(calls.offsetDelete, {
      groupId,
      topics: [...groupBy(partitions, ({ topic }) => topic)].map(([name, list]) => ({
        name,
        partitions: list.map(({ partition }) => ({ partitionIndex: partition })),
      })),
    });
    check(`delete offsets of group ${groupId}`, answer.errorCode);
    const answers = new Map(
      answer.topics.flatMap(({ name, partitions: list }) =>
        list.map(({ partitionIndex, errorCode }) => [
          partitionName({ topic: name, partition: partitionIndex }),
          errorCode,
        ]),
      ),
    );
    return partitions.map(({ topic, partition }) => {
      const name = partitionName({ topic, partition });
      const code = answers.get(name) ?? KafkaError.UNKNOWN_SERVER_ERROR;
      return {
        topic,
        partition,
        error: code === 0 ? null : refused(`delete the offset of group ${groupId} for ${name}`, code),
      };
    });
  });
}
