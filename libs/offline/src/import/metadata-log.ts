import { readdirSync } from "node:fs";
import { join } from "node:path";
import { decompress } from "@moldau/compression";
import { type MetadataRecord, readMetadataRecord } from "@moldau/protocol";
import { cursorOf, isControl, lastOffset } from "@moldau/record-batch";
import { BatchFile } from "../batch-file";
import { OfflineError } from "../errors";

/** What Kafka's quorum wrote, from the newest snapshot on, without the records of its own. */
export interface KafkaMetadata {
  readonly records: readonly MetadataRecord[];
  /** Behind the last record. */
  readonly endOffset: number;
  /** Of the leader that wrote the last one. */
  readonly epoch: number;
}

const SNAPSHOT = /^(\d{20})-(\d{10})\.checkpoint$/;
const SEGMENT = /^(\d{20})\.log$/;
const FOOTER = 4;

/**
 * Reads `__cluster_metadata-0`: the newest whole snapshot, then the log behind it. Records of a metadata transaction that
 * was aborted or is not finished are left out (KIP-868).
 * @throws OfflineError where something is missing or newer than this program
 */
export function readMetadataLog(directory: string): KafkaMetadata {
  const names = readdirSync(directory).sort();
  const snapshots = names.filter((name) => SNAPSHOT.test(name)).reverse();
  const segments = names.filter((name) => SEGMENT.test(name));
  const collected = new Collected();
  let offset = 0;
  let epoch = 0;
  for (const name of snapshots) {
    const [, end, term] = SNAPSHOT.exec(name)!;
    const found = readSnapshot(join(directory, name));
    if (found === undefined) continue;
    for (const record of found) collected.add(record);
    offset = Number(end);
    epoch = Number(term);
    break;
  }
  const first = segments.findLastIndex((name) => Number(name.slice(0, 20)) <= offset);
  if (first < 0 && segments.length > 0) {
    throw new OfflineError(
      `${directory}: the log begins at ${Number(segments[0]!.slice(0, 20))}, and no whole snapshot reaches so far; ` +
        "give the metadata.log.dir of another node of the cluster",
    );
  }
  for (const name of segments.slice(Math.max(first, 0))) {
    const file = new BatchFile(join(directory, name));
    try {
      for (const { header, bytes } of file.batches()) {
        if (lastOffset(header) < offset) continue;
        if (header.baseOffset > offset) {
          throw new OfflineError(
            `${file.path}: offset ${header.baseOffset} follows ${offset - 1}; give the metadata.log.dir of another node of the cluster`,
          );
        }
        if (!isControl(header.attributes)) {
          const cursor = cursorOf(bytes, 0, { decompress }, header);
          while (cursor.next()) {
            if (cursor.offset >= offset) collected.add(readRecord(file.path, cursor.offset, cursor.value()));
          }
        }
        offset = lastOffset(header) + 1;
        epoch = header.partitionLeaderEpoch;
      }
    } finally {
      file.close();
    }
  }
  if (offset === 0) {
    throw new OfflineError(`${directory}: no metadata in it; give the metadata.log.dir of another node of the cluster`);
  }
  return { records: collected.finish(), endOffset: offset, epoch };
}

/** undefined for one without its footer: it was being written when the node died. */
function readSnapshot(path: string): MetadataRecord[] | undefined {
  const records: MetadataRecord[] = [];
  let whole = false;
  const file = new BatchFile(path);
  try {
    for (const { header, bytes } of file.batches()) {
      const cursor = cursorOf(bytes, 0, { decompress }, header);
      while (cursor.next()) {
        if (!isControl(header.attributes)) records.push(readRecord(path, cursor.offset, cursor.value()));
        else if (cursor.key()?.[3] === FOOTER) whole = true;
      }
    }
  } finally {
    file.close();
  }
  return whole ? records : undefined;
}

function readRecord(path: string, offset: number, value: Uint8Array | null): MetadataRecord {
  try {
    // A copy: the batch's bytes are overwritten by the next ones.
    return readMetadataRecord((value ?? new Uint8Array(0)).slice());
  } catch (error) {
    throw new OfflineError(
      `${path}: the record at offset ${offset} cannot be read (${(error as Error).message}); it is damaged, or this Kafka is ` +
        "newer than what this program knows (4.3)",
    );
  }
}

/** Records that took effect. */
class Collected {
  readonly #records: MetadataRecord[] = [];
  #transaction: MetadataRecord[] | undefined;

  add(record: MetadataRecord): void {
    switch (record.name) {
      case "BeginTransactionRecord":
        this.#transaction = [];
        return;
      case "EndTransactionRecord":
        for (const each of this.#transaction ?? []) this.#records.push(each);
        this.#transaction = undefined;
        return;
      case "AbortTransactionRecord":
        this.#transaction = undefined;
        return;
      default:
        (this.#transaction ?? this.#records).push(record);
    }
  }

  finish(): readonly MetadataRecord[] {
    return this.#records;
  }
}
