import { KafkaError } from "@moldau/base";
import { GROUP_METADATA_TOPIC } from "@moldau/metadata";
import {
  ApiKey,
  readHeartbeatResponse,
  readJoinGroupResponse,
  readLeaveGroupResponse,
  readOffsetCommitResponse,
  readSyncGroupResponse,
  writeHeartbeatRequest,
  writeJoinGroupRequest,
  writeLeaveGroupRequest,
  writeOffsetCommitRequest,
  writeSyncGroupRequest,
} from "@moldau/protocol";
import { askCoordinator, type CoordinatorApi } from "./ask-coordinator";
import { Client, type ClientOptions, nameOf, type TopicPartition } from "./client";

export interface MemberOptions extends ClientOptions {
  readonly group: string;
  readonly partitions: readonly TopicPartition[];
  readonly pauseMs: number;
  readonly sessionTimeoutMs: number;
  /** Of a static member, which comes back as another process. */
  readonly instanceId: string | null;
  /** Whether it says good-bye when it is told to stop. */
  readonly leaves: boolean;
  /** Offsets that are committed for the group rise, whoever commits. */
  nextOffset(): number;
}

const RETRY_MS = 60;

/** A member of a classic group: joins, shares the partitions out if it leads, commits in its generation, joins again when told. */
export class Member {
  readonly client: Client;
  #memberId = "";
  #generation = -1;
  #assigned: readonly TopicPartition[] = [];
  #idle = true;

  constructor(readonly options: MemberOptions) {
    this.client = new Client(options);
  }

  get isIdle(): boolean {
    return this.#idle || !this.client.process.alive;
  }

  start(): void {
    this.#idle = false;
    this.client.run(async () => {
      const { client } = this;
      const { random, pauseMs, leaves, instanceId, group: groupId } = this.options;
      while (!client.stopped) {
        if (this.#generation < 0) {
          if (!(await this.#join())) await client.sleep(RETRY_MS);
          continue;
        }
        await client.sleep(pauseMs * (0.5 + random.next()));
        await (random.chance(0.5) ? this.#heartbeat() : this.#commit());
      }
      const members = [{ memberId: this.#memberId, groupInstanceId: null, reason: "the run is over" }];
      // A static member just goes; it will be back.
      if (leaves && instanceId === null && this.#memberId !== "") await this.#ask(leaveApi, { groupId, members });
      this.#idle = true;
    });
  }

  /** Into the next generation, with an assignment. */
  async #join(): Promise<boolean> {
    const { group: groupId, sessionTimeoutMs, partitions, instanceId, time, record } = this.options;
    const joined = await this.#ask(joinApi, {
      groupId,
      sessionTimeoutMs,
      rebalanceTimeoutMs: sessionTimeoutMs,
      memberId: this.#memberId,
      groupInstanceId: instanceId,
      protocolType: "simulated",
      protocols: [{ name: "shares", metadata: new Uint8Array(0) }],
      reason: null,
    });
    if (joined === undefined) return false;
    if (joined.errorCode !== KafkaError.NONE) {
      this.#memberId =
        joined.errorCode === KafkaError.MEMBER_ID_REQUIRED ? joined.memberId : this.#after(joined.errorCode);
      return false;
    }
    this.#memberId = joined.memberId;
    const members = joined.members.map(({ memberId }) => memberId);
    const synced = await this.#ask(syncApi, {
      groupId,
      generationId: joined.generationId,
      memberId: this.#memberId,
      groupInstanceId: instanceId,
      protocolType: "simulated",
      protocolName: "shares",
      assignments: members.map((memberId, at) => ({
        memberId,
        assignment: Uint8Array.from(
          partitions.flatMap((_, partition) => (partition % members.length === at ? [partition] : [])),
        ),
      })),
    });
    if (synced?.errorCode !== KafkaError.NONE) {
      if (synced !== undefined) this.#memberId = this.#after(synced.errorCode);
      return false;
    }
    this.#generation = joined.generationId;
    this.#assigned = [...synced.assignment].map((partition) => partitions[partition]!);
    record({
      type: "rebalance",
      process: this.client.name,
      consumer: instanceId ?? this.client.name,
      group: groupId,
      generation: this.#generation,
      assigned: this.#assigned.map(nameOf),
      endMs: time.nowMs,
    });
    return true;
  }

  async #heartbeat(): Promise<void> {
    const { group: groupId, instanceId: groupInstanceId } = this.options;
    const reply = await this.#ask(heartbeatApi, {
      groupId,
      generationId: this.#generation,
      memberId: this.#memberId,
      groupInstanceId,
    });
    if (reply !== undefined) this.#memberId = this.#after(reply.errorCode);
  }

  async #commit(): Promise<void> {
    const { group: groupId, instanceId: groupInstanceId, time, record, random } = this.options;
    if (this.#assigned.length === 0) return this.#heartbeat();
    const partition = random.pick(this.#assigned);
    const offset = this.options.nextOffset();
    const event = {
      type: "commit" as const,
      process: this.client.name,
      group: groupId,
      partition: nameOf(partition),
      offset,
      generation: this.#generation,
      invokeMs: time.nowMs,
    };
    record({ ...event, outcome: { kind: "unknown" } });
    const reply = await this.#ask(commitApi, {
      groupId,
      generationIdOrMemberEpoch: this.#generation,
      memberId: this.#memberId,
      groupInstanceId,
      topics: [
        { name: partition.topic, partitions: [{ partitionIndex: partition.partition, committedOffset: offset }] },
      ],
    });
    const errorCode = reply?.topics[0]?.partitions[0]?.errorCode;
    if (errorCode === KafkaError.NONE) record({ ...event, outcome: { kind: "acked", endMs: time.nowMs } });
    else if (errorCode !== undefined) this.#memberId = this.#after(errorCode);
  }

  /** What an error makes of this member; returns its id from now on. */
  #after(errorCode: number): string {
    const id = this.#memberId;
    switch (errorCode) {
      case KafkaError.NONE:
      case KafkaError.COORDINATOR_LOAD_IN_PROGRESS:
      case KafkaError.COORDINATOR_NOT_AVAILABLE:
      case KafkaError.NOT_COORDINATOR:
      // A coordinator may hear of a topic later than we do.
      case KafkaError.UNKNOWN_TOPIC_OR_PARTITION:
        return id;
      case KafkaError.REBALANCE_IN_PROGRESS:
      case KafkaError.ILLEGAL_GENERATION:
        this.#generation = -1;
        return id;
      case KafkaError.FENCED_INSTANCE_ID:
        // Another process is the static member now.
        this.client.stopped = true;
        return "";
      case KafkaError.UNKNOWN_MEMBER_ID:
        this.#generation = -1;
        return "";
      default:
        this.options.violation("group-refused", `${this.client.name}: error ${errorCode}`);
        this.#generation = -1;
        return "";
    }
  }

  #ask<Q, R>(api: CoordinatorApi<Q, R>, request: NoInfer<Q>): Promise<R | undefined> {
    return askCoordinator(this.client, { shardTopic: GROUP_METADATA_TOPIC, id: this.options.group }, api, request);
  }
}

const joinApi = { key: ApiKey.JoinGroup, version: 9, write: writeJoinGroupRequest, read: readJoinGroupResponse };
const syncApi = { key: ApiKey.SyncGroup, version: 5, write: writeSyncGroupRequest, read: readSyncGroupResponse };
const heartbeatApi = { key: ApiKey.Heartbeat, version: 4, write: writeHeartbeatRequest, read: readHeartbeatResponse };
const leaveApi = { key: ApiKey.LeaveGroup, version: 5, write: writeLeaveGroupRequest, read: readLeaveGroupResponse };
const commitApi = {
  key: ApiKey.OffsetCommit,
  version: 9,
  write: writeOffsetCommitRequest,
  read: readOffsetCommitResponse,
};
