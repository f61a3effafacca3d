/**
 * AlterPartitionReassignments, versions 0–1: partitions get other replicas, more, fewer, or keep theirs (KIP-455, KIP-860,
 * rule 25).
 */
import { alterPartitionReassignments as decideReassignments } from "@moldau/control";
import { readAlterPartitionReassignmentsRequest, writeAlterPartitionReassignmentsResponse } from "@moldau/protocol";
import { controllerApi } from "./controller-api";

export const alterPartitionReassignments = controllerApi({
  read: readAlterPartitionReassignmentsRequest,
  write: writeAlterPartitionReassignmentsResponse,
  async answer(request, { queue, settings }) {
    const { reply, offset } = await queue.decide((image) => decideReassignments(image, settings, request));
    const { allowReplicationFactorChange } = request;
    return { response: { ...reply, allowReplicationFactorChange }, offset };
  },
  refuse: (errorCode, errorMessage) => ({ errorCode, errorMessage }),
});
