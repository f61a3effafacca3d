import type { Command } from "commander";
import { collect, wholeNumber } from "../parse-options";
import { table } from "../render";
import { examples, type Session } from "../session";
import { parseDuration } from "../times";

interface Options {
  state?: string[];
  producerId?: number;
  runningLongerThan?: string;
}

export function txnList(parent: Command, session: Session): void {
  parent
    .command("list")
    .description("list transactional ids and where their transactions stand")
    .option("--state <state>", "only in it, such as Ongoing or PrepareCommit; may be repeated", collect)
    .option("--producer-id <id>", "only of this producer", wholeNumber("--producer-id", 0))
    .option("--running-longer-than <span>", "only those that run for 30s, 5m, …; Kafka 3.8")
    .addHelpText(
      "after",
      examples([
        ["moldau txn list", "every transactional id"],
        ["moldau txn list --state Ongoing --running-longer-than 5m", "what takes suspiciously long"],
      ]),
    )
    .action((options: Options) => run(session, options));
}

async function run(session: Session, { state = [], producerId, runningLongerThan }: Options): Promise<void> {
  const filter = {
    states: state,
    producerIds: producerId === undefined ? [] : [producerId],
    ...(runningLongerThan === undefined
      ? {}
      : { runningLongerThanMs: parseDuration("--running-longer-than", runningLongerThan) }),
  };
  const transactions = await session.withAdmin((admin) => admin.listTransactions(filter));
  if (transactions.length === 0) await session.note("no such transactions");
  await session.print({
    data: transactions,
    text: () =>
      table(
        ["TRANSACTIONAL ID", "STATE", "PRODUCER", "COORDINATOR"],
        transactions.map((each) => [each.transactionalId, each.state, each.producerId, each.coordinator]),
      ),
  });
}
