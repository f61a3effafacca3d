import { KafkaError, type Uuid, ZERO_UUID } from "@moldau/base";
import type { Draft, Reader, Writer } from "@moldau/protocol";
import { NotActiveError } from "../controller-queue";
import { NotLeaderError, SupersededError, type VoterChangeOutcome } from "../quorum";
import { controllerApi, type ControllerApi, type ControllerContext } from "./controller-api";

interface VoterRequest {
  readonly clusterId: string | null;
  readonly voterId: number;
  readonly voterDirectoryId: Uuid;
}

interface VoterResponse {
  errorCode: number;
  errorMessage: string | null;
}

/** What AddRaftVoter and RemoveRaftVoter have in common: whose cluster, which voter, one error. */
export function voterApi<Q extends VoterRequest>(parts: {
  read(reader: Reader, version: number): Q;
  write(writer: Writer, message: Draft<VoterResponse>, version: number): void;
  change(request: Q, context: ControllerContext): Promise<VoterChangeOutcome>;
}): ControllerApi {
  return controllerApi<Q, VoterResponse>({
    read: parts.read,
    write: parts.write,
    async answer(request, context) {
      const refusal = problemOf(request, context.clusterId());
      if (refusal !== undefined) return { response: refusal, offset: undefined };
      try {
        return { response: await parts.change(request, context), offset: undefined };
      } catch (error) {
        if (error instanceof NotLeaderError || error instanceof SupersededError) throw new NotActiveError();
        throw error;
      }
    },
    refuse: (errorCode, errorMessage) => ({ errorCode, errorMessage }),
  });
}

function problemOf(request: VoterRequest, clusterId: string): VoterChangeOutcome | undefined {
  if (request.clusterId !== null && request.clusterId !== clusterId) {
    return {
      errorCode: KafkaError.INCONSISTENT_CLUSTER_ID,
      errorMessage: `This is cluster ${clusterId}, not ${request.clusterId}.`,
    };
  }
  if (request.voterId < 0 || request.voterDirectoryId === ZERO_UUID) {
    return {
      errorCode: KafkaError.INVALID_REQUEST,
      errorMessage: "A voter is named by its node id and the id of its directory (directory.id in meta.properties).",
    };
  }
  return undefined;
}
