import { join } from "node:path";
import { assert, randomUuid, type Clock, type NodeId, type Random } from "@moldau/base";
import { QuorumDefinition } from "@moldau/contracts";
import type { Disk } from "@moldau/disk";
import { createRaft, staticVoter, type RaftSettings } from "@moldau/raft";
import type { ControllerAddress, ServiceRegistry } from "@moldau/rpc";
import { clusterIsThere } from "./greeting";
import { QuorumMember, type QuorumLog, type QuorumPeers } from "./member";
import type { Quorum } from "./quorum";
import { QuorumStorage } from "./storage";

/** Kafka's name for the metadata log's directory below `metadata.log.dir`. */
export const METADATA_LOG_DIRECTORY = "__cluster_metadata-0";

export interface QuorumOptions {
  nodeId: NodeId;
  /** `controller.quorum.voters`, this node among them; with `dynamic` those who begin a new cluster, this node or not. */
  voters: readonly ControllerAddress[];
  /**
   * Voters are in the log and may change (KIP-853): where this node answers, and the ids under which the network knows
   * `controller.quorum.bootstrap.servers`.
   */
  dynamic?: { self: ControllerAddress; bootstrap: readonly NodeId[] };
  /** `metadata.log.dir`; the log lives in `__cluster_metadata-0` below it. */
  dir: string;
  disk: Disk;
  /** "" where it is not known yet: a new cluster's first active controller chooses it. Then it is not checked. */
  clusterId: string;
  peers: QuorumPeers;
  services: ServiceRegistry;
  clock: Clock;
  random: Random;
  log: QuorumLog;
  /** The quorum can not go on (the disk failed, an invariant broke); it has stopped answering. */
  fatal: (error: Error) => void;
  /**
   * Length of a tick, 50 by default: heartbeats every 200 ms (4 ticks), elections after 1–2 s of silence (20–40 ticks).
   */
  tickMs?: number;
  raft?: Partial<RaftSettings>;
  /** Size at which a file of the log is closed; 16 MiB by default. */
  segmentBytes?: number;
}

/**
 * Opens the log and joins the quorum. Register the listeners at once, before anything else is awaited: the snapshot and
 * the committed entries begin to flow in the next turn of the event loop.
 * @throws QuorumStorageError when the directory cannot be used; the message says what to do.
 */
export async function startQuorum(options: QuorumOptions): Promise<Quorum> {
  let begins = options.voters.some((voter) => voter.id === options.nodeId);
  assert(begins || options.dynamic !== undefined, `node ${options.nodeId} is not among controller.quorum.voters`);
  const opened = await QuorumStorage.open({
    disk: options.disk,
    directory: join(options.dir, METADATA_LOG_DIRECTORY),
    nodeId: options.nodeId,
    clusterId: options.clusterId,
    segmentBytes: options.segmentBytes ?? 16 * 1024 * 1024,
    newDirectoryId: () => randomUuid(options.random),
    guarded: begins && options.voters.length > 1,
  });
  if (opened.hardState.recovering) {
    options.log.warn(
      { directory: join(options.dir, METADATA_LOG_DIRECTORY) },
      "this controller's metadata log is empty: it votes when all other voters say that the cluster is new, or when a leader has brought it up to date",
    );
  }
  if (opened.tornBytes > 0) {
    options.log.warn({ bytes: opened.tornBytes }, "cut off an incomplete write at the end of the metadata log");
  }
  const isNew = opened.hardState.term === 0 && opened.entries.length === 0 && opened.snapshot === undefined;
  if (begins && isNew && options.voters.length === 1 && options.dynamic !== undefined) {
    begins = !(await clusterIsThere({ ...options.dynamic, peers: options.peers, clusterId: options.clusterId }));
    if (!begins) options.log.info({}, "this controller's metadata log is empty, and others have one: it joins them");
  }
  const state = createRaft({
    nodeId: options.nodeId,
    directoryId: opened.directoryId,
    initialVoters: begins ? options.voters.map(({ id }) => staticVoter(id)) : [],
    hardState: opened.hardState,
    snapshot: opened.snapshot?.metadata,
    entries: opened.entries,
    random: options.random.next(),
    settings: options.raft,
  });
  const member = new QuorumMember({
    state,
    storage: opened.storage,
    snapshot: opened.snapshot,
    voters: options.voters,
    dynamic: options.dynamic,
    clusterId: options.clusterId,
    peers: options.peers,
    services: options.services,
    clock: options.clock,
    random: options.random,
    log: options.log,
    fatal: options.fatal,
    tickMs: options.tickMs ?? 50,
  });
  options.services.offer(QuorumDefinition, { step: async (envelope) => member.receive(envelope) });
  return member;
}
