import { once } from "node:events";
import { Command, InvalidArgumentError, Option } from "commander";
import { CompressionError } from "@moldau/compression";
import { CorruptBatchError } from "@moldau/record-batch";
import { OfflineError } from "../errors";
import type { ReadQuorumFile } from "../quorum-file";
import { dumpFiles } from "./dump-files";
import { type DumpOptions, MAX_BYTES, MAX_MESSAGE_BYTES } from "./dump-options";
import {
  asGroupRecord,
  asMetadataRecord,
  asShareRecord,
  asText,
  asTransactionRecord,
  printerOf,
  type RecordPrinter,
} from "./record-printers";

interface Flags {
  files?: string;
  printDataLog?: boolean;
  verifyIndexOnly?: boolean;
  indexSanityCheck?: boolean;
  deepIteration?: boolean;
  skipRecordMetadata?: boolean;
  maxMessageSize: number;
  maxBytes: number;
  keyDecoderClass?: string | true;
  valueDecoderClass?: string | true;
  offsetsDecoder?: boolean;
  transactionLogDecoder?: boolean;
  clusterMetadataDecoder?: boolean;
  remoteLogMetadataDecoder?: boolean;
  shareGroupStateDecoder?: boolean;
}

const STRING_DECODER = "org.apache.kafka.tools.api.StringDecoder";

/**
 * `moldau log dump`, and under Kafka's own name `moldau kafka-dump-log`: the flags of Kafka 4.1.
 * @param name how it was called, for the help
 * @returns undefined after help was printed
 * @throws OfflineError with one line that says what to do
 */
export function parseDumpArguments(args: readonly string[], name: string): DumpOptions | undefined {
  let message = "";
  const command = new Command(name)
    .description("Prints what is in the files of a log, Kafka's or Moldau's, as kafka-dump-log does. Reads only.")
    .option("--files <file1,file2,...>", "REQUIRED: the data, index and snapshot files, separated by commas")
    .option("--print-data-log", "print the content of records too; implied by every decoder")
    .option("--deep-iteration", "go through the records of batches; implied by --print-data-log")
    .option("--verify-index-only", "hold indexes against their logs without printing them")
    .option("--index-sanity-check", "the check of indexes that a broker makes at its start, without printing them")
    .option("--skip-record-metadata", "leave offset, timestamp and sizes of records out")
    .addOption(bytesOption("--max-message-size <size>", "the largest batch", MAX_MESSAGE_BYTES))
    .addOption(bytesOption("--max-bytes <size>", "read no more of each log than this", MAX_BYTES))
    .option("--key-decoder-class [class]", "Kafka's String-, Default-, Integer- or LongDecoder", undefined)
    .option("--value-decoder-class [class]", "Kafka's String-, Default-, Integer- or LongDecoder", undefined)
    .option("--offsets-decoder", "the records of __consumer_offsets")
    .option("--transaction-log-decoder", "the records of __transaction_state")
    .option("--cluster-metadata-decoder", "the records of __cluster_metadata")
    .option("--share-group-state-decoder", "the records of __share_group_state")
    .addOption(new Option("--remote-log-metadata-decoder", "not here: needs tiered storage's own classes"))
    .addHelpText(
      "after",
      `
Examples:
  ${name} --deep-iteration --files data/broker-1/orders-0/00000000000000000000.log
  ${name} --offsets-decoder --files data/broker-1/__consumer_offsets-7/00000000000000000000.log
  ${name} --index-sanity-check --files 00000000000000000000.index,00000000000000000000.timeindex`,
    )
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: (text) => (message += text), outputError: () => undefined });
  try {
    command.parse([...args], { from: "user" });
  } catch (error) {
    const { code, message: said } = error as { code?: string; message: string };
    if (code === "commander.helpDisplayed" || code === "commander.help") return undefined;
    throw new OfflineError(`${said.replace(/^error: /, "").replaceAll("\n", " ")}; see ${name} --help`);
  }
  return optionsOf(command.opts<Flags>(), name);
}

function optionsOf(flags: Flags, name: string): DumpOptions {
  if (flags.files === undefined || flags.files === "") {
    throw new OfflineError(`--files is missing: name the files to read, separated by commas; see ${name} --help`);
  }
  if (flags.remoteLogMetadataDecoder === true) {
    throw new OfflineError(
      "--remote-log-metadata-decoder: records of tiered storage's __remote_log_metadata can't be decoded here; " +
        "without it their bytes are shown (--print-data-log)",
    );
  }
  const printer = printerFor(flags);
  const printDataLog = flags.printDataLog === true || printer !== undefined;
  return {
    files: flags.files.split(","),
    printDataLog,
    deepIteration: flags.deepIteration === true || printDataLog,
    verifyIndexOnly: flags.verifyIndexOnly === true,
    indexSanityCheck: flags.indexSanityCheck === true,
    skipRecordMetadata: flags.skipRecordMetadata === true,
    maxMessageSize: flags.maxMessageSize,
    maxBytes: flags.maxBytes,
    printer: printer ?? asText,
  };
}

/** undefined where no decoder was asked for. */
function printerFor(flags: Flags): RecordPrinter | undefined {
  if (flags.offsetsDecoder === true) return asGroupRecord;
  if (flags.transactionLogDecoder === true) return asTransactionRecord;
  if (flags.clusterMetadataDecoder === true) return asMetadataRecord;
  if (flags.shareGroupStateDecoder === true) return asShareRecord;
  const { keyDecoderClass: key, valueDecoderClass: value } = flags;
  if (key === undefined && value === undefined) return undefined;
  const classOf = (given: string | true | undefined) => (typeof given === "string" ? given : STRING_DECODER);
  return printerOf(classOf(key), classOf(value));
}

function bytesOption(flags: string, description: string, fallback: number): Option {
  return new Option(flags, description).default(fallback).argParser((text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > MAX_BYTES) {
      throw new InvalidArgumentError(`give a whole number of bytes, at most ${MAX_BYTES}.`);
    }
    return value;
  });
}

/** Where a command writes; process.stdout and process.stderr are such. */
export interface Output {
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
}

const PIECE_CHARACTERS = 64 * 1024;

/** Runs the command. Lines leave in order, no faster than they are taken. */
export async function dumpCommand(
  args: readonly string[],
  name: string,
  output: Output & { readQuorumFile?: ReadQuorumFile },
): Promise<void> {
  const options = parseDumpArguments(args, name);
  if (options === undefined) return;
  const waiting = { out: "", err: "" };
  const flush = async (stream: "out" | "err") => {
    const text = waiting[stream];
    waiting[stream] = "";
    if (text !== "" && !output[stream].write(text)) await once(output[stream], "drain");
  };
  try {
    for (const { stream, text } of dumpFiles(options, output.readQuorumFile)) {
      waiting[stream] += `${text}\n`;
      if (waiting[stream].length >= PIECE_CHARACTERS) await flush(stream);
    }
  } catch (error) {
    // What the files say is nobody's bug: a line, as for what the person said.
    if (error instanceof CorruptBatchError || error instanceof CompressionError) throw new OfflineError(error.message);
    throw (error as NodeJS.ErrnoException).code === "ENOENT"
      ? new OfflineError(
          `${(error as NodeJS.ErrnoException).path ?? "a file"} is not there; name existing files with --files`,
        )
      : error;
  } finally {
    await flush("out");
    await flush("err");
  }
}
