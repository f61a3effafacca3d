import { KafkaError } from "@moldau/base";
import { BrokerDefinition } from "@moldau/contracts";
import {
  startNodeRegistration,
  type NodeRegistration,
  type Role,
  type RoleContext,
  type RunningRole,
} from "@moldau/host";
import type { Service } from "@moldau/rpc";
import { createAlterReplicaLogDirs } from "./alter-replica-log-dirs";
import { AnswerMemory } from "./answer-memory";
import { createAppend } from "./append";
import { MetadataApplier } from "./apply-metadata";
import type { BrokerCore } from "./broker-core";
import { cleanerGauges } from "./cleaner-metrics";
import { brokerMetrics, partitionGauges } from "./broker-metrics";
import { createClaim } from "./claim";
import { createDeleteRecords } from "./delete-records";
import { createDescribeProducers } from "./describe-producers";
import { DirectoryAssignments } from "./directory-assignments";
import { DirectoryMoves } from "./directory-moves";
import { createEpochEnds } from "./epoch-ends";
import { Housekeeping } from "./housekeeping";
import { forgetIncarnation, noteIncarnation, type SurvivingIncarnations } from "./incarnation-file";
import { IsrChanges } from "./isr-changes";
import { createListOffsets } from "./list-offsets";
import { inspectDirectories, logDirectories, openStore } from "./log-directories";
import { createDescribeLogDirs } from "./log-dirs";
import { LogCleaner } from "./log-cleaner";
import { Partitions } from "./partitions";
import { createRead } from "./read";
import { ReplicaFetchers } from "./replica-fetchers";
import { ReplicationThrottles } from "./replication-throttles";
import { TimerWheel } from "./timer-wheel";
import { TransactionVerification } from "./transaction-verification";
import { createWriteMarkers } from "./write-markers";

/** A clean stop waits this long for the leaders to move; the whole stop has 10 s. */
const CONTROLLED_SHUTDOWN_MS = 4_000;

/** The storage role: keeps the logs of its partitions, leads or follows them, answers the Broker service. */
export const brokerRole: Role = { name: "broker", start: startBroker };

async function startBroker(context: RoleContext): Promise<RunningRole> {
  const { config, clock, disk, nodeId, incarnationId, observer, services, telemetry } = context;
  const directories = logDirectories(context);
  const facts = await inspectDirectories(disk, directories);
  // Where the configuration names another cluster than the directory, opening the directory says so.
  const clusterId = config.string("moldau.cluster.id") || facts.clusterId || (await joinedClusterId(context));
  const fsync = config.string("moldau.durability") === "fsync";
  const timers = new TimerWheel(clock);
  const partitions = new Partitions(observer, timers);
  const metrics = brokerMetrics(telemetry.metrics);

  // Set once the logs are open; a directory may fail before.
  const running: {
    registration?: NodeRegistration;
    fetchers?: ReplicaFetchers;
    assignments?: DirectoryAssignments;
    moves?: DirectoryMoves;
  } = {};
  const store = await openStore(context, directories, clusterId, (event) => {
    if (event.type !== "directoryOffline") return;
    void forgetIncarnation(disk, event.directory);
    for (const hosted of partitions.all()) {
      if (running.moves?.of(hosted)?.target === event.directory) void running.moves.end(hosted);
      if (hosted.log.directory !== event.directory) continue;
      hosted.fail();
      running.fetchers?.unfollow(hosted);
      // Where the controller knows it in another directory, or in none, this is what moves its leader.
      hosted.announcedDirectory = undefined;
      running.assignments?.note(hosted);
    }
    running.registration?.heartbeatNow();
    if (running.registration && store.directories().every(({ offline }) => offline)) {
      context.fatal(new Error(`every log directory is offline: ${directories.join(", ")}`));
    }
  });

  const idsOf = (working: boolean) =>
    store
      .directories()
      .filter(({ offline, directoryId }) => (offline === undefined) === working && directoryId !== undefined)
      .map(({ directoryId }) => directoryId!);
  const note = async (incarnations: SurvivingIncarnations): Promise<void> => {
    const working = store.directories().filter(({ offline }) => offline === undefined);
    const paths = working.map(({ path }) => path);
    await noteIncarnation(disk, paths, { ...incarnations, synced: fsync }).catch((error: unknown) => {
      telemetry.log.warn({ err: error }, "cannot note who runs here; a kill will count as a loss of records");
    });
  };
  // Before the controller can know of it: it may be registered and killed before it hears so.
  await note({
    brokerEpoch: facts.previousNodeEpoch,
    incarnationIds: [...facts.previousIncarnationIds, incarnationId],
  });
  const registration = startNodeRegistration(context, "broker", {
    logDirs: idsOf(true),
    clusterId,
    previousNodeEpoch: facts.previousNodeEpoch,
    previousIncarnationIds: facts.previousIncarnationIds,
    offlineLogDirs: () => idsOf(false),
    onRegistered: (brokerEpoch) => void note({ brokerEpoch, incarnationIds: [incarnationId] }),
  });

  running.registration = registration;

  const isrChanges = new IsrChanges(context, registration);
  const assignments = new DirectoryAssignments(context, registration, store);
  running.assignments = assignments;
  const moves = new DirectoryMoves(context, store, partitions, assignments);
  running.moves = moves;
  const throttles = new ReplicationThrottles(context);
  const fetchers = new ReplicaFetchers(context, registration, fsync, throttles);
  running.fetchers = fetchers;
  const applier = new MetadataApplier({
    context,
    store,
    partitions,
    fetchers,
    isrChanges,
    directories: assignments,
    moves,
    registration,
    metrics,
    throttles,
  });
  const cleaner = new LogCleaner(context, store, partitions);
  const stopCleanerGauges = cleanerGauges(telemetry.metrics, { cleaner, nowMs: () => clock.nowMs() });
  const housekeeping = new Housekeeping(context, store, partitions, isrChanges);
  const core: BrokerCore = {
    nodeId,
    clock,
    disk,
    observer,
    partitions,
    store,
    timers,
    metrics,
    tracing: telemetry.tracing,
    registration,
    fsync,
    throttles,
    answerMemory: new AnswerMemory(),
    verification: new TransactionVerification(context),
    readsFromClosest: config.string("replica.selector.class").endsWith("RackAwareReplicaSelector"),
  };
  const stopGauges = partitionGauges(telemetry.metrics, {
    partitions,
    fetchers,
    nowMs: () => clock.nowMs(),
    transactionTimeoutMaxMs: config.number("transaction.max.timeout.ms"),
  });
  services.offer(BrokerDefinition, brokerService(core, moves));
  applier.start();
  housekeeping.start();
  cleaner.start();

  return {
    notReady: () => [
      ...(observer.caughtUp ? [] : ["waiting for the cluster's metadata"]),
      ...registration.notReady(),
      ...(partitions.openingCount > 0 ? [`opening ${partitions.openingCount} partitions`] : []),
    ],
    async drain() {
      const moved = await registration.shutDown(CONTROLLED_SHUTDOWN_MS);
      telemetry.log.info(moved ? "leaders have moved away" : "stopping without the controller's leave");
    },
    async stop() {
      registration.stop();
      applier.stop();
      isrChanges.stop();
      assignments.stop();
      await moves.stop();
      await fetchers.stop();
      await housekeeping.stop();
      await cleaner.stop();
      for (const hosted of partitions.all()) await hosted.whenIdle();
      await housekeeping.writeSnapshots();
      for (const hosted of partitions.all()) hosted.remove(KafkaError.NOT_LEADER_OR_FOLLOWER);
      await store.close(registration.nodeEpoch);
      timers.stop();
      stopGauges();
      stopCleanerGauges();
    },
  };
}

function brokerService(core: BrokerCore, moves: DirectoryMoves): Service<typeof BrokerDefinition> {
  return {
    append: createAppend(core),
    read: createRead(core),
    listOffsets: createListOffsets(core),
    epochEnds: createEpochEnds(core),
    deleteRecords: createDeleteRecords(core),
    describeLogDirs: createDescribeLogDirs(core),
    alterReplicaLogDirs: createAlterReplicaLogDirs(moves),
    describeProducers: createDescribeProducers(core),
    claim: createClaim(core),
    writeMarkers: createWriteMarkers(core),
  };
}

/** The id of the cluster that a new, empty node joins, as the controller's metadata says. */
function joinedClusterId({ observer }: RoleContext): string | Promise<string> {
  if (observer.image.clusterId !== "") return observer.image.clusterId;
  return new Promise((resolve) => {
    const unsubscribe = observer.subscribe((_delta, image) => {
      if (image.clusterId === "") return;
      // The call may come before `subscribe` has returned.
      queueMicrotask(() => unsubscribe());
      resolve(image.clusterId);
    });
  });
}
