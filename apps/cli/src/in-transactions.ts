// Standard input in transactions: what counts is what was committed, whatever was acknowledged before.
import type { TransactionalProducer } from "@moldau/client";
import { CliError, describeError, isKafkaClientError } from "./errors";
import type { ProduceOutcome } from "./produce-lines";
import { bytes } from "./progress";
import { plural } from "./render";
import type { Session } from "./session";

export class InTransactions {
  private committed: Pick<ProduceOutcome, "acknowledged" | "bytes"> = { acknowledged: 0, bytes: 0 };
  private transactions = 0;

  constructor(
    private readonly producer: TransactionalProducer,
    private readonly transactionalId: string,
  ) {}

  begin(): Promise<void> {
    return this.producer.beginTransaction();
  }

  /** Commits what was written so far, and begins with what follows. */
  async next(soFar: ProduceOutcome): Promise<void> {
    await this.commit(soFar);
    await this.begin();
  }

  /** After the last record: commits, unless one failed or somebody interrupted it. */
  async end(outcome: ProduceOutcome, interrupted: boolean): Promise<void> {
    if (outcome.failed === 0 && !interrupted) return this.commit(outcome);
    // The failure of a record is what is told; a producer that cannot even abort says no more than that.
    await this.producer.abortTransaction().catch(() => undefined);
  }

  async report(session: Session, topic: string, outcome: ProduceOutcome, seconds: number): Promise<void> {
    const { acknowledged: committed, bytes: committedBytes } = this.committed;
    const aborted = outcome.acknowledged + outcome.failed - committed;
    await session.note(
      `${plural(committed, "record")} committed in ${plural(this.transactions, "transaction")}, ` +
        `${bytes(committedBytes)} in ${seconds.toFixed(1)} s` +
        (aborted > 0 ? `; ${aborted} aborted` : ""),
    );
    const { transactions } = this;
    await session.print({ data: { topic, committed, aborted, transactions, bytes: committedBytes }, text: () => "" });
  }

  private async commit({ acknowledged, bytes: size }: ProduceOutcome): Promise<void> {
    try {
      await this.producer.commitTransaction();
    } catch (error) {
      if (!isKafkaClientError(error) || error.remedy !== "again") throw error;
      const records = plural(acknowledged - this.committed.acknowledged, "record");
      throw new CliError(
        `nobody answered whether the last ${records} count: ${describeError(error.cause)}; ` +
          `moldau txn describe ${this.transactionalId} tells, CompleteCommit: they do`,
      );
    }
    if (acknowledged === this.committed.acknowledged) return;
    this.committed = { acknowledged, bytes: size };
    this.transactions++;
  }
}
