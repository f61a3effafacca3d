/**
 * RemoveRaftVoter, version 0: a voter, the active controller itself too, votes no more and goes on as an observer while it
 * runs. Answered when the change is committed. Refused: one that is no voter (VOTER_NOT_FOUND), the last one
 * (INVALID_REQUEST), and as AddRaftVoter.
 * KIPs: 853.
 */
import { readRemoveRaftVoterRequest, writeRemoveRaftVoterResponse } from "@moldau/protocol";
import { voterApi } from "./voter-api";

/** The request names none. */
const TIMEOUT_MS = 10_000;

export const removeRaftVoter = voterApi({
  read: readRemoveRaftVoterRequest,
  write: writeRemoveRaftVoterResponse,
  change: (request, { voterChanges }) =>
    voterChanges.remove({ id: request.voterId, directoryId: request.voterDirectoryId }, TIMEOUT_MS),
});
