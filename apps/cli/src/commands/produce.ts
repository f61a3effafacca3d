import { Option, type Command } from "commander";
import type { ProducerOptions } from "@moldau/client";
import { CliError, usageError } from "../errors";
import { unescape } from "../escapes";
import { splitLines } from "../lines";
import { withTopic } from "../nearest";
import { collect, parseHeader, wholeNumber } from "../parse-options";
import { keyAndValue, produceLines, untilAborted, type ProduceOutcome } from "../produce-lines";
import { bytes, startProgress } from "../progress";
import { plural } from "../render";
import { InTransactions } from "../in-transactions";
import { examples, type Session } from "../session";

const codecs = ["none", "gzip", "snappy", "lz4", "zstd"] as const;

interface Options {
  keyDelimiter?: string;
  key?: string;
  delimiter: string;
  header?: string[];
  compression: (typeof codecs)[number];
  partition?: number;
  emptyIsNull?: boolean;
  acks: "all" | "-1" | "0" | "1";
  count?: number;
  transactionalId?: string;
  batch?: number;
  transactionTimeout: number;
}

export function produce(parent: Command, session: Session): void {
  parent
    .command("produce")
    .description("send the lines of standard input as records")
    .argument("<topic>", "name")
    .option("-K, --key-delimiter <text>", "what is before it in a line is the key; \\t and \\xHH are understood")
    .option("-k, --key <text>", "the key of all records that have none")
    .option("-D, --delimiter <text>", "ends a record", "\\n")
    .option("-H, --header <name=value>", "a header of all records; may be repeated", collect)
    .addOption(new Option("-z, --compression <codec>", "compress batches").choices(codecs).default("none"))
    .option("-p, --partition <n>", "all to this one; by key, else any, by default", wholeNumber("-p", 0))
    .option("-Z, --empty-is-null", "an empty value or key is null (a tombstone where topics are compacted)")
    .addOption(new Option("--acks <acks>", "who must have it").choices(["all", "-1", "1", "0"]).default("all"))
    .option("-c, --count <n>", "stop after so many records", wholeNumber("-c", 1))
    .option(
      "--transactional-id <id>",
      "all or nothing: one transaction for the whole input; aborted where something fails",
    )
    .option("--batch <n>", "with --transactional-id: a transaction for each n records", wholeNumber("--batch", 1))
    .option(
      "--transaction-timeout <s>",
      "the cluster aborts a transaction that is open for longer",
      wholeNumber("--transaction-timeout", 1),
      60,
    )
    .addHelpText(
      "after",
      examples([
        ["echo hello | moldau produce orders", "one record"],
        ["moldau produce orders -K : -z lz4 < orders.txt", "lines of key:value, compressed"],
        ["moldau produce orders -H source=test -H v=2", "typed by hand, with headers; Ctrl-D ends"],
        [
          "moldau produce orders --transactional-id load-7 < orders.txt",
          "readers of committed data see all of it or nothing",
        ],
        ["echo 'order-7:' | moldau produce state -K : -Z", "delete key order-7 from a compacted topic"],
      ]),
    )
    .action((topic: string, options: Options) => run(session, topic, options));
}

async function run(session: Session, topic: string, options: Options): Promise<void> {
  const { terminal } = session;
  const delimiter = nonEmpty("-D", options.delimiter);
  const keyDelimiter = options.keyDelimiter === undefined ? undefined : nonEmpty("-K", options.keyDelimiter);
  const key = options.key === undefined ? undefined : Buffer.from(options.key);
  const headers = (options.header ?? []).map(parseHeader);
  const acks: ProducerOptions["acks"] = options.acks === "0" ? 0 : options.acks === "1" ? 1 : -1;
  const { transactionalId } = options;
  if (transactionalId === undefined && options.batch !== undefined) {
    throw usageError("--batch is the size of a transaction; it needs --transactional-id");
  }
  if (transactionalId !== undefined && acks !== -1) {
    throw usageError("a transaction needs --acks all: what fewer replicas have may not be there when it is committed");
  }
  const { bootstrap, timeoutMs } = session.settings();

  const partitions = await session.withAdmin(async (admin) => {
    const [described] = await withTopic(admin, topic, () => admin.describeTopics([topic]), "create");
    return described?.partitions.length ?? 0;
  });
  if (options.partition !== undefined && options.partition >= partitions) {
    throw new CliError(`topic ${topic} has no partition ${options.partition}; it has 0 to ${partitions - 1}`);
  }

  const client = await terminal.client();
  const settings = {
    bootstrap,
    clientId: "moldau-cli",
    timeoutMs,
    compression: options.compression,
    // Longer than one line takes to read, shorter than a person notices; batches form where input is faster than that.
    lingerMs: 5,
  };
  const transactional =
    transactionalId === undefined
      ? undefined
      : client.createTransactionalProducer({
          ...settings,
          transactionalId,
          transactionTimeoutMs: options.transactionTimeout * 1000,
        });
  const producer = transactional ?? client.createProducer({ ...settings, acks, idempotent: acks === -1 });
  const transactions = transactional && new InTransactions(transactional, transactionalId!);
  if (terminal.input.isTerminal) await session.note("one record a line; end with Ctrl-D");
  const interrupted = terminal.interrupted();
  const byCount = options.count !== undefined;
  const progress = await startProgress(terminal.notes, {
    what: `produce ${topic}`,
    total: byCount ? options.count : terminal.input.sizeBytes,
    unit: byCount ? "records" : "bytes",
  });
  const startedMs = terminal.nowMs();
  let outcome: ProduceOutcome;
  try {
    await transactions?.begin();
    outcome = await produceLines({
      lines: splitLines(untilAborted(terminal.input.chunks(), interrupted), delimiter, { interrupted }),
      recordOf: (line) => ({
        topic,
        partition: options.partition,
        headers,
        ...keyAndValue(line, { keyDelimiter, key, emptyIsNull: options.emptyIsNull }),
      }),
      send: (record) => producer.send(record),
      flush: () => producer.flush(),
      count: options.count,
      batch: transactions && { records: options.batch ?? Infinity, end: (soFar) => transactions.next(soFar) },
      onProgress: (records, inputBytes) => progress.update(byCount ? records : inputBytes),
    });
    await transactions?.end(outcome, interrupted.aborted);
  } finally {
    progress.stop();
    await producer.close().catch(() => undefined);
  }
  const seconds = (terminal.nowMs() - startedMs) / 1000;
  if (transactions === undefined) await report(session, topic, outcome, seconds);
  else await transactions.report(session, topic, outcome, seconds);
  if (interrupted.aborted) session.exitCode = 130;
  if (outcome.failed > 0) {
    const { line, reason } = outcome.failure ?? { line: 0, reason: "unknown" };
    // In a transaction, all that were open have failed with the first.
    const which = transactions === undefined ? "" : "; their transaction was aborted";
    throw new CliError(`${plural(outcome.failed, "record")} failed, the first in line ${line}: ${reason}${which}`);
  }
}

function nonEmpty(option: string, text: string): Uint8Array {
  const unescaped = unescape(text);
  if (unescaped.length === 0) throw usageError(`${option} is empty; it needs at least one character`);
  return unescaped;
}

/** A line for a person; data on standard output only where a program asked for it. */
async function report(session: Session, topic: string, outcome: ProduceOutcome, seconds: number): Promise<void> {
  const { acknowledged, failed } = outcome;
  await session.note(
    `${plural(acknowledged, "record")} acknowledged, ${bytes(outcome.bytes)} in ${seconds.toFixed(1)} s` +
      (failed > 0 ? `; ${failed} failed` : ""),
  );
  await session.print({ data: { topic, acknowledged, failed, bytes: outcome.bytes }, text: () => "" });
}
