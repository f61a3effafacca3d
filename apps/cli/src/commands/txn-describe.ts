import { KafkaError } from "@moldau/base";
import type { Admin, TransactionDescription } from "@moldau/client";
import type { Command } from "commander";
import { CliError, hasCode } from "../errors";
import { partitionName } from "../offsets";
import { fields } from "../render";
import { examples, type Session } from "../session";
import { showSeconds, showTime } from "../times";

export function txnDescribe(parent: Command, session: Session): void {
  parent
    .command("describe")
    .description("show a transactional id: its producer, since when its transaction runs, and in which partitions")
    .argument("<transactional-id...>", "ids")
    .addHelpText("after", examples([["moldau txn describe billing-3", "what it has begun"]]))
    .action((ids: string[]) => run(session, ids));
}

async function run(session: Session, ids: readonly string[]): Promise<void> {
  const transactions = await session.withAdmin(async (admin) => {
    const all: TransactionDescription[] = [];
    for (const id of ids) all.push(await describeTransaction(admin, id));
    return all;
  });
  const nowMs = session.terminal.wallMs();
  await session.print({
    data: transactions,
    text: () => transactions.map((transaction) => textOf(transaction, nowMs)).join("\n\n"),
  });
}

/** One that nobody knows is told in words. */
export async function describeTransaction(admin: Admin, id: string): Promise<TransactionDescription> {
  try {
    const [found] = await admin.describeTransactions([id]);
    return found!;
  } catch (error) {
    if (!hasCode(error, KafkaError.TRANSACTIONAL_ID_NOT_FOUND)) throw error;
    throw new CliError(`transactional id ${id} does not exist; see moldau txn list`);
  }
}

function textOf(transaction: TransactionDescription, nowMs: number): string {
  const { startedAtMs, timeoutMs, partitions } = transaction;
  const age = showSeconds(Math.max(0, nowMs - startedAtMs) / 1000);
  return fields([
    ["Transactional id", transaction.transactionalId],
    ["State", transaction.state],
    ["Producer", `${transaction.producerId}, epoch ${transaction.producerEpoch}`],
    ["Coordinator", transaction.coordinator],
    ["Time-out", showSeconds(timeoutMs / 1000)],
    ["Began", startedAtMs < 0 ? undefined : `${showTime(startedAtMs)}, ${age} ago`],
    ["Partitions", partitions.map(partitionName).join(" ") || undefined],
  ]);
}
