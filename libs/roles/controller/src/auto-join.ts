import { KafkaError, type NodeId } from "@moldau/base";
import {
  ApiKey,
  Reader,
  readAddRaftVoterResponse,
  readRemoveRaftVoterResponse,
  Writer,
  writeAddRaftVoterRequest,
  writeRemoveRaftVoterRequest,
} from "@moldau/protocol";
import type { ControllerAddress, Peers } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";
import { QUORUM_LISTENER, type Quorum } from "./quorum";

export interface AutoJoinOptions {
  quorum: Pick<Quorum, "describe" | "directoryId" | "leaderId" | "nodeId">;
  peers: Pick<Peers, "controller">;
  self: ControllerAddress;
  log: Pick<Logger, "info" | "debug">;
  intervalMs?: number;
}

const INTERVAL_MS = 1000;
const CALL_MS = 5000;

/**
 * A controller that is no voter asks to become one as soon as it follows the log, as an operator would with AddRaftVoter
 * (controller.quorum.auto.join.enable). Where its id votes with the disk that it had before, that voter is removed first.
 * Source: KIP-853.
 */
export function startAutoJoin(options: AutoJoinOptions): { stop(): void } {
  const { quorum, peers, self, log, intervalMs = INTERVAL_MS } = options;
  let asking = false;

  const call = async (apiKey: number, body: Uint8Array): Promise<Uint8Array | undefined> => {
    const answer = await peers.controller().handle(
      {
        apiKey,
        apiVersion: 0,
        body,
        clientId: `controller-${quorum.nodeId}`,
        principal: "User:ANONYMOUS",
        clientHost: self.host,
        listener: QUORUM_LISTENER,
        targetNodeId: -1,
      },
      { traceparent: "", deadlineMs: CALL_MS, callerNodeId: quorum.nodeId },
    );
    return answer.errorCode === undefined || answer.errorCode === KafkaError.NONE ? answer.body : undefined;
  };

  const remove = async (voterId: NodeId, voterDirectoryId: string): Promise<void> => {
    const writer = new Writer();
    writeRemoveRaftVoterRequest(writer, { clusterId: null, voterId, voterDirectoryId }, 0);
    const body = await call(ApiKey.RemoveRaftVoter, writer.toBytes());
    if (body === undefined) return;
    const { errorCode, errorMessage } = readRemoveRaftVoterResponse(new Reader(body), 0);
    log.info({ errorCode, errorMessage, voterDirectoryId }, "asked to remove this controller's former disk");
  };

  const add = async (): Promise<void> => {
    const writer = new Writer();
    const { host, port } = self;
    const request = {
      clusterId: null,
      timeoutMs: CALL_MS,
      voterId: quorum.nodeId,
      voterDirectoryId: quorum.directoryId,
      listeners: [{ name: QUORUM_LISTENER, host, port }],
    };
    writeAddRaftVoterRequest(writer, request, 0);
    const body = await call(ApiKey.AddRaftVoter, writer.toBytes());
    if (body === undefined) return;
    const { errorCode, errorMessage } = readAddRaftVoterResponse(new Reader(body), 0);
    log.info({ errorCode, errorMessage }, "asked to become a voter of the metadata quorum");
  };

  const join = async (): Promise<void> => {
    const { voters, kraftVersion, logEndOffset } = quorum.describe();
    if (kraftVersion === 0 || quorum.leaderId < 0 || logEndOffset <= 1) return;
    const mine = voters.find(({ id }) => id === quorum.nodeId);
    if (mine?.directoryId === quorum.directoryId) return;
    if (mine === undefined) await add();
    else await remove(mine.id, mine.directoryId);
  };

  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    join()
      // Nobody leads, or it hangs: the next time.
      .catch((error: unknown) => log.debug({ err: error }, "could not ask to become a voter"))
      .finally(() => (asking = false));
  }, intervalMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
