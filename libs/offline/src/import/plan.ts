import type { NodeId, Uuid } from "@moldau/base";
import type { MetadataImage, PartitionImage, TopicImage } from "@moldau/metadata";
import { OfflineError } from "../errors";
import type { FoundPartition, KafkaDirectory } from "./kafka-directory";
import type { KafkaImage } from "./kafka-image";

/** A node of the new cluster, and the directories that its data comes from. */
export interface NodePlan {
  readonly nodeId: NodeId;
  readonly kafkaNodeId: NodeId;
  readonly sources: readonly KafkaDirectory[];
}

/** One replica: where it lies and where it goes. */
export interface ReplicaPlan {
  readonly topic: string;
  readonly partition: number;
  readonly nodeId: NodeId;
  readonly source: FoundPartition;
  readonly directory: KafkaDirectory;
}

/** The partition as the new cluster begins with it; ids are those of the new nodes. */
export interface PartitionPlan {
  readonly partition: number;
  readonly replicas: readonly NodeId[];
  readonly isr: readonly NodeId[];
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
}

export interface ImportPlan {
  readonly clusterId: string;
  readonly image: MetadataImage;
  readonly nodes: readonly NodePlan[];
  /** By topic id. */
  readonly partitions: ReadonlyMap<Uuid, readonly PartitionPlan[]>;
  readonly replicas: readonly ReplicaPlan[];
  /** For the person: what becomes different, what stays behind. */
  readonly notes: readonly string[];
}

export interface PlanOptions {
  /** Nodes keep the ids that they have in Kafka; else they are counted from 1 in the order of those. */
  readonly keepNodeIds: boolean;
  /** Go on without ACLs, credentials and tokens. */
  readonly withoutSecurity: boolean;
  /** Directories of a broker that was killed are taken too. */
  readonly unclean: boolean;
  /** Where no in-sync replica was given, a replica that may lack the newest records is taken. */
  readonly staleReplicas: boolean;
}

/**
 * Decides what is taken from where, and which replicas there will be: those on the brokers whose directories were given.
 * @throws OfflineError where the directories don't belong together, something is missing, or would be lost without a word
 */
export function planImport(
  directories: readonly KafkaDirectory[],
  kafka: KafkaImage,
  options: PlanOptions,
): ImportPlan {
  const { image } = kafka;
  const notes: string[] = [];
  const clusterId = oneCluster(directories);
  refuseSecurity(kafka, options, notes);
  refuseUnclean(directories, options, notes);
  refuseTiered(image);
  const nodes = nodesOf(directories, options);
  const newIds = new Map(nodes.map((node) => [node.kafkaNodeId, node.nodeId]));
  for (const { nodeId, kafkaNodeId } of nodes) {
    if (nodeId !== kafkaNodeId) notes.push(`Kafka's node ${kafkaNodeId} becomes node ${nodeId}`);
  }
  const found = replicasFound(nodes, image, notes);
  const partitions = new Map<Uuid, PartitionPlan[]>();
  const replicas: ReplicaPlan[] = [];
  const missing = new Missing();
  let fewer = 0;
  for (const topic of image.topicsById.values()) {
    const plans: PartitionPlan[] = [];
    for (const partition of topic.partitions) {
      const here = found.get(`${topic.id}:${partition.partition}`) ?? new Map<NodeId, ReplicaPlan>();
      const plan = partitionPlan(topic, partition, { here, newIds, options, missing });
      if (plan.replicas.length < partition.replicas.length) fewer++;
      plans.push(plan);
      for (const nodeId of plan.replicas) {
        const replica = here.get(nodeId);
        if (replica !== undefined) replicas.push(replica);
      }
    }
    partitions.set(topic.id, plans);
  }
  missing.refuse();
  if (fewer > 0) {
    notes.push(
      `${fewer} partitions have fewer replicas than in Kafka, because the directories of ${nodes.length === 1 ? "one broker" : `${nodes.length} brokers`} were given`,
    );
  }
  return { clusterId, image, nodes, partitions, replicas, notes };
}

function oneCluster(directories: readonly KafkaDirectory[]): string {
  const [first] = directories;
  if (first === undefined) throw new OfflineError("give at least one directory: --kafka-data DIR[,DIR...]");
  for (const directory of directories) {
    if (directory.clusterId !== first.clusterId) {
      throw new OfflineError(
        `${directory.path} belongs to cluster ${directory.clusterId}, ${first.path} to ${first.clusterId}; import one cluster at a time`,
      );
    }
  }
  return first.clusterId;
}

function refuseSecurity({ security }: KafkaImage, { withoutSecurity }: PlanOptions, notes: string[]): void {
  if (security.size === 0) return;
  const names = {
    AccessControlEntryRecord: "ACLs",
    UserScramCredentialRecord: "SCRAM credentials",
    DelegationTokenRecord: "delegation tokens",
  };
  const what = [...security].map(([name, count]) => `${count} ${names[name]}`).join(", ");
  if (!withoutSecurity) {
    throw new OfflineError(
      `the cluster has ${what}, which are not known here: everybody could read and write everything; ` +
        "give --without-security if that is what you want",
    );
  }
  notes.push(`${what} stay behind: everybody may read and write everything`);
}

function refuseUnclean(directories: readonly KafkaDirectory[], { unclean }: PlanOptions, notes: string[]): void {
  for (const { path, stoppedCleanly, partitions } of directories) {
    if (stoppedCleanly || partitions.length === 0) continue;
    if (!unclean) {
      throw new OfflineError(
        `${path}: its broker was not stopped in order, or still runs (no .kafka_cleanshutdown); start it and stop it with ` +
          "kafka-server-stop.sh, or give --unclean to take what is there, checked as after a crash",
      );
    }
    notes.push(`${path} was not left in order: its newest segments are checked at the first start`);
  }
}

function refuseTiered(image: MetadataImage): void {
  const tiered = [...image.topicsById.values()].filter(
    ({ name }) => image.configs(2, name).get("remote.storage.enable") === "true",
  );
  if (tiered.length === 0) return;
  throw new OfflineError(
    `topic ${tiered[0]!.name}${tiered.length > 1 ? ` and ${tiered.length - 1} more` : ""} has segments in tiered storage, which are not in these ` +
      "directories; switch remote.storage.enable off with remote.log.delete.on.disable=false after reading them back, or delete the topic",
  );
}

function nodesOf(directories: readonly KafkaDirectory[], { keepNodeIds }: PlanOptions): NodePlan[] {
  const byNode = new Map<NodeId, KafkaDirectory[]>();
  for (const directory of directories) {
    const others = byNode.get(directory.nodeId);
    if (others === undefined) byNode.set(directory.nodeId, [directory]);
    else if (others.some(({ path }) => path === directory.path)) {
      throw new OfflineError(`${directory.path} is named twice`);
    } else others.push(directory);
  }
  // A controller that stands apart brings the metadata and no partitions.
  const ids = [...byNode.keys()]
    .filter((id) => byNode.get(id)!.some(({ partitions, stoppedCleanly }) => partitions.length > 0 || stoppedCleanly))
    .sort((a, b) => a - b);
  if (ids.length === 0) {
    throw new OfflineError("no partitions in these directories; give the log.dirs of at least one broker");
  }
  return ids.map((kafkaNodeId, index) => ({
    nodeId: keepNodeIds ? kafkaNodeId : index + 1,
    kafkaNodeId,
    sources: byNode.get(kafkaNodeId)!,
  }));
}

/** By topic id and partition, then by the new node's id. */
function replicasFound(
  nodes: readonly NodePlan[],
  image: MetadataImage,
  notes: string[],
): Map<string, Map<NodeId, ReplicaPlan>> {
  const found = new Map<string, Map<NodeId, ReplicaPlan>>();
  for (const { nodeId, kafkaNodeId, sources } of nodes) {
    for (const directory of sources) {
      const strangers = [...directory.leftovers];
      for (const source of directory.partitions) {
        const { topic, partition, topicId } = source;
        const assigned = image.partition(topicId, partition)?.replicas.includes(kafkaNodeId) ?? false;
        if (!assigned) {
          strangers.push(`${topic}-${partition}`);
          continue;
        }
        const key = `${topicId}:${partition}`;
        const replicas = found.get(key) ?? new Map<NodeId, ReplicaPlan>();
        const other = replicas.get(nodeId);
        if (other !== undefined) {
          throw new OfflineError(
            `${topic}-${partition} lies in ${other.directory.path} and in ${directory.path}; move the one that the broker does not use away`,
          );
        }
        replicas.set(nodeId, { topic, partition, nodeId, source, directory });
        found.set(key, replicas);
      }
      if (strangers.length > 0) {
        notes.push(`${directory.path}: left behind, as no topic has them: ${strangers.join(", ")}`);
      }
    }
  }
  return found;
}

interface PartitionFacts {
  here: ReadonlyMap<NodeId, ReplicaPlan>;
  newIds: ReadonlyMap<NodeId, NodeId>;
  options: PlanOptions;
  missing: Missing;
}

/**
 * Replicas that are not here fall away; of those that are here the in-sync ones count. A reassignment that was under way
 * ends with those that were in sync. The leader is nobody until a node has registered, as after a stop of all of Kafka.
 */
function partitionPlan(topic: TopicImage, was: PartitionImage, facts: PartitionFacts): PartitionPlan {
  const { here, newIds, options, missing } = facts;
  const present = (kafkaId: NodeId): boolean => {
    const id = newIds.get(kafkaId);
    return id !== undefined && here.has(id);
  };
  const isr = was.isr.filter(present);
  const stale = isr.length === 0 ? was.replicas.filter(present) : [];
  if (isr.length === 0 && (stale.length === 0 || !options.staleReplicas)) missing.add(topic, was, stale.length > 0);
  const trusted = isr.length > 0 ? isr : stale.slice(0, 1);
  const replicas = was.replicas.filter((id) => present(id) && (trusted.includes(id) || !was.adding.includes(id)));
  const renamed = (ids: readonly NodeId[]) => ids.map((id) => newIds.get(id)!);
  return {
    partition: was.partition,
    replicas: renamed(replicas),
    isr: renamed(trusted),
    leaderEpoch: was.leaderEpoch,
    partitionEpoch: was.partitionEpoch + 1,
  };
}

/** Partitions of which no replica that can be trusted was given. */
class Missing {
  readonly #absent: string[] = [];
  readonly #stale: string[] = [];
  readonly #brokers = new Set<NodeId>();

  add(topic: TopicImage, partition: PartitionImage, hasStale: boolean): void {
    (hasStale ? this.#stale : this.#absent).push(`${topic.name}-${partition.partition}`);
    for (const id of partition.isr) this.#brokers.add(id);
  }

  refuse(): void {
    const brokers = [...this.#brokers].sort((a, b) => a - b).join(", ");
    if (this.#absent.length > 0) {
      throw new OfflineError(
        `no replica of ${listed(this.#absent)} is in these directories; give those of broker ${brokers} too, or delete the topic in Kafka first`,
      );
    }
    if (this.#stale.length > 0) {
      throw new OfflineError(
        `${listed(this.#stale)}: the replicas in these directories were not in sync and may lack the newest records; give the ` +
          `directories of broker ${brokers} too, or --stale-replicas to take what is there`,
      );
    }
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
