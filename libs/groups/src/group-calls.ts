import type { KafkaErrorCode } from "@moldau/base";
import type {
  ConsumerGroupDescribeResponse,
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
  DescribeGroupsResponse,
  Draft,
  HeartbeatRequest,
  HeartbeatResponse,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  LeaveGroupResponse,
  ListGroupsResponse,
  OffsetCommitRequest,
  OffsetCommitResponse,
  OffsetDeleteRequest,
  OffsetDeleteResponse,
  OffsetFetchResponse,
  SyncGroupRequest,
  SyncGroupResponse,
  TxnOffsetCommitRequest,
  TxnOffsetCommitResponse,
} from "@moldau/protocol";
import type { TransactionRef } from "./group-record";

/** Who asks. */
export interface Caller {
  readonly apiVersion: number;
  readonly clientId: string;
  /** As Kafka prints an address: `/10.0.0.7`. */
  readonly clientHost: string;
}

export type DescribedGroup = Draft<DescribeGroupsResponse["groups"][number]>;
export type DescribedConsumerGroup = Draft<ConsumerGroupDescribeResponse["groups"][number]>;
export type ListedGroup = Draft<ListGroupsResponse["groups"][number]>;
export type FetchedGroupOffsets = Draft<OffsetFetchResponse["groups"][number]>;

/**
 * What a shard of groups can be asked, and what it answers. Each call concerns one group of the shard (or all of them);
 * a request about many groups is divided and put together again by the role.
 */
export interface GroupCalls {
  /** `newMemberId`: the id this member gets if it has none, made of client or instance id and a random UUID. */
  join: { ask: { caller: Caller; body: JoinGroupRequest; newMemberId: string }; reply: Draft<JoinGroupResponse> };
  /** `newMemberId`: the id of a member that has none, which clients of version 0 leave to us. */
  consumerHeartbeat: {
    ask: { caller: Caller; body: ConsumerGroupHeartbeatRequest; newMemberId: string };
    reply: Draft<ConsumerGroupHeartbeatResponse>;
  };
  /** Undefined where there is no consumer group of that id. */
  consumerDescribe: { ask: { groupId: string }; reply: DescribedConsumerGroup | undefined };
  sync: { ask: { body: SyncGroupRequest }; reply: Draft<SyncGroupResponse> };
  heartbeat: { ask: { body: HeartbeatRequest }; reply: Draft<HeartbeatResponse> };
  leave: { ask: { caller: Caller; body: LeaveGroupRequest }; reply: Draft<LeaveGroupResponse> };
  commitOffsets: { ask: { caller: Caller; body: OffsetCommitRequest }; reply: Draft<OffsetCommitResponse> };
  /** Comes before a transaction's first offsets in this shard: is it known, or what must be shown with them? */
  guardTransaction: { ask: TransactionRef; reply: { ongoing: boolean; guard: string } };
  /** `guard`: from `guardTransaction`, before the transaction was found to be ongoing. */
  commitTransactionalOffsets: {
    ask: { body: TxnOffsetCommitRequest; guard: string };
    reply: Draft<TxnOffsetCommitResponse>;
  };
  /** NONE when the marker is committed, INVALID_PRODUCER_EPOCH where it comes too late to end anything. */
  endTransaction: {
    ask: TransactionRef & { coordinatorEpoch: number; commit: boolean; transactionVersion: number };
    reply: KafkaErrorCode;
  };
  /** `topics: null` for all that is committed. */
  fetchOffsets: {
    ask: {
      groupId: string;
      topics: readonly { name: string; partitionIndexes: readonly number[] }[] | null;
      requireStable: boolean;
      /** From v9 on: the member of a consumer group that asks; a null id and epoch -1 where none does. */
      member?: { readonly memberId: string | null; readonly memberEpoch: number };
    };
    reply: FetchedGroupOffsets;
  };
  deleteOffsets: { ask: { body: OffsetDeleteRequest }; reply: Draft<OffsetDeleteResponse> };
  describe: { ask: { groupId: string }; reply: DescribedGroup | undefined };
  /** Empty filters let everything pass; both ignore case. */
  list: { ask: { states: readonly string[]; types: readonly string[] }; reply: ListedGroup[] };
  deleteGroup: { ask: { groupId: string }; reply: KafkaErrorCode };
  /** Topics that no longer exist: their offsets go. `more` asks to be called again. */
  forgetTopics: { ask: { topics: readonly string[] }; reply: { more: boolean } };
}

export type GroupCallName = keyof GroupCalls;
export type GroupRequest = { [K in GroupCallName]: { readonly call: K } & GroupCalls[K]["ask"] }[GroupCallName];
export type GroupReply = GroupCalls[GroupCallName]["reply"];
