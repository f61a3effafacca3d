import { KafkaError } from "@moldau/base";
import type { Admin } from "../api";
import { calls } from "../calls";
import { check, refused } from "../client-error";
import type { Cluster } from "../cluster";
import { groupBy } from "../group-by";
import { partitionName } from "../topic-partition";
import { onController } from "./on-controller";

/** Source: org.apache.kafka.common.ElectionType. */
const electionTypes = { preferred: 0, unclean: 1 } as const;

/** One request for all; an error of the whole is thrown, one of a partition is told beside it. Source: KIP-183, KIP-460. */
export async function electLeaders(
  cluster: Cluster,
  type: Parameters<Admin["electLeaders"]>[0],
  partitions: Parameters<Admin["electLeaders"]>[1],
): ReturnType<Admin["electLeaders"]> {
  let outcomes: Awaited<ReturnType<Admin["electLeaders"]>> = [];
  await onController(cluster, async (ask) => {
    const answer = await ask(calls.electLeaders, (version) => ({
      ...(version >= 1 ? { electionType: electionTypes[type] } : {}),
      topicPartitions:
        partitions &&
        [...groupBy(partitions, ({ topic }) => topic)].map(([topic, list]) => ({
          topic,
          partitions: list.map(({ partition }) => partition),
        })),
      timeoutMs: cluster.timeoutMs,
    }));
    check("elect leaders", answer.errorCode);
    outcomes = answer.replicaElectionResults.flatMap(({ topic, partitionResult }) =>
      partitionResult.map(({ partitionId: partition, errorCode, errorMessage }) => ({
        topic,
        partition,
        error:
          errorCode === KafkaError.NONE
            ? null
            : refused(`elect a leader of ${partitionName({ topic, partition })}`, errorCode, errorMessage),
      })),
    );
  });
  return outcomes;
}
