import { KafkaError, kafkaErrorName } from "@moldau/base";
import type { IsrChangeResult } from "@moldau/contracts";
import type { RoleContext } from "@moldau/host";
import type { IsrProposal } from "@moldau/partition";
import type { HostedPartition } from "./hosted-partition";
import type { NodeRegistration } from "@moldau/host";

const CALL_TIMEOUT_MS = 10_000;
/** After a refusal: by then the metadata that explains it is here. */
const RETRY_MS = 200;

/**
 * Takes the leaders' ISR changes to the controller: many partitions in one AlterPartition, one request at a time, one change
 * a partition (rule 21).
 */
export class IsrChanges {
  readonly #context: RoleContext;
  readonly #registration: NodeRegistration;
  readonly #due = new Set<HostedPartition>();
  #sending = false;
  #stopped = false;

  constructor(context: RoleContext, registration: NodeRegistration) {
    this.#context = context;
    this.#registration = registration;
  }

  /** This partition may have a change to propose. */
  note(hosted: HostedPartition): void {
    if (hosted.isrRetryMs > this.#context.clock.monotonicMs()) return;
    this.#due.add(hosted);
    if (!this.#sending) void this.#send();
  }

  stop(): void {
    this.#stopped = true;
    this.#due.clear();
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
      const accepted = result?.errorCode === KafkaError.NONE;
      if (!accepted) {
        hosted.isrRetryMs = clock.monotonicMs() + RETRY_MS;
        if (result) {
          const error = kafkaErrorName(result.errorCode);
          telemetry.log.debug({ partition: hosted.name, error }, "ISR change refused");
        }
      } else {
        const isr = proposal.newIsr.map(({ brokerId }) => brokerId);
        telemetry.log.info({ partition: hosted.name, isr, leaderEpoch: proposal.leaderEpoch }, "ISR changed");
      }
      hosted.replica.onIsrAnswer(proposal, accepted ? result : undefined, clock.nowMs());
      hosted.settle();
    }
  }
}
