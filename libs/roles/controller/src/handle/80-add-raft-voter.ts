/**
 * AddRaftVoter, versions 0–1: a controller that follows the metadata log becomes a voter. Answered when the change is
 * committed, from version 1 on as soon as it is written where the client wants that. Refused: an id that votes already
 * (DUPLICATE_VOTER), one that does not hold the log yet or another change under way (REQUEST_TIMED_OUT), voters that come
 * from the configuration (UNSUPPORTED_VERSION), another cluster (INCONSISTENT_CLUSTER_ID).
 * KIPs: 853.
 */
import { readAddRaftVoterRequest, writeAddRaftVoterResponse } from "@moldau/protocol";
import { voterApi } from "./voter-api";

export const addRaftVoter = voterApi({
  read: readAddRaftVoterRequest,
  write: writeAddRaftVoterResponse,
  change: (request, { voterChanges }) =>
    voterChanges.add({
      id: request.voterId,
      directoryId: request.voterDirectoryId,
      endpoints: request.listeners,
      ackWhenCommitted: request.ackWhenCommitted,
      timeoutMs: request.timeoutMs,
    }),
});
