// What a run needs before anything fails: what the machine allows, the programs, the places, the processes.
import { join } from "node:path";
import { createAdmin } from "@moldau/client";
import { mutantOf } from "../mutants/catalog";
import { mutate } from "../mutants/mutate";
import { bundlePrograms } from "./bundle";
import type { TopicPlan } from "./clients";
import { ClockSteps } from "./clocks";
import { createDiskFolder, disksRefused, LoopDisk, powerCutRefused } from "./disks";
import { FailingCalls } from "./failing-calls";
import { faketimeLibrary, findLibrdkafka, fiuLibraries, has } from "./machine";
import { letVotersChange } from "./membership";
import { LoopbackNetwork, NamespaceNetwork, namespacesRefused, type Network } from "./network";
import { Cluster, type ClusterPlan } from "./nodes";
import { type ChaosOptions, type FaultClass, UsageError } from "./options";
import type { RunSlot } from "./slot";

const readyTimeoutMs = 90_000;

/** Everything that a run has at hand. */
export interface Run {
  options: ChaosOptions;
  directory: string;
  slot: RunSlot;
  network: Network;
  disks: Map<string, LoopDisk>;
  clocks: ClockSteps | undefined;
  failingCalls: FailingCalls | undefined;
  /** The classes that this machine allows. */
  classes: FaultClass[];
  skipped: { name: string; why: string }[];
  /** A Python that has confluent-kafka; undefined: there is none. */
  librdkafka: { python: string; version: string } | undefined;
  /** Transactional clients and read_committed consumers take part. */
  transactions: boolean;
  cluster: Cluster;
  say(line: string): void;
}

/** Finds out what this machine allows, bundles the programs and makes the cluster, not started yet. */
export async function prepare(
  options: ChaosOptions,
  directory: string,
  slot: RunSlot,
  say: (line: string) => void,
): Promise<Run> {
  const wanted = new Set(options.failover === undefined ? options.faults : []);
  const noNamespaces = await namespacesRefused();
  const noDisks = ["disk-full", "power-cut"].some((name) => wanted.has(name as FaultClass))
    ? await disksRefused(directory)
    : "not asked for";
  const faketime = faketimeLibrary();
  const fiu = fiuLibraries();
  const refusals: Partial<Record<FaultClass, string | undefined>> = {
    partition: noNamespaces,
    "disk-full": noDisks,
    "power-cut": noDisks ?? powerCutRefused(),
    "disk-error": fiu === undefined || !has("fiu-ctrl") ? "there is no libfiu (apt-get install fiu-utils)" : undefined,
    clock: faketime === undefined ? "there is no libfaketime (apt-get install faketime)" : undefined,
  };
  const classes = [...wanted].filter((name) => refusals[name] === undefined);
  const skipped = [...wanted].flatMap((name) => {
    const why = refusals[name];
    return why === undefined ? [] : [{ name: name as string, why }];
  });
  const librdkafka = findLibrdkafka();
  if (librdkafka === undefined && options.failover === undefined) {
    skipped.push({
      name: "clients of librdkafka",
      why: "no Python with confluent-kafka (npm run conformance installs one)",
    });
  }
  const transactions = options.transactions && librdkafka !== undefined;
  if (options.transactions && !transactions) {
    skipped.push({ name: "txn", why: "its clients are those of librdkafka" });
  }
  for (const { name, why } of skipped) say(`SKIPPED ${name}: ${why}`);
  if (classes.length === 0 && options.failover === undefined) {
    throw new UsageError("none of the faults asked for is possible here; see the lines above");
  }

  const bundles = join(directory, "programs");
  await bundleWithMutant(bundles, options.mutant);
  const network = noNamespaces === undefined ? await NamespaceNetwork.create(slot) : new LoopbackNetwork(noNamespaces);
  const clocks = classes.includes("clock") ? new ClockSteps(join(directory, "clocks"), faketime!) : undefined;
  const failingCalls = classes.includes("disk-error") ? new FailingCalls(join(directory, "fiu"), fiu!) : undefined;
  const disks = new Map<string, LoopDisk>();
  if (classes.includes("disk-full") || classes.includes("power-cut")) {
    await createDiskFolder(slot, join(directory, "disks"));
    for (const name of ["controller-201", "controller-202", "controller-203", "broker-1", "broker-2", "broker-3"]) {
      const disk = new LoopDisk(slot, join(directory, "disks"), name);
      await disk.create();
      disks.set(name, disk);
    }
  }
  const plan: ClusterPlan = {
    directory,
    port: options.port,
    network,
    slot,
    overrides: new Map([
      ["min.insync.replicas", "2"],
      ["default.replication.factor", "3"],
      ["offsets.topic.num.partitions", "6"],
      ["transaction.state.log.num.partitions", "6"],
      ["moldau.durability", options.durability === "fsync" ? "fsync" : "buffer"],
      ...options.overrides.map((item): [string, string] => {
        const at = item.indexOf("=");
        return [item.slice(0, at), item.slice(at + 1)];
      }),
    ]),
    programOf: (role) => join(bundles, `${role}.cjs`),
    environmentOf: (name) => {
      const environments = [
        clocks?.environmentOf(name),
        disksFail(name) ? failingCalls?.environment() : undefined,
      ].filter((environment) => environment !== undefined);
      const preload = environments.map(({ LD_PRELOAD }) => LD_PRELOAD).join(":");
      return preload === "" ? {} : Object.assign({}, ...environments, { LD_PRELOAD: preload });
    },
    diskOf: (name) => disks.get(name),
    say,
  };
  const cluster = await Cluster.create(plan);
  return {
    options,
    directory,
    slot,
    network,
    disks,
    clocks,
    failingCalls,
    classes,
    skipped,
    librdkafka,
    transactions,
    cluster,
    say,
  };
}

const disksFail = (name: string) => /^(broker|controller)-/.test(name);

/** @throws UsageError for a mutant that there is not, Error where its file is in none of the programs */
async function bundleWithMutant(bundles: string, name: string | undefined): Promise<void> {
  if (name === undefined) return bundlePrograms(bundles, []);
  let mutant;
  try {
    mutant = mutantOf(name);
  } catch (error) {
    throw new UsageError(`--mutant: ${(error as Error).message}`);
  }
  let planted = false;
  await bundlePrograms(bundles, [mutate(mutant, () => (planted = true))]);
  if (!planted) throw new Error(`mutant ${name}: no program contains ${mutant.file}`);
}

/** Starts the cluster and makes the run's topics, with these topic configurations. */
export async function startCluster(
  { cluster, classes, say }: Run,
  topics: readonly TopicPlan[],
  configs: Record<string, string>,
): Promise<void> {
  cluster.startAll();
  const missing = await cluster.becomeReady(readyTimeoutMs);
  if (missing.length > 0) throw new Error(`the cluster was not ready in time: ${missing.join("; ")}`);
  if (classes.includes("membership")) {
    const refused = await letVotersChange(cluster.bootstrap[0]!);
    if (refused !== undefined) say(`voters cannot change: ${refused}`);
  }
  const admin = createAdmin({ bootstrap: cluster.bootstrap, clientId: "chaos" });
  for (const { name, partitions } of topics) {
    await admin.createTopic({ name, partitions, replicationFactor: 3, configs });
  }
  await admin.close();
}
