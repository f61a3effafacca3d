import { randomUuid } from "@moldau/base";
import { ControllerDefinition } from "@moldau/contracts";
import { bootstrapRecords, NodeSessions } from "@moldau/control";
import { type Role, type RoleContext, type RunningRole } from "@moldau/host";
import { startAutoJoin } from "./auto-join";
import { ClusterIdentity, DataDirectoryError } from "./cluster-id";
import { registerControllerMetrics } from "./controller-metrics";
import { ControllerQueue, NotActiveError } from "./controller-queue";
import { controlSettingsOf } from "./controller-settings";
import { Fencing } from "./fencing";
import type { ControllerContext } from "./handle/controller-api";
import { handleCall } from "./handle/handle-call";
import { startLeaderElections } from "./leader-elections";
import { isHost } from "./is-host";
import { logChanges } from "./log-changes";
import { MetadataLog } from "./metadata-log";
import { startMutationQuotas } from "./mutation-quotas";
import { NodeProbes } from "./node-probes";
import { nodeServices } from "./node-services";
import { type Quorum, QuorumStorageError, startQuorum, VoterChanges } from "./quorum";
import { kraftVersionRecords, quorumPlanOf, type QuorumPlan } from "./quorum-plan";
import { startSnapshots } from "./snapshots";
import { watchMetadata } from "./watch-metadata";

/**
 * The controller: keeps the cluster's metadata in the quorum's log. The active one decides; every one of them knows what
 * is committed and tells it to whoever watches.
 */
export const controllerRole: Role = {
  name: "controller",
  start: startController,
};

async function startController(context: RoleContext): Promise<RunningRole> {
  const { config, clock, disk, random, telemetry, nodeId, services } = context;
  const newUuid = () => randomUuid(random);
  const { log, tracing } = telemetry;
  const { voters, dynamic } = quorumPlanOf(context);
  const settings = controlSettingsOf(config);
  // Without a directory of its own the log lives in the first of log.dirs.
  const directory = config.isSet("metadata.log.dir")
    ? config.string("metadata.log.dir")
    : (config.list("metadata.log.dir")[0] ?? "");
  const identity = await ClusterIdentity.open({
    disk,
    directory,
    nodeId,
    configured: config.string("moldau.cluster.id"),
  });
  const quorum = await openQuorum(context, { directory, voters, dynamic, clusterId: identity.clusterId });

  // Nothing may be awaited from here on until every listener is there: the log begins to flow in the next turn.
  const metadata = new MetadataLog();
  const snapshots = startSnapshots({
    metadata,
    quorum,
    clock,
    bytesBetween: config.number("metadata.log.max.record.bytes.between.snapshots"),
    intervalMs: config.number("metadata.log.max.snapshot.interval.ms"),
    log,
  });
  const queue = new ControllerQueue({ quorum, metadata, clock });
  const sessions = new NodeSessions(settings.sessionTimeoutMs);
  const isActive = () => quorum.isActive;
  const image = () => metadata.image;
  const onStall = () => probes.begin();
  const fencing = new Fencing({ queue, image, isActive, sessions, settings, clock, log, onStall });
  const onDead = () => fencing.watch();
  const probes = new NodeProbes({ peers: context.peers, image, isActive, sessions, clock, log, onDead });
  metadata.onChange((delta, { clusterId }) => {
    if (clusterId !== "") {
      identity.learn(clusterId, quorum.directoryId, (error) =>
        log.warn({ err: error }, `${directory}: meta.properties was not written`),
      );
    }
    for (const id of delta.nodes) if (!delta.after.brokers.has(id)) sessions.forget(id);
    if (!quorum.isActive) return;
    logChanges(log, delta);
    if (delta.nodes.size > 0) fencing.watch();
  });
  const mutations = startMutationQuotas({ config, metadata, clock, metrics: telemetry.metrics });
  metadata.follow(quorum);
  let wasActive = false;
  quorum.onLeadership(({ active, leaderId, epoch }) => {
    queue.revert();
    metadata.wakeAll();
    if (wasActive && !active) log.info({ leaderId, epoch }, "this controller is not active any more");
    wasActive = active;
    if (!active) return;
    const { offset, brokers, topicsById } = metadata.image;
    log.info({ epoch, offset, nodes: brokers.size, topics: topicsById.size }, "this controller is active");
    sessions.reset(metadata.image, clock.monotonicMs());
    fencing.watch();
    probes.begin();
    const clusterId = identity.clusterId || newUuid();
    queue
      .decide((image) => ({
        records: [...bootstrapRecords(image, settings, clusterId), ...kraftVersionRecords(image, quorum)],
        reply: undefined,
      }))
      .catch((error: unknown) => {
        if (!(error instanceof NotActiveError)) context.fatal(error as Error);
      });
  });

  let votersLogged = "";
  quorum.onVoters(() => {
    const now = quorum.describe().voters.map(({ id, directoryId }) => `${id} (${directoryId})`);
    if (now.join() !== votersLogged) log.info({ voters: now }, "voters of the metadata quorum");
    votersLogged = now.join();
    if (!quorum.isActive || kraftVersionRecords(metadata.image, quorum).length === 0) return;
    queue.decide((image) => ({ records: kraftVersionRecords(image, quorum), reply: undefined })).catch(() => undefined);
  });

  const elections = startLeaderElections({
    queue,
    isActive,
    settings,
    balanceMs: config.boolean("auto.leader.rebalance.enable")
      ? config.number("leader.imbalance.check.interval.seconds") * 1000
      : 0,
    imbalancePercent: config.number("leader.imbalance.per.broker.percentage"),
    uncleanMs: config.number("unclean.leader.election.interval.ms"),
    log,
  });
  registerControllerMetrics({ metrics: telemetry.metrics, nodeId, metadata, quorum, queue });

  const stopListening = services.onCaller((event) => probes.onCaller(event));
  const joining =
    dynamic !== undefined && config.boolean("controller.quorum.auto.join.enable")
      ? startAutoJoin({ quorum, peers: context.peers, self: dynamic.self, log })
      : undefined;
  const stopping = new AbortController();
  const source = { metadata, quorum, stopping: stopping.signal };
  const handling: ControllerContext = {
    queue,
    settings,
    config,
    quorum,
    voterChanges: new VoterChanges(quorum, () => clock.nowMs()),
    clusterId: () => identity.clusterId,
    random,
    newUuid,
    mutations,
    isHost,
  };
  services.offer(ControllerDefinition, {
    ...nodeServices({ queue, metadata, quorum, settings, sessions, clock, log }),
    async handle(call, { traceparent }) {
      const span = tracing.start("controller.handle", traceparent, { "kafka.api": call.apiKey });
      try {
        const answer = await handleCall(call, handling, quorum);
        span?.end();
        return answer;
      } catch (error) {
        log.error({ err: error, apiKey: call.apiKey, apiVersion: call.apiVersion }, "a request could not be answered");
        span?.end(String(error));
        throw error;
      }
    },
    watchMetadata: (request, { signal }) => watchMetadata(source, request, signal),
  });

  return {
    notReady() {
      if (quorum.leaderId < 0) return ["no controller leads the metadata quorum"];
      return metadata.image.offset < 0 ? ["the cluster's metadata is not known yet"] : [];
    },
    // Controllers stop last, and handing over leadership is the beginning of the quorum's own stop.
    drain: () => Promise.resolve(),
    async stop() {
      stopping.abort();
      metadata.wakeAll();
      snapshots.stop();
      stopListening();
      probes.stop();
      fencing.stop();
      elections.stop();
      joining?.stop();
      await quorum.stop();
      await identity.settled();
    },
  };
}

async function openQuorum(
  context: RoleContext,
  place: { directory: string; clusterId: string } & QuorumPlan,
): Promise<Quorum> {
  const { clock, disk, random, telemetry, nodeId, peers, services, fatal } = context;
  const { directory: dir, voters, dynamic, clusterId } = place;
  const { log } = telemetry;
  try {
    return await startQuorum({
      nodeId,
      voters,
      ...(dynamic !== undefined && { dynamic }),
      dir,
      disk,
      clusterId,
      peers,
      services,
      clock,
      random,
      log,
      fatal,
    });
  } catch (error) {
    if (error instanceof QuorumStorageError) throw new DataDirectoryError(error.message, { cause: error });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new DataDirectoryError(
      `${dir}: the metadata log cannot be opened (${(error as Error).message}). Check owner, permissions and free space.`,
      { cause: error },
    );
  }
}
