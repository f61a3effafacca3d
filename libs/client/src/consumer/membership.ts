// A member of a classic consumer group (KIP-394 joining, "range", all partitions given back before each rebalance).
// States: out → joining → member → (told to rejoin) → joining …; left. Joining begins only while somebody polls, so that
// partitions are never taken from under a caller that still works on their records; then it goes on by itself.
import { KafkaError } from "@moldau/base";
import type { JoinGroupResponse } from "@moldau/protocol";
import { calls } from "../calls";
import { check, isClientError, refused } from "../client-error";
import { ANSWER_SLACK_MS, type Cluster } from "../cluster";
import type { TopicPartition } from "../topic-partition";
import {
  readAssignment,
  readSubscription,
  type TopicPartitions,
  writeAssignment,
  writeSubscription,
} from "./consumer-protocol";
import type { GroupSubscription } from "./consumer-member";
import type { GroupMembership, MembershipEvents } from "./group-membership";
import { assignRanges, RANGE } from "./range-assignor";

export interface MembershipOptions {
  groupId: string;
  /** A static member (KIP-345): it does not say goodbye, and comes back under this name. */
  groupInstanceId?: string;
  sessionTimeoutMs: number;
  heartbeatIntervalMs: number;
  /** How long the others wait for a member that does not come back to `poll`. */
  rebalanceTimeoutMs: number;
}

const PROTOCOL_TYPE = "consumer";
/** The leader looks this often whether a topic has more partitions than it spread. */
const TOPICS_AGE_MS = 30_000;
const LEAVE_MS = 3_000;
/** After these a member begins from the start, without an id. (FENCED_INSTANCE_ID is for good: another one has this member's name.) */
const forgotten: readonly number[] = [KafkaError.UNKNOWN_MEMBER_ID];
/** From these versions on members may be static. */
const STATIC_JOIN_VERSION = 5;
const STATIC_VERSION = 3;
/** After these it joins again. */
const moved: readonly number[] = [KafkaError.REBALANCE_IN_PROGRESS, KafkaError.ILLEGAL_GENERATION];

export class Membership implements GroupMembership {
  memberId = "";
  generationId = -1;
  private topics: readonly string[] = [];
  private rejoin = false;
  private joining: Promise<void> | undefined;
  private holding = false;
  private left = false;
  private timer: NodeJS.Timeout | undefined;
  /** Where this member is the leader: how many partitions it spread, by topic. */
  private spread: ReadonlyMap<string, number> | undefined;
  private topicsCheckedMs = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly options: MembershipOptions,
    private readonly events: MembershipEvents,
  ) {}

  subscribe({ topics }: GroupSubscription): void {
    this.topics = [...topics];
    this.rejoin = true;
    this.advance();
  }

  /** Whether partitions are held under `generationId`. */
  get active(): boolean {
    return this.holding;
  }

  /** Called by whoever polls: nothing that was handed out is being worked on now, so a rebalance may begin. */
  advance(): void {
    if (!this.rejoin || this.joining !== undefined || this.left) return;
    this.rejoin = false;
    clearTimeout(this.timer);
    this.joining = this.giveBack()
      .then(() => this.join())
      .catch((error: Error) => {
        this.rejoin = true;
        if (!this.left) this.events.onError(error);
        if (isClientError(error, KafkaError.FENCED_INSTANCE_ID)) this.expel();
      })
      .finally(() => {
        this.joining = undefined;
        this.events.onNews();
      });
  }

  /** What an answer to a commit or heartbeat says about this membership. */
  notice(errorCode: number): void {
    if (errorCode === KafkaError.FENCED_INSTANCE_ID) this.expel();
    if (forgotten.includes(errorCode)) this.memberId = "";
    if (!forgotten.includes(errorCode) && !moved.includes(errorCode)) return;
    this.rejoin = true;
    this.events.onNews();
  }

  /** Tells the group, so that it need not wait for the session to end. Never rejects. */
  async leave(): Promise<void> {
    this.left = true;
    clearTimeout(this.timer);
    const { memberId } = this;
    // A static member comes back, and finds what it had unless its session ends before.
    if (memberId === "" || this.options.groupInstanceId !== undefined) return;
    await this.cluster
      .withCoordinator(
        this.options.groupId,
        (ask) =>
          ask(
            calls.leaveGroup,
            (version) => ({
              groupId: this.options.groupId,
              ...(version >= 3 ? { members: [{ memberId, groupInstanceId: null }] } : { memberId }),
            }),
            // A join may be waiting in the group's own lane.
            { lane: "main", timeoutMs: LEAVE_MS },
          ),
        { deadlineMs: performance.now() },
      )
      .catch(() => undefined);
    this.memberId = "";
    this.holding = false;
  }

  /** Another one has this static member's name: to join again would throw that one out. */
  private expel(): void {
    if (this.left) return;
    this.left = true;
    this.holding = false;
    clearTimeout(this.timer);
    this.events.onLost("all").catch((error: Error) => this.events.onError(error));
  }

  private instanceIn(isKnown: boolean): { groupInstanceId?: string } {
    const { groupInstanceId } = this.options;
    return isKnown && groupInstanceId !== undefined ? { groupInstanceId } : {};
  }

  private async giveBack(): Promise<void> {
    if (!this.holding) return;
    try {
      await this.events.onRevoked("all");
    } catch (error) {
      // Not committed: what was handed out comes again. No reason to stay out of the group.
      this.events.onError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.holding = false;
    }
  }

  private async join(): Promise<void> {
    while (!this.left) {
      const joined = await this.joinGroup();
      if (joined === undefined) continue;
      const assignment = await this.syncGroup(joined);
      if (assignment === undefined) continue;
      if (this.left) return;
      this.holding = true;
      this.beatLater(this.options.heartbeatIntervalMs);
      const added = assignment.flatMap(({ topic, partitions }) =>
        partitions.map((partition): TopicPartition => ({ topic, partition })),
      );
      this.events.onAssigned(added, this.generationId);
      return;
    }
  }

  /** Undefined: begin again. */
  private joinGroup(): Promise<JoinGroupResponse | undefined> {
    const { groupId, sessionTimeoutMs, rebalanceTimeoutMs } = this.options;
    return this.cluster.withCoordinator(groupId, async (ask) => {
      const response = await ask(
        calls.joinGroup,
        (version) => ({
          groupId,
          sessionTimeoutMs,
          rebalanceTimeoutMs: version >= 1 ? rebalanceTimeoutMs : undefined,
          memberId: this.memberId,
          ...this.instanceIn(version >= STATIC_JOIN_VERSION),
          protocolType: PROTOCOL_TYPE,
          protocols: [{ name: RANGE, metadata: writeSubscription(this.topics) }],
        }),
        { timeoutMs: rebalanceTimeoutMs + ANSWER_SLACK_MS },
      );
      const { errorCode, memberId, generationId } = response;
      if (errorCode === KafkaError.MEMBER_ID_REQUIRED) this.memberId = memberId;
      else if (forgotten.includes(errorCode)) this.memberId = "";
      else if (!moved.includes(errorCode)) {
        check(`join group ${groupId}`, errorCode);
        this.memberId = memberId;
        this.generationId = generationId;
        return response;
      }
      return undefined;
    });
  }

  /** Undefined: join again. */
  private async syncGroup(joined: JoinGroupResponse): Promise<TopicPartitions[] | undefined> {
    const { groupId, rebalanceTimeoutMs } = this.options;
    const { memberId, generationId } = this;
    const leads = joined.leader === memberId && !joined.skipAssignment;
    this.spread = undefined;
    const assignments = leads ? await this.spreadPartitions(joined) : [];
    return this.cluster.withCoordinator(groupId, async (ask) => {
      const response = await ask(
        calls.syncGroup,
        (version) => ({
          groupId,
          generationId,
          memberId,
          ...this.instanceIn(version >= STATIC_VERSION),
          ...(version >= 5 ? { protocolType: PROTOCOL_TYPE, protocolName: joined.protocolName } : {}),
          assignments,
        }),
        { timeoutMs: rebalanceTimeoutMs + ANSWER_SLACK_MS },
      );
      const { errorCode } = response;
      if (forgotten.includes(errorCode)) this.memberId = "";
      if (forgotten.includes(errorCode) || moved.includes(errorCode)) return undefined;
      check(`sync group ${groupId}`, errorCode);
      return readAssignment(response.assignment);
    });
  }

  /** As the leader: who gets what. */
  private async spreadPartitions(joined: JoinGroupResponse): Promise<{ memberId: string; assignment: Uint8Array }[]> {
    const members = joined.members.map(({ memberId, metadata }) => ({ memberId, topics: readSubscription(metadata) }));
    const topics = [...new Set(members.flatMap((member) => member.topics))];
    const counts = await this.countPartitions(topics);
    this.spread = counts;
    this.topicsCheckedMs = performance.now();
    const ranges = assignRanges(members, counts);
    return [...ranges].map(([memberId, assigned]) => ({ memberId, assignment: writeAssignment(assigned) }));
  }

  private async countPartitions(topics: readonly string[]): Promise<Map<string, number>> {
    await this.cluster.retry(() => this.cluster.metadata(topics));
    return new Map(topics.map((topic) => [topic, this.cluster.topic(topic)?.partitions.length ?? 0]));
  }

  private beatLater(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.beat(), ms);
  }

  private async beat(): Promise<void> {
    const { groupId, heartbeatIntervalMs, sessionTimeoutMs } = this.options;
    const { generationId, memberId } = this;
    try {
      const { errorCode } = await this.cluster.withCoordinator(
        groupId,
        async (ask) => {
          const response = await ask(
            calls.heartbeat,
            (version) => ({ groupId, generationId, memberId, ...this.instanceIn(version >= STATIC_VERSION) }),
            { timeoutMs: sessionTimeoutMs },
          );
          const expected = forgotten.includes(response.errorCode) || moved.includes(response.errorCode);
          if (!expected) check(`heartbeat of group ${groupId}`, response.errorCode);
          return response;
        },
        { deadlineMs: performance.now() + sessionTimeoutMs },
      );
      if (this.left || this.joining !== undefined || generationId !== this.generationId) return;
      this.notice(errorCode);
      await this.checkTopics();
    } catch (error) {
      if (this.left) return;
      if (!isClientError(error) || !error.retriable) {
        this.events.onError(error instanceof Error ? error : refused(`heartbeat of group ${groupId}`, -1));
      }
      if (isClientError(error, KafkaError.FENCED_INSTANCE_ID)) this.expel();
    }
    // Even when told to rejoin: until somebody polls, the session must not end.
    if (!this.left && this.joining === undefined) this.beatLater(heartbeatIntervalMs);
  }

  private async checkTopics(): Promise<void> {
    const { spread } = this;
    if (spread === undefined || performance.now() - this.topicsCheckedMs < TOPICS_AGE_MS) return;
    this.topicsCheckedMs = performance.now();
    const counts = await this.countPartitions([...spread.keys()]);
    if ([...counts].some(([topic, count]) => count !== spread.get(topic)))
      this.notice(KafkaError.REBALANCE_IN_PROGRESS);
  }
}
