import { NO_NODE, type NodeId, type Uuid, ZERO_UUID } from "@moldau/base";
import {
  LeaderRecoveryState,
  type MetadataRecord,
  type MetadataRecordValues,
  type PartitionImage,
  record,
} from "@moldau/metadata";

/**
 * How a leader is looked for:
 * - online: keep the present leader if it may go on, else the first replica of the ISR, else (ISR empty) of the ELR,
 *   else the last known leader;
 * - preferred: the same, but the first replica of all before the present leader;
 * - unclean: as online, and as a last resort any live replica: records may be lost.
 * Source: KIP-966, rule 23.
 */
export type Election = "online" | "preferred" | "unclean";

export interface PartitionChange {
  readonly topicId: Uuid;
  readonly partition: PartitionImage;
  /** Live, allowed to lead. */
  readonly isAcceptableLeader: (nodeId: NodeId) => boolean;
  /** min.insync.replicas as configured; it counts as at most the number of replicas that the partition will have. */
  readonly minIsr: number;
  readonly elrEnabled: boolean;
  readonly election?: Election;
  /** The ISR wished for; the present one where absent. */
  readonly targetIsr?: readonly NodeId[];
  /** The replicas wished for, and which of them come and go with a reassignment; the present ones where absent. */
  readonly targetReplicas?: readonly NodeId[];
  readonly targetAdding?: readonly NodeId[];
  readonly targetRemoving?: readonly NodeId[];
  /** Log directories that became known, by replica. */
  readonly targetDirectories?: ReadonlyMap<NodeId, Uuid>;
  /** Log directory that a new replica will surely get: its broker's only one. Not known where absent (KIP-858). */
  readonly directoryOf?: (nodeId: NodeId) => Uuid;
  /** Replicas that may have lost what they had: they leave the ELR too. */
  readonly uncleanShutdown?: readonly NodeId[];
  readonly targetRecoveryState?: number;
}

type ChangeValue = {
  -readonly [
    K in keyof MetadataRecordValues["PartitionChangeRecord"]
  ]: MetadataRecordValues["PartitionChangeRecord"][K];
};

/** What a partition is about to be. */
interface Target {
  isr: readonly NodeId[];
  replicas: readonly NodeId[];
  adding: readonly NodeId[];
  removing: readonly NodeId[];
}

/**
 * The record that takes a partition to the ISR and the replicas wished for, with the end of a reassignment, the election,
 * the ELR and the recovery state that follow from it; undefined where nothing changes. Without ELR the last member of an
 * ISR stays in it when it goes away: that is how a partition knows who may lead it again. With ELR it moves there.
 * Source: Kafka's PartitionChangeBuilder, KIP-455, KIP-704, KIP-858, KIP-966.
 */
export function changePartition(change: PartitionChange): MetadataRecord | undefined {
  const { partition, elrEnabled } = change;
  const value: ChangeValue = { topicId: change.topicId, partitionId: partition.partition };
  let target = completed({
    isr: change.targetIsr ?? partition.isr,
    replicas: change.targetReplicas ?? partition.replicas,
    adding: change.targetAdding ?? partition.adding,
    removing: change.targetRemoving ?? partition.removing,
  });
  let { isr } = target;
  let elr = elrEnabled ? targetElr(change, target) : [];

  const elected = elect(change, target, elr);
  if (elected.leader !== partition.leader) {
    value.leader = elected.leader;
    if (elected.unclean) {
      isr = [elected.leader];
      elr = [];
      if (partition.leaderRecoveryState !== LeaderRecoveryState.RECOVERING) {
        value.leaderRecoveryState = LeaderRecoveryState.RECOVERING;
      }
    } else if (elr.includes(elected.leader)) {
      isr = [elected.leader];
      elr = elr.filter((each) => each !== elected.leader);
    }
    target = completed({ ...target, isr });
    elr = elr.filter((each) => target.replicas.includes(each));
  }
  if (value.leader === undefined && !partition.replicas.every((each) => target.replicas.includes(each))) {
    // A replica goes: what it still sends under the old epoch must be refused.
    value.leader = partition.leader;
  }
  if (isr.length === 0 && !elrEnabled) isr = partition.isr;

  if (!sameMembers(isr, partition.isr)) value.isr = isr;
  if (!sameMembers(elr, partition.elr)) value.eligibleLeaderReplicas = elr;
  const lastKnown = lastKnownLeader(change, isr, elected.leader);
  if (!sameMembers(lastKnown, partition.lastKnownElr)) value.lastKnownElr = lastKnown;
  if (!sameMembers(target.replicas, partition.replicas)) value.replicas = target.replicas;
  if (!sameMembers(target.adding, partition.adding)) value.addingReplicas = target.adding;
  if (!sameMembers(target.removing, partition.removing)) value.removingReplicas = target.removing;
  const directories = targetDirectories(change, target.replicas);
  if (!sameMembers(directories, directoriesOf(partition))) value.directories = directories;
  const { targetRecoveryState } = change;
  if (
    targetRecoveryState !== undefined &&
    value.leaderRecoveryState === undefined &&
    targetRecoveryState !== partition.leaderRecoveryState
  ) {
    value.leaderRecoveryState = targetRecoveryState;
  }
  return Object.keys(value).length > 2 ? record("PartitionChangeRecord", value) : undefined;
}

export function isReassigning(partition: Pick<PartitionImage, "adding" | "removing">): boolean {
  return partition.adding.length > 0 || partition.removing.length > 0;
}

/** A reassignment is over as soon as every replica that stays is in the ISR, whatever brought it there (rule 25). */
function completed(target: Target): Target {
  if (!isReassigning(target)) return target;
  const stays = (nodeId: NodeId) => !target.removing.includes(nodeId);
  const isr = target.isr.filter(stays);
  const replicas = target.replicas.filter(stays);
  if (replicas.length === 0 || !replicas.every((each) => isr.includes(each))) return target;
  return { isr, replicas, adding: [], removing: [] };
}

/** Who left the ISR while it was below min ISR stays eligible: nothing was acknowledged without them (KIP-966). */
function targetElr(change: PartitionChange, { isr, replicas }: Target): readonly NodeId[] {
  if (isr.length >= Math.max(1, Math.min(change.minIsr, replicas.length))) return [];
  const { partition, uncleanShutdown = [] } = change;
  const candidates = [...new Set([...partition.elr, ...partition.isr])];
  return candidates.filter((each) => replicas.includes(each) && !isr.includes(each) && !uncleanShutdown.includes(each));
}

/** The directories of an image, one a replica; older records tell none. */
function directoriesOf(partition: PartitionImage): readonly Uuid[] {
  return partition.replicas.map((_, index) => partition.directories[index] ?? ZERO_UUID);
}

function targetDirectories(change: PartitionChange, replicas: readonly NodeId[]): readonly Uuid[] {
  const { partition, targetDirectories: known, directoryOf } = change;
  const present = directoriesOf(partition);
  return replicas.map((nodeId) => {
    const index = partition.replicas.indexOf(nodeId);
    return known?.get(nodeId) ?? (index >= 0 ? present[index]! : (directoryOf?.(nodeId) ?? ZERO_UUID));
  });
}

interface Elected {
  leader: NodeId;
  unclean: boolean;
}

function elect(change: PartitionChange, { isr, replicas }: Target, elr: readonly NodeId[]): Elected {
  const { partition, election = "online", isAcceptableLeader } = change;
  const { leader } = partition;
  const mayLead = (nodeId: NodeId) =>
    (isr.includes(nodeId) || (isr.length === 0 && elr.includes(nodeId))) && isAcceptableLeader(nodeId);

  const preferred = replicas[0];
  if (election === "preferred" && preferred !== undefined && mayLead(preferred)) return clean(preferred);
  if (mayLead(leader)) return clean(leader);
  const online = replicas.find(mayLead);
  if (online !== undefined) return clean(online);

  const [lastKnown, ...others] = partition.lastKnownElr;
  const nobodyIsSafe = isr.length === 0 && elr.length === 0;
  if (change.elrEnabled && nobodyIsSafe && lastKnown !== undefined && others.length === 0) {
    if (isAcceptableLeader(lastKnown)) return { leader: lastKnown, unclean: true };
  }
  if (election === "unclean") {
    const any = replicas.find(isAcceptableLeader);
    if (any !== undefined) return { leader: any, unclean: true };
  }
  return clean(NO_NODE);
}

function clean(leader: NodeId): Elected {
  return { leader, unclean: false };
}

/** Whoever led when the partition lost its last in-sync replica is remembered until somebody leads again. */
function lastKnownLeader(change: PartitionChange, isr: readonly NodeId[], leader: NodeId): readonly NodeId[] {
  const { partition } = change;
  if (!change.elrEnabled || leader !== NO_NODE) return [];
  if (isr.length === 0 && partition.leader !== NO_NODE) return [partition.leader];
  return partition.lastKnownElr;
}

function sameMembers<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
