/**
 * ListPartitionReassignments, version 0: the reassignments that are under way (KIP-455).
 */
import { listPartitionReassignments as ongoingReassignments, noError } from "@moldau/control";
import { readListPartitionReassignmentsRequest, writeListPartitionReassignmentsResponse } from "@moldau/protocol";
import { controllerApi } from "./controller-api";

export const listPartitionReassignments = controllerApi({
  read: readListPartitionReassignmentsRequest,
  write: writeListPartitionReassignmentsResponse,
  async answer(request, { queue }) {
    const { reply, offset } = await queue.decide((image) => ({
      records: [],
      reply: ongoingReassignments(image, request),
    }));
    return { response: { ...noError, topics: reply }, offset };
  },
  refuse: (errorCode, errorMessage) => ({ errorCode, errorMessage, topics: [] }),
});
