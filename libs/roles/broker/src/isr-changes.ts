import { KafkaError, kafkaErrorName } from "@moldau/base";
import type { IsrChangeResult } from "@moldau/contracts";
import type { RoleContext } from "@moldau/host";
import type { IsrAnswer, IsrProposal } from "@moldau/partition";
import type { HostedPartition } from "./hosted-partition";
import type { NodeRegistration } from "@moldau/host";

const CALL_TIMEOUT_MS = 10_000;
/** After a refusal, or no answer: by then the metadata that explains it is here. */
const RETRY_MS = 200;
/** The controller looked at the change and did not make it: what held before holds. Source: handleAlterPartitionError. */
const REFUSALS: ReadonlySet<number> = new Set([
  KafkaError.INELIGIBLE_REPLICA,
  KafkaError.OPERATION_NOT_ATTEMPTED,
  KafkaError.INVALID_REQUEST,
]);

/**
 * Takes the leaders' ISR changes to the controller: many partitions in one AlterPartition, one request at a time, one change
 * a partition (rule 21).
 */
export class IsrChanges {
  readonly #context: RoleContext;
  readonly #registration: NodeRegistration;
  readonly #due = new Set<HostedPartition>();
  /** Those whose change was refused or not answered: looked at again together, a little later. */
  readonly #again = new Set<HostedPartition>();
  #timer: NodeJS.Timeout | undefined;
  #sending = false;
  #stopped = false;

  constructor(context: RoleContext, registration: NodeRegistration) {
    this.#context = context;
    this.#registration = registration;
  }

  /** This partition may have a change to propose. */
  note(hosted: HostedPartition): void {
    if (this.#stopped || this.#again.has(hosted)) return;
    this.#due.add(hosted);
    if (!this.#sending) void this.#send();
  }

  stop(): void {
    this.#stopped = true;
    this.#due.clear();
    this.#again.clear();
    clearTimeout(this.#timer);
  }

  #tryAgain(hosted: HostedPartition): void {
    if (this.#stopped || hosted.isRemoved) return;
    this.#again.add(hosted);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const again = [...this.#again];
      this.#again.clear();
      for (const hosted of again) this.note(hosted);
    }, RETRY_MS);
  }

  async #send(): Promise<void> {
    this.#sending = true;
    try {
      // Whatever becomes due in the same turn travels together.
      await Promise.resolve();
      while (this.#due.size > 0 && !this.#stopped) await this.#sendDue();
    } finally {
      this.#sending = false;
    }
  }

  async #sendDue(): Promise<void> {
    const { clock, nodeId, peers, telemetry } = this.#context;
    const { nodeEpoch } = this.#registration;
    const changes: { hosted: HostedPartition; proposal: IsrProposal }[] = [];
    for (const hosted of this.#due) {
      const proposal = hosted.isRemoved ? undefined : hosted.replica.proposeIsr(nodeEpoch, clock.nowMs());
      if (proposal) changes.push({ hosted, proposal });
    }
    this.#due.clear();
    if (changes.length === 0) return;
    const results = new Map<HostedPartition, IsrChangeResult>();
    try {
      const reply = await peers.controller().alterPartition(
        {
          brokerId: nodeId,
          brokerEpoch: nodeEpoch,
          partitions: changes.map(({ hosted: { topicId, partition }, proposal }) => ({
            topicId,
            partition,
            ...proposal,
            leaderRecoveryState: 0,
          })),
        },
        { traceparent: "", deadlineMs: CALL_TIMEOUT_MS, callerNodeId: nodeId },
      );
      if (reply.errorCode === KafkaError.NONE) {
        const byKey = new Map(reply.partitions.map((result) => [`${result.topicId}:${result.partition}`, result]));
        for (const { hosted } of changes) {
          const result = byKey.get(`${hosted.topicId}:${hosted.partition}`);
          if (result) results.set(hosted, result);
        }
      } else {
        telemetry.log.info({ error: kafkaErrorName(reply.errorCode) }, "the controller refused ISR changes");
      }
    } catch (error) {
      telemetry.log.debug({ err: error }, "no controller for ISR changes");
    }
    for (const { hosted, proposal } of changes) {
      const result = results.get(hosted);
      const answer = answerOf(result);
      if (answer.kind === "accepted") {
        const isr = proposal.newIsr.map(({ brokerId }) => brokerId);
        telemetry.log.info({ partition: hosted.name, isr, leaderEpoch: proposal.leaderEpoch }, "ISR changed");
      } else {
        const error = result ? kafkaErrorName(result.errorCode) : "no answer";
        telemetry.log.debug({ partition: hosted.name, error }, "ISR not changed");
        this.#tryAgain(hosted);
      }
      hosted.replica.onIsrAnswer(proposal, answer, clock.nowMs());
      hosted.settle();
    }
  }
}

function answerOf(result: IsrChangeResult | undefined): IsrAnswer {
  if (result?.errorCode === KafkaError.NONE) {
    const { leaderEpoch, partitionEpoch, isr } = result;
    return { kind: "accepted", leaderEpoch, partitionEpoch, isr };
  }
  return { kind: result && REFUSALS.has(result.errorCode) ? "refused" : "unknown" };
}
