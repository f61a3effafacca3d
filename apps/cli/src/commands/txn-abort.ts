import type { Command } from "commander";
import { CliError, usageError } from "../errors";
import { withTopic } from "../nearest";
import { wholeNumber } from "../parse-options";
import { examples, type Session } from "../session";
import { describeTransaction } from "./txn-describe";

interface Options {
  topic?: string;
  partition?: number;
  producerId?: number;
}

export function txnAbort(parent: Command, session: Session): void {
  parent
    .command("abort")
    .description("end a transaction: by its id, or in one partition where it hangs there (see find-hanging)")
    .argument("[transactional-id]", "its producer is fenced as if a new one had started, and its transaction aborted")
    .option("--topic <topic>", "of a transaction that hangs")
    .option("-p, --partition <n>", "the partition it hangs in", wholeNumber("--partition", 0))
    .option("--producer-id <id>", "its producer", wholeNumber("--producer-id", 0))
    .addHelpText(
      "after",
      examples([
        ["moldau txn abort billing-3", "fences its producer"],
        ["moldau txn abort --topic orders -p 0 --producer-id 4001", "an abort marker, past every coordinator"],
      ]),
    )
    .action((id: string | undefined, options: Options) => run(session, id, options));
}

async function run(session: Session, id: string | undefined, options: Options): Promise<void> {
  const { topic, partition, producerId } = options;
  const hanging = topic !== undefined && partition !== undefined && producerId !== undefined;
  const named = [topic, partition, producerId].some((option) => option !== undefined);
  if (id !== undefined && named) throw usageError("a transactional id needs no --topic, -p and --producer-id");
  if (id !== undefined) return abortById(session, id);
  if (!hanging) throw usageError("name a transactional id, or all of --topic, -p and --producer-id");
  return abortHanging(session, { topic, partition, producerId });
}

async function abortById(session: Session, id: string): Promise<void> {
  const [before, fenced] = await session.withAdmin(async (admin) => [
    // Else a name that nobody uses would become one.
    await describeTransaction(admin, id),
    await admin.fenceProducer(id),
  ]);
  const { producerId, producerEpoch } = fenced;
  const aborted = before.state === "Ongoing";
  await session.print({
    data: { transactionalId: id, stateBefore: before.state, aborted, producerId, producerEpoch },
    text: () =>
      `fenced the producer of ${id}; ${aborted ? "its transaction is aborted" : `no transaction ran (${before.state})`}`,
  });
}

async function abortHanging(
  session: Session,
  at: { topic: string; partition: number; producerId: number },
): Promise<void> {
  const { topic, partition, producerId } = at;
  await session.withAdmin(async (admin) => {
    const producers = await withTopic(admin, topic, () => admin.describeProducers([{ topic, partition }]));
    const producer = producers.find((each) => each.producerId === producerId);
    if (producer === undefined || producer.transactionStartOffset < 0) {
      throw new CliError(`producer ${producerId} has no open transaction in ${topic}-${partition}`);
    }
    const { producerEpoch, coordinatorEpoch } = producer;
    // No coordinator has written there yet: any epoch will do. Source: KIP-664.
    await admin.abortTransaction({ ...at, producerEpoch, coordinatorEpoch: Math.max(coordinatorEpoch, 0) });
  });
  await session.print({
    data: { ...at, aborted: true },
    text: () => `aborted the transaction of producer ${producerId} in ${topic}-${partition}`,
  });
}
