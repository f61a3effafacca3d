import { type Clock, KafkaError, kafkaErrorName } from "@moldau/base";
import type { ControllerDefinition } from "@moldau/contracts";
import {
  allocateProducerIds,
  alterPartition,
  assignReplicasToDirs,
  type ControlSettings,
  heartbeat,
  type NodeSessions,
  registerNode,
} from "@moldau/control";
import type { Service } from "@moldau/rpc";
import type { Logger } from "@moldau/telemetry";
import { type ControllerQueue, NotActiveError } from "./controller-queue";
import type { MetadataLog } from "./metadata-log";
import type { Quorum } from "./quorum";

export interface NodeServicesOptions {
  queue: Pick<ControllerQueue, "decide">;
  metadata: Pick<MetadataLog, "image">;
  quorum: Pick<Quorum, "isActive" | "leaderId">;
  settings: ControlSettings;
  sessions: NodeSessions;
  clock: Pick<Clock, "monotonicMs">;
  log: Pick<Logger, "info" | "warn">;
}

type NodeServices = Pick<
  Service<typeof ControllerDefinition>,
  "registerNode" | "heartbeat" | "alterPartition" | "assignReplicasToDirs" | "allocateProducerIds"
>;

/** What nodes ask the controller. One that is not active names the one that is. */
export function nodeServices(options: NodeServicesOptions): NodeServices {
  const { queue, metadata, quorum, settings, sessions, clock, log } = options;
  const orNotActive = async <R>(work: () => Promise<R>, refuse: () => R): Promise<R> => {
    if (!quorum.isActive) return refuse();
    try {
      return await work();
    } catch (error) {
      if (error instanceof NotActiveError) return refuse();
      throw error;
    }
  };

  return {
    registerNode: (request) =>
      orNotActive(
        async () => {
          const { reply, offset } = await queue.decide((image) =>
            registerNode(image, settings, sessions, request, clock.monotonicMs()),
          );
          const { nodeId, roles } = request;
          const nodeEpoch = reply.nodeEpoch >= 0 ? reply.nodeEpoch : (offset ?? -1);
          if (reply.errorCode === KafkaError.NONE) {
            sessions.touch(nodeId, nodeEpoch, clock.monotonicMs());
            log.info({ nodeId, nodeEpoch, roles, rack: request.rack }, "node registered");
          } else {
            const error = kafkaErrorName(reply.errorCode);
            log.warn({ nodeId, roles, error }, `registration refused: ${reply.errorMessage ?? error}`);
          }
          return {
            errorCode: reply.errorCode,
            errorMessage: reply.errorMessage ?? "",
            nodeEpoch,
            leaderId: quorum.leaderId,
            clusterId: metadata.image.clusterId,
          };
        },
        () => ({
          errorCode: KafkaError.NOT_CONTROLLER,
          errorMessage: "",
          nodeEpoch: -1,
          leaderId: quorum.leaderId,
          clusterId: metadata.image.clusterId,
        }),
      ),

    heartbeat: (request) =>
      orNotActive(
        async () => {
          const decide = (image = metadata.image) => heartbeat(image, settings, sessions, request, clock.monotonicMs());
          // Nearly all of them change nothing: those need no turn, and nothing that waits for a disk.
          const direct = decide();
          const { reply } = direct.records.length === 0 ? direct : await queue.decide(decide);
          return { ...reply, leaderId: quorum.leaderId };
        },
        () => ({
          errorCode: KafkaError.NOT_CONTROLLER,
          isFenced: true,
          isCaughtUp: false,
          shouldShutDown: false,
          leaderId: quorum.leaderId,
        }),
      ),

    alterPartition: (request) =>
      orNotActive(
        async () => {
          const { reply } = await queue.decide((image) => alterPartition(image, settings, request));
          return {
            errorCode: reply.errorCode,
            partitions: reply.partitions.map((each) => ({ ...each, isr: [...each.isr] })),
            leaderId: quorum.leaderId,
          };
        },
        () => ({ errorCode: KafkaError.NOT_CONTROLLER, partitions: [], leaderId: quorum.leaderId }),
      ),

    assignReplicasToDirs: (request) =>
      orNotActive(
        async () => {
          const { reply } = await queue.decide((image) => assignReplicasToDirs(image, settings, request));
          return { ...reply, results: [...reply.results], leaderId: quorum.leaderId };
        },
        () => ({ errorCode: KafkaError.NOT_CONTROLLER, results: [], leaderId: quorum.leaderId }),
      ),

    allocateProducerIds: (request) =>
      orNotActive(
        async () => {
          const { reply } = await queue.decide((image) => allocateProducerIds(image, request));
          return { ...reply, leaderId: quorum.leaderId };
        },
        () => ({ errorCode: KafkaError.NOT_CONTROLLER, firstProducerId: -1, count: 0, leaderId: quorum.leaderId }),
      ),
  };
}
