import { KafkaError, type KafkaErrorCode, type NodeId, type Uuid } from "@moldau/base";
import { type MetadataImage, type MetadataRecord, type NodeRegistration, record } from "@moldau/metadata";
import { type ApiError, apiError, type Decision, noError } from "./decision";
import { partitionsAfter } from "./leadership";
import type { NodeSessions } from "./sessions";
import type { ControlSettings } from "./settings";

export interface RegistrationRequest {
  readonly nodeId: NodeId;
  /** "" where the node does not know yet which cluster it belongs to. */
  readonly clusterId: string;
  readonly incarnationId: Uuid;
  readonly roles: readonly string[];
  readonly endpoints: readonly { name: string; host: string; port: number; securityProtocol: number }[];
  readonly rack?: string | undefined;
  readonly logDirs: readonly Uuid[];
  /** Epoch of the incarnation before, where it stopped cleanly; else -1. */
  readonly previousNodeEpoch: number;
  /** Incarnations that lost nothing either and were over before they heard of their epochs. */
  readonly previousIncarnationIds: readonly Uuid[];
}

export interface RegistrationOutcome extends ApiError {
  /** Where the registration stands already; -1 where the record's own offset will be the epoch. */
  readonly nodeEpoch: number;
}

const knownRoles: ReadonlySet<string> = new Set(["broker", "coordinator", "gateway"]);

/**
 * Registers a node under its id, fenced until its first heartbeats show that it has applied its own registration. A new
 * incarnation takes the place of one that is dead, fenced, shutting down, or that held the very address at which the new
 * one listens now; a live other one keeps its id. What the former incarnation led moves away; after an unclean stop it
 * leaves the ISRs and ELRs too, because it may have lost records. Source: KIP-631, KIP-966.
 */
export function registerNode(
  image: MetadataImage,
  settings: Pick<ControlSettings, "topicDefaults">,
  sessions: NodeSessions,
  request: RegistrationRequest,
  nowMs: number,
): Decision<RegistrationOutcome> {
  const problem = problemOf(image, request);
  if (problem !== undefined) return { records: [], reply: { ...problem, nodeEpoch: -1 } };

  const former = image.brokers.get(request.nodeId);
  if (former?.incarnationId === request.incarnationId) {
    // Either the reply to an earlier attempt was lost, or the process listens elsewhere now; it keeps its epoch.
    const records = sameEndpoints(former, request) ? [] : amended(former, request);
    return { records, reply: { ...noError, nodeEpoch: former.epoch } };
  }
  const records: MetadataRecord[] = [];
  if (former !== undefined) {
    const live = sessions.isLive(former.nodeId, former.epoch, nowMs);
    if (live && !former.fenced && !former.inControlledShutdown && !sameAddress(former, request)) {
      const message = `Another live process has node id ${request.nodeId}, incarnation ${former.incarnationId}.`;
      return { records, reply: { ...apiError(KafkaError.DUPLICATE_BROKER_REGISTRATION, message), nodeEpoch: -1 } };
    }
    const clean =
      request.previousNodeEpoch === former.epoch || request.previousIncarnationIds.includes(former.incarnationId);
    const { nodeId } = request;
    records.push(...partitionsAfter(image, settings, { kind: clean ? "gone" : "lost-unclean", nodeId }));
  }
  records.push(
    record("RegisterBrokerRecord", {
      brokerId: request.nodeId,
      incarnationId: request.incarnationId,
      brokerEpoch: -1,
      endPoints: endPointsOf(request),
      rack: request.rack ?? null,
      fenced: true,
      inControlledShutdown: false,
      logDirs: request.logDirs,
    }),
    record("NodeRolesRecord", { nodeId: request.nodeId, roles: request.roles }),
  );
  return { records, reply: { ...noError, nodeEpoch: -1 } };
}

/** The registration as it stands, with other endpoints. Source: ClusterControlManager.registerBroker. */
function amended(former: NodeRegistration, request: RegistrationRequest): MetadataRecord[] {
  return [
    record("RegisterBrokerRecord", {
      brokerId: former.nodeId,
      incarnationId: former.incarnationId,
      brokerEpoch: former.epoch,
      endPoints: endPointsOf(request),
      rack: former.rack,
      fenced: former.fenced,
      inControlledShutdown: former.inControlledShutdown,
      logDirs: former.logDirs,
    }),
    record("NodeRolesRecord", { nodeId: former.nodeId, roles: former.roles }),
  ];
}

function endPointsOf({
  endpoints,
}: RegistrationRequest): { name: string; host: string; port: number; securityProtocol: number }[] {
  return endpoints.map(({ name, host, port, securityProtocol }) => ({ name, host, port, securityProtocol }));
}

function sameEndpoints(former: NodeRegistration, request: RegistrationRequest): boolean {
  if (former.endpoints.size !== request.endpoints.length) return false;
  return request.endpoints.every(({ name, host, port, securityProtocol }) => {
    const known = former.endpoints.get(name);
    return known?.host === host && known.port === port && known.securityProtocol === securityProtocol;
  });
}

function problemOf(image: MetadataImage, request: RegistrationRequest): ApiError | undefined {
  if (request.clusterId !== "" && request.clusterId !== image.clusterId) {
    const message = `Node ${request.nodeId} belongs to cluster ${request.clusterId}, this is cluster ${image.clusterId}.`;
    return apiError(KafkaError.INCONSISTENT_CLUSTER_ID, message);
  }
  const invalid = (message: string) => apiError(KafkaError.INVALID_REGISTRATION, message);
  if (request.nodeId < 0) return invalid(`Node id ${request.nodeId} is negative.`);
  if (request.roles.length === 0) return invalid("A node without a role need not register.");
  const unknown = request.roles.find((role) => !knownRoles.has(role));
  if (unknown !== undefined) return invalid(`Unknown role ${unknown}.`);
  const names = new Set(request.endpoints.map((each) => each.name));
  if (names.size !== request.endpoints.length) return invalid("Two endpoints have one listener name.");
  if (request.endpoints.some(({ port }) => port < 0 || port > 65535)) return invalid("A port is out of range.");
  if (new Set(request.logDirs).size !== request.logDirs.length) return invalid("A log directory is listed twice.");
  return undefined;
}

/** A process cannot listen where another one listens still, so the former holder of the address is gone. */
function sameAddress(former: NodeRegistration, request: RegistrationRequest): boolean {
  const mine = request.endpoints.find((each) => each.name === "RPC");
  const theirs = former.endpoints.get("RPC");
  if (mine === undefined || theirs === undefined || mine.port === 0) return false;
  return mine.host === theirs.host && mine.port === theirs.port;
}

/** Takes a node out of the cluster for good; its replicas stay assigned until they are reassigned. Source: UnregisterBroker 0. */
export function unregisterNode(
  image: MetadataImage,
  settings: Pick<ControlSettings, "topicDefaults">,
  nodeId: NodeId,
): Decision<ApiError> {
  const node = image.brokers.get(nodeId);
  if (node === undefined) {
    const reply = apiError(KafkaError.BROKER_ID_NOT_REGISTERED, `Broker ID ${nodeId} is not currently registered`);
    return { records: [], reply };
  }
  const records = [
    ...partitionsAfter(image, settings, { kind: "lost-unclean", nodeId }),
    record("UnregisterBrokerRecord", { brokerId: nodeId, brokerEpoch: node.epoch }),
  ];
  return { records, reply: noError };
}

/** `NONE`, or why a request of this incarnation is refused. */
export function checkNodeEpoch(image: MetadataImage, nodeId: NodeId, nodeEpoch: number): KafkaErrorCode {
  const node = image.brokers.get(nodeId);
  if (node === undefined) return KafkaError.BROKER_ID_NOT_REGISTERED;
  return node.epoch === nodeEpoch ? KafkaError.NONE : KafkaError.STALE_BROKER_EPOCH;
}
