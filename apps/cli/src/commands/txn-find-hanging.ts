import type { ActiveProducer, Admin } from "@moldau/client";
import type { Command } from "commander";
import { hangingOf, openForLong } from "../hanging";
import { withTopic } from "../nearest";
import { collect } from "../parse-options";
import { plural, table } from "../render";
import { examples, type Session } from "../session";
import { parseDuration, showSeconds } from "../times";

interface Options {
  topic?: string[];
  olderThan: string;
}

export function txnFindHanging(parent: Command, session: Session): void {
  parent
    .command("find-hanging")
    .description("find open transactions that no coordinator will ever end; exit status 1 where there are some")
    .option("--topic <topic>", "only there; may be repeated", collect)
    .option("--older-than <span>", "last written to before that; transaction.max.timeout.ms or more", "15m")
    .addHelpText(
      "after",
      examples([
        ["moldau txn find-hanging", "in every partition; asks all leaders"],
        ["moldau txn find-hanging --topic orders --older-than 1h", "what keeps read_committed consumers of orders"],
      ]),
    )
    .action((options: Options) => run(session, options));
}

async function run(session: Session, options: Options): Promise<void> {
  const olderThanMs = parseDuration("--older-than", options.olderThan);
  const nowMs = session.terminal.wallMs();
  const { hanging, looked } = await session.withAdmin(async (admin) => {
    const partitions = await partitionsOf(admin, options.topic);
    const candidates = openForLong(await admin.describeProducers(partitions), olderThanMs, nowMs);
    return { hanging: await withoutCoordinator(admin, candidates), looked: partitions.length };
  });
  if (hanging.length > 0) session.exitCode = 1;
  else await session.note(`no transaction hangs in ${plural(looked, "partition")}`);
  await session.print({
    data: hanging,
    text: async () => {
      if (hanging.length === 0) return "";
      const rows = hanging.map((each) => [
        each.topic,
        each.partition,
        each.producerId,
        each.producerEpoch,
        each.transactionStartOffset,
        showSeconds(Math.max(0, nowMs - each.lastTimestampMs) / 1000),
      ]);
      const found = await table(["TOPIC", "PARTITION", "PRODUCER", "EPOCH", "FROM OFFSET", "QUIET FOR"], rows);
      const { topic, partition, producerId } = hanging[0]!;
      return `${found}\n\nend one with moldau txn abort --topic ${topic} -p ${partition} --producer-id ${producerId}`;
    },
  });
}

async function partitionsOf(
  admin: Admin,
  topics: readonly string[] | undefined,
): Promise<{ topic: string; partition: number }[]> {
  if (topics === undefined) return flat(await admin.describeTopics());
  const found = [];
  for (const topic of topics) found.push(...flat(await withTopic(admin, topic, () => admin.describeTopics([topic]))));
  return found;
}

function flat(topics: Awaited<ReturnType<Admin["describeTopics"]>>): { topic: string; partition: number }[] {
  return topics.flatMap(({ name, partitions }) => partitions.map(({ partition }) => ({ topic: name, partition })));
}

async function withoutCoordinator(admin: Admin, candidates: readonly ActiveProducer[]): Promise<ActiveProducer[]> {
  if (candidates.length === 0) return [];
  const producerIds = [...new Set(candidates.map(({ producerId }) => producerId))];
  const listed = await admin.listTransactions({ producerIds });
  return hangingOf(candidates, await admin.describeTransactions(listed.map(({ transactionalId }) => transactionalId)));
}
