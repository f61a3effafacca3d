import { ApiKey } from "@moldau/protocol";
import { createTopics } from "./19-create-topics";
import { deleteTopics } from "./20-delete-topics";
import { alterConfigs, incrementalAlterConfigs } from "./33-alter-configs";
import { createPartitions } from "./37-create-partitions";
import { electLeaders } from "./43-elect-leaders";
import { alterPartitionReassignments } from "./45-alter-partition-reassignments";
import { listPartitionReassignments } from "./46-list-partition-reassignments";
import { alterClientQuotas } from "./49-alter-client-quotas";
import { describeQuorum } from "./55-describe-quorum";
import { updateFeatures } from "./57-update-features";
import { unregisterBroker } from "./64-unregister-broker";
import { addRaftVoter } from "./80-add-raft-voter";
import { removeRaftVoter } from "./81-remove-raft-voter";
import type { ControllerApi } from "./controller-api";

/** The APIs that a controller answers. The gateway says which versions of them clients may use. */
export const servedApis: ReadonlyMap<number, ControllerApi> = new Map<number, ControllerApi>([
  [ApiKey.CreateTopics, createTopics],
  [ApiKey.DeleteTopics, deleteTopics],
  [ApiKey.AlterConfigs, alterConfigs],
  [ApiKey.CreatePartitions, createPartitions],
  [ApiKey.ElectLeaders, electLeaders],
  [ApiKey.IncrementalAlterConfigs, incrementalAlterConfigs],
  [ApiKey.AlterPartitionReassignments, alterPartitionReassignments],
  [ApiKey.ListPartitionReassignments, listPartitionReassignments],
  [ApiKey.AlterClientQuotas, alterClientQuotas],
  [ApiKey.DescribeQuorum, describeQuorum],
  [ApiKey.UpdateFeatures, updateFeatures],
  [ApiKey.UnregisterBroker, unregisterBroker],
  [ApiKey.AddRaftVoter, addRaftVoter],
  [ApiKey.RemoveRaftVoter, removeRaftVoter],
]);
