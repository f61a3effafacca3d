import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { ConsumerGroup } from "./consumer-group";
import type { ConsumerMember } from "./consumer-member";

/** OffsetCommit from which on a member's epoch is understood for what it is. */
const MEMBER_EPOCH_VERSION = 9;

/**
 * Whether a member may commit. Without an epoch (tools) only while nobody is in the group. `transactional`: TxnOffsetCommit,
 * whose version says nothing here.
 * Source: ConsumerGroup.validateOffsetCommit.
 */
export function checkConsumerCommit(
  group: ConsumerGroup,
  { memberId, memberEpoch }: { readonly memberId: string; readonly memberEpoch: number },
  by: { readonly apiVersion: number } | "transaction",
): KafkaErrorCode {
  if (memberEpoch < 0 && group.members.size === 0) return KafkaError.NONE;
  const member = group.members.get(memberId);
  if (member === undefined) return KafkaError.UNKNOWN_MEMBER_ID;
  if (by !== "transaction" && member.classic === null && by.apiVersion < MEMBER_EPOCH_VERSION) {
    return KafkaError.UNSUPPORTED_VERSION;
  }
  return checkMemberEpoch(member, memberEpoch);
}

/**
 * Whether a member may fetch offsets; who does not say that it is a member (tools, clients before v9) may always.
 * Source: ConsumerGroup.validateOffsetFetch.
 */
export function checkConsumerFetch(
  group: ConsumerGroup,
  asked: { readonly memberId: string | null; readonly memberEpoch: number } | undefined,
): KafkaErrorCode {
  if (asked === undefined || (asked.memberId === null && asked.memberEpoch < 0)) return KafkaError.NONE;
  const member = asked.memberId === null ? undefined : group.members.get(asked.memberId);
  return member === undefined ? KafkaError.UNKNOWN_MEMBER_ID : checkMemberEpoch(member, asked.memberEpoch);
}

function checkMemberEpoch(member: ConsumerMember, epoch: number): KafkaErrorCode {
  if (epoch === member.memberEpoch) return KafkaError.NONE;
  return member.classic === null ? KafkaError.STALE_MEMBER_EPOCH : KafkaError.ILLEGAL_GENERATION;
}
