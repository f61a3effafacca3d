import type { TopicPartition } from "../topic-partition";
import type { GroupSubscription } from "./consumer-member";

/** A consumer's place in its group, whichever protocol the group speaks. */
export interface GroupMembership {
  readonly memberId: string;
  /** The group's generation, or the member's epoch: what a commit is made under. */
  readonly generationId: number;
  /** Whether partitions are held under `generationId`. */
  readonly active: boolean;
  /** Names, or a pattern where the protocol has such. */
  subscribe(subscription: GroupSubscription): void;
  /** Called by whoever polls: nothing that was handed out is being worked on now, so partitions may be given back. */
  advance(): void;
  /** What an answer to a commit says about this membership. */
  notice(errorCode: number): void;
  /** Tells the group, so that it need not wait for the session to end. Never rejects. */
  leave(): Promise<void>;
}

export interface MembershipEvents {
  /** These (or all) are about to be given back; until this resolves they are ours and may be committed. */
  onRevoked(partitions: readonly TopicPartition[] | "all"): Promise<void>;
  /** These (or all) were taken away: another member may have them already. */
  onLost(partitions: readonly TopicPartition[] | "all"): Promise<void>;
  /** These come to what is held. */
  onAssigned(added: readonly TopicPartition[], generation: number): void;
  /** Whoever polls should look again. */
  onNews(): void;
  onError(error: Error): void;
}
