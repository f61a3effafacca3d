import { NO_NODE, type NodeId, type Uuid } from "@moldau/base";
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
  /** The effective one, at most the number of replicas. */
  readonly minIsr: number;
  readonly elrEnabled: boolean;
  readonly election?: Election;
  /** The ISR wished for; the present one where absent. */
  readonly targetIsr?: readonly NodeId[];
  /** Replicas that may have lost what they had: they leave the ELR too. */
  readonly uncleanShutdown?: readonly NodeId[];
  readonly targetRecoveryState?: number;
}

type ChangeValue = {
  -readonly [
    K in keyof MetadataRecordValues["PartitionChangeRecord"]
  ]: MetadataRecordValues["PartitionChangeRecord"][K];
};

/**
 * The record that takes a partition to the ISR wished for, with the election, the ELR and the recovery state that follow
 * from it; undefined where nothing changes. Without ELR the last member of an ISR stays in it when it goes away: that is
 * how a partition knows who may lead it again. With ELR it moves there. Source: KIP-704, KIP-966.
 */
export function changePartition(change: PartitionChange): MetadataRecord | undefined {
  const { partition, elrEnabled } = change;
  const value: ChangeValue = { topicId: change.topicId, partitionId: partition.partition };
  let isr = change.targetIsr ?? partition.isr;
  let elr = elrEnabled ? targetElr(change, isr) : [];

  const elected = elect(change, isr, elr);
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
  }
  if (isr.length === 0 && !elrEnabled) isr = partition.isr;

  if (!sameMembers(isr, partition.isr)) value.isr = isr;
  if (!sameMembers(elr, partition.elr)) value.eligibleLeaderReplicas = elr;
  const lastKnown = lastKnownLeader(change, isr, elected.leader);
  if (!sameMembers(lastKnown, partition.lastKnownElr)) value.lastKnownElr = lastKnown;
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

/** Who left the ISR while it was below min ISR stays eligible: nothing was acknowledged without them (KIP-966). */
function targetElr(change: PartitionChange, isr: readonly NodeId[]): readonly NodeId[] {
  if (isr.length >= change.minIsr) return [];
  const { partition, uncleanShutdown = [] } = change;
  const candidates = [...new Set([...partition.elr, ...partition.isr])];
  return candidates.filter((each) => !isr.includes(each) && !uncleanShutdown.includes(each));
}

interface Elected {
  leader: NodeId;
  unclean: boolean;
}

function elect(change: PartitionChange, isr: readonly NodeId[], elr: readonly NodeId[]): Elected {
  const { partition, election = "online", isAcceptableLeader } = change;
  const { replicas, leader } = partition;
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

function sameMembers(a: readonly NodeId[], b: readonly NodeId[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
