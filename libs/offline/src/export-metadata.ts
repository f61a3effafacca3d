import { writeFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import {
  applyRecords,
  emptyImage,
  imageOf,
  type MetadataImage,
  readMetadataRecord,
  recordsOf,
  unpackEntry,
  writeMetadataRecord,
} from "@moldau/metadata";
import {
  writeKRaftVersionRecord,
  writeSnapshotFooterRecord,
  writeSnapshotHeaderRecord,
  Writer,
} from "@moldau/protocol";
import { buildBatch, type RecordDraft } from "@moldau/record-batch";
import type { Output } from "./dump/dump-command";
import { OfflineError } from "./errors";
import type { ReadQuorumFile } from "./quorum-file";

/** Kafka's ControlRecordType. */
const Control = { header: 3, footer: 4, kraftVersion: 5 } as const;
/** Kafka has no words for these; its readers stop at a record that they don't know. */
const OWN_RECORDS: ReadonlySet<string> = new Set(["NodeRolesRecord", "ShardOwnerRecord", "ClusterIdRecord"]);
const RECORDS_PER_BATCH = 500;

/**
 * The metadata in a controller's `__cluster_metadata-0` as one of Kafka's own snapshot files, which kafka-dump-log and
 * kafka-metadata-shell read. Source: KIP-630, org.apache.kafka.snapshot.RecordsSnapshotWriter.
 */
export function kafkaSnapshotOf(image: MetadataImage, nowMs: number): Uint8Array {
  const kafkaRecords = [...recordsOf(image)].filter(({ name }) => !OWN_RECORDS.has(name));
  const parts: Uint8Array[] = [];
  let offset = 0;
  const put = (records: readonly RecordDraft[], control: boolean) => {
    const stamped = records.map((each) => ({ ...each, timestamp: nowMs }));
    parts.push(buildBatch({ records: stamped, control, baseOffset: offset, partitionLeaderEpoch: image.epoch }));
    offset += records.length;
  };
  const header = new Writer(16);
  writeSnapshotHeaderRecord(header, { version: 0, lastContainedLogTimestamp: nowMs }, 0);
  const version = new Writer(16);
  writeKRaftVersionRecord(version, { version: 0, kRaftVersion: image.features.get("kraft.version") ?? 0 }, 0);
  put([controlRecord(Control.header, header), controlRecord(Control.kraftVersion, version)], true);
  for (let at = 0; at < kafkaRecords.length; at += RECORDS_PER_BATCH) {
    const some = kafkaRecords.slice(at, at + RECORDS_PER_BATCH);
    put(
      some.map((each) => ({ value: writeMetadataRecord(each) })),
      false,
    );
  }
  const footer = new Writer(16);
  writeSnapshotFooterRecord(footer, { version: 0 }, 0);
  put([controlRecord(Control.footer, footer)], true);
  return Buffer.concat(parts);
}

function controlRecord(type: number, value: Writer): RecordDraft {
  return { key: new Uint8Array([0, 0, 0, type]), value: value.toBytes() };
}

/** Everything in a controller's directory, applied. @throws OfflineError where there is nothing */
export function readQuorumDirectory(directory: string, readFile: ReadQuorumFile): MetadataImage {
  let image = emptyImage();
  const names = readdirSync(directory).sort();
  const newest = names.findLast((name) => /^\d{20}-\d{10}\.checkpoint$/.test(name));
  const snapshot = newest === undefined ? undefined : readFile(join(directory, newest));
  if (snapshot?.kind === "snapshot") {
    const { offset, epoch, payload } = snapshot;
    image = imageOf(unpackEntry(payload).map(readMetadataRecord), { offset, epoch });
  }
  for (const name of names.filter((each) => /^\d{20}\.raftlog$/.test(each))) {
    const file = readFile(join(directory, name));
    if (file?.kind !== "entries") continue;
    for (const { entry } of file.entries) {
      if (entry.index <= image.offset || entry.type !== "data") continue;
      const position = { offset: entry.index, epoch: entry.term };
      image = applyRecords(image, unpackEntry(entry.payload).map(readMetadataRecord), position).image;
    }
  }
  if (image.offset < 0) {
    throw new OfflineError(
      `${directory}: no metadata in it; give the __cluster_metadata-0 of a controller (DATA/controller-201/…)`,
    );
  }
  return image;
}

export interface ExportEnvironment extends Output {
  readonly readQuorumFile: ReadQuorumFile;
  readonly nowMs: () => number;
}

/** `moldau log export-metadata`. @throws OfflineError with one line that says what to do */
export async function exportMetadataCommand(args: readonly string[], environment: ExportEnvironment): Promise<void> {
  const command = new Command("moldau log export-metadata")
    .description(
      "Writes the cluster's metadata as a snapshot of Apache Kafka's, for kafka-dump-log and kafka-metadata-shell.",
    )
    .argument("<directory>", "__cluster_metadata-0 of a controller")
    .argument("[target]", "where the .checkpoint file is written", ".")
    .addHelpText("after", "\nExample:\n  moldau log export-metadata data/controller-201/__cluster_metadata-0 /tmp")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined });
  try {
    command.parse([...args], { from: "user" });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "commander.helpDisplayed" || code === "commander.help") return;
    throw new OfflineError(`${message.replace(/^error: /, "")}; see moldau log export-metadata --help`);
  }
  const [directory, target] = command.processedArgs as [string, string];
  const image = readQuorumDirectory(directory, environment.readQuorumFile);
  const name = `${String(image.offset + 1).padStart(20, "0")}-${String(image.epoch).padStart(10, "0")}.checkpoint`;
  writeFileSync(join(target, name), kafkaSnapshotOf(image, environment.nowMs()), { flag: "wx" });
  environment.out.write(`${join(target, name)}\n`);
}
