// Drives a member of a group of the new kind (KIP-848): its heartbeats, one at a time, and the steps that `ConsumerMember` asks for.
// Partitions are taken away only while somebody polls, so never from under a caller that works on their records; heartbeats go on meanwhile.
import { randomUUID } from "node:crypto";
import { KafkaError, type Uuid } from "@moldau/base";
import { calls } from "../calls";
import { isClientError, KafkaClientError, refused } from "../client-error";
import { ANSWER_SLACK_MS, type Cluster } from "../cluster";
import type { TopicPartition } from "../topic-partition";
import { ConsumerMember, type ConsumerMemberOptions, type GroupSubscription, type MemberStep } from "./consumer-member";
import type { GroupMembership, MembershipEvents } from "./group-membership";

const LEAVE_MS = 3_000;
/** After a heartbeat that could not be brought to any coordinator. */
const RETRY_MS = 1_000;
/** Regular expressions came with it. */
const PATTERN_VERSION = 1;

const outdated: readonly number[] = [
  KafkaError.STALE_MEMBER_EPOCH,
  KafkaError.UNKNOWN_MEMBER_ID,
  KafkaError.FENCED_MEMBER_EPOCH,
];

export class ConsumerMembership implements GroupMembership {
  private readonly member: ConsumerMember;
  private beating: Promise<void> | undefined;
  private stepping: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private usesPattern = false;
  /** Names of topics that partitions are or were held of; a topic that was made anew has another id. */
  private readonly names = new Map<Uuid, string>();
  private gone = false;

  constructor(
    private readonly cluster: Cluster,
    options: Omit<ConsumerMemberOptions, "memberId">,
    private readonly events: MembershipEvents,
  ) {
    this.member = new ConsumerMember({ ...options, memberId: newMemberId() });
  }

  get memberId(): string {
    return this.member.memberId;
  }

  get generationId(): number {
    return this.member.epoch;
  }

  get active(): boolean {
    return this.member.isActive;
  }

  subscribe(subscription: GroupSubscription): void {
    this.usesPattern = subscription.pattern !== undefined;
    this.member.subscribe(subscription);
    this.beat();
  }

  advance(): void {
    this.step(true);
  }

  notice(errorCode: number): void {
    // The coordinator has gone on: its next answer tells the epoch, or that this member is out.
    if (outdated.includes(errorCode)) this.beat();
  }

  async leave(): Promise<void> {
    this.gone = true;
    clearTimeout(this.timer);
    const farewell = this.member.leave();
    if (farewell === undefined) return;
    const { groupId } = this.member.options;
    await this.cluster
      .withCoordinator(groupId, (ask) => ask(calls.consumerGroupHeartbeat, farewell, { timeoutMs: LEAVE_MS }), {
        deadlineMs: performance.now(),
      })
      .catch(() => undefined);
  }

  /** One heartbeat, unless one is under way. */
  private beat(): void {
    if (this.gone || this.beating !== undefined || !this.member.speaks) return;
    clearTimeout(this.timer);
    let pauseMs = 0;
    this.beating = this.sendHeartbeat()
      .catch((error: unknown) => {
        pauseMs = RETRY_MS;
        if (!this.gone) this.events.onError(error instanceof Error ? error : new Error(String(error)));
      })
      .finally(() => {
        this.beating = undefined;
        this.step(false);
        this.beatLater(pauseMs);
        this.events.onNews();
      });
  }

  private beatLater(pauseMs: number): void {
    clearTimeout(this.timer);
    if (this.gone || !this.member.speaks) return;
    if (pauseMs === 0 && this.member.isUrgent) return this.beat();
    this.timer = setTimeout(() => this.beat(), pauseMs || this.member.heartbeatIntervalMs);
  }

  private async sendHeartbeat(): Promise<void> {
    const { member } = this;
    const { groupId } = member.options;
    await this.cluster.withCoordinator(
      groupId,
      async (ask) => {
        const response = await ask(
          calls.consumerGroupHeartbeat,
          (version) => {
            if (this.usesPattern && version < PATTERN_VERSION)
              throw unsupported("regular expressions in groups of this kind");
            return member.heartbeat(version);
          },
          { timeoutMs: member.heartbeatIntervalMs + ANSWER_SLACK_MS },
        ).catch((error: unknown) => {
          member.unheard();
          if (!isClientError(error, KafkaError.UNSUPPORTED_VERSION)) throw error;
          member.giveUp();
          throw unsupported(this.usesPattern ? "regular expressions in groups of this kind" : "groups of this kind");
        });
        const { errorCode, errorMessage } = response;
        const joined = member.state === "joining";
        const verdict = member.answered(response);
        // Fenced before it had joined: to join again at once would go on for ever.
        if (verdict === "again" || verdict === "failed" || (verdict === "fenced" && joined)) {
          throw refused(`group ${groupId}`, errorCode, errorMessage);
        }
      },
      { deadlineMs: Infinity, again: (error) => error.retriable && !this.gone && member.speaks },
    );
    const unknown = member.targetTopicIds.filter((id) => this.nameOf(id) === undefined);
    // One that is gone already stays without, until the coordinator knows too.
    if (unknown.length > 0) await this.cluster.metadataById(unknown).catch(() => undefined);
  }

  /** Carries out what has to be done, one step after another; taking away only where `polled`. */
  private step(polled: boolean): void {
    if (this.gone || this.stepping !== undefined) return;
    const step = this.member.next((id) => this.nameOf(id) !== undefined);
    if (step === undefined || (step.kind !== "assign" && !polled)) return;
    if (step.kind === "assign") {
      this.member.did(step);
      this.events.onAssigned(this.named(step), this.member.epoch);
      this.afterStep();
      return;
    }
    const done =
      step.kind === "revoke" ? this.events.onRevoked(this.named(step)) : this.events.onLost(this.named(step));
    this.stepping = done
      // Not committed: what was handed out comes again. No reason to keep what is others' now.
      .catch((error: unknown) => this.events.onError(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        this.stepping = undefined;
        this.member.did(step);
        this.afterStep();
      });
  }

  private afterStep(): void {
    this.step(false);
    if (this.stepping === undefined && this.member.isUrgent) this.beat();
    this.events.onNews();
  }

  private named({ partitions }: MemberStep): TopicPartition[] {
    return partitions.map(({ topicId, partition }) => ({ topic: this.nameOf(topicId)!, partition }));
  }

  private nameOf(topicId: Uuid): string | undefined {
    const name = this.names.get(topicId) ?? this.cluster.topicName(topicId);
    if (name !== undefined) this.names.set(topicId, name);
    return name;
  }
}

/** As Java's client makes them: sixteen random bytes. Source: KIP-1082, org.apache.kafka.common.Uuid. */
function newMemberId(): Uuid {
  return Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64url") as Uuid;
}

function unsupported(what: string): KafkaClientError {
  return new KafkaClientError(
    `the cluster does not know ${what} (KIP-848, Apache Kafka 4.0); use groupProtocol "classic"`,
    KafkaError.UNSUPPORTED_VERSION,
  );
}
