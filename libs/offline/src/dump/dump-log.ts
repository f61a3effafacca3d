import { basename } from "node:path";
import { decompress } from "@moldau/compression";
import {
  compressionCodec,
  checkCrc,
  cursorOf,
  hasDeleteHorizon,
  isControl,
  isLogAppendTime,
  isTransactional,
  lastOffset,
  NO_SEQUENCE,
  type RecordCursor,
} from "@moldau/record-batch";
import { BatchFile, type FileBatch } from "../batch-file";
import { controlRecordText } from "./control-records";
import { type DumpOptions, MAX_BYTES } from "./dump-options";
import type { Findings } from "./findings";
import { type DumpLine, out } from "./lines";
import { absolute, baseOffsetOf } from "./segment-files";

const CODEC_NAMES = ["none", "gzip", "snappy", "lz4", "zstd"];
const INT32_RANGE = 2 ** 31;

/** The batches of a `.log` or `.checkpoint` file, and their records where that is asked for. */
export function* dumpLog(file: string, options: DumpOptions, findings: Findings): Generator<DumpLine, void> {
  if (file.endsWith(".log")) yield out(`Log starting offset: ${baseOffsetOf(file)}`);
  else {
    const id = /^(\d{20})-(\d{10})\.checkpoint$/.exec(basename(file));
    // The bootstrap.checkpoint beside a log has no number, and is the state at offset 0.
    yield out(
      id === null ? "KRaft bootstrap snapshot" : `Snapshot end offset: ${Number(id[1])}, epoch: ${Number(id[2])}`,
    );
  }
  const log = new BatchFile(file);
  try {
    const sizeBytes = Math.min(log.sizeBytes, options.maxBytes);
    let validBytes = 0;
    let last = -1;
    for (const batch of log.batches(0, sizeBytes)) {
      yield out(batchText(batch));
      if (options.deepIteration) {
        const cursor = cursorOf(batch.bytes, 0, { decompress }, batch.header);
        while (cursor.next()) {
          if (last >= 0 && cursor.offset !== last + 1) findings.gaps.add(absolute(file), [last, cursor.offset]);
          last = cursor.offset;
          yield out(recordText(batch, cursor, options));
        }
      }
      validBytes += batch.header.sizeBytes;
    }
    const rest = sizeBytes - validBytes;
    if (rest > 0 && options.maxBytes === MAX_BYTES) {
      yield out(`Found ${rest} invalid bytes at the end of ${basename(file)}`);
    }
  } finally {
    log.close();
  }
}

function batchText({ header, position, bytes }: FileBatch): string {
  const { attributes, baseSequence } = header;
  const lastSequence = baseSequence === NO_SEQUENCE ? NO_SEQUENCE : sequenceAt(baseSequence, header.lastOffsetDelta);
  const horizon = hasDeleteHorizon(attributes) ? `OptionalLong[${header.baseTimestamp}]` : "OptionalLong.empty";
  return (
    `baseOffset: ${header.baseOffset} lastOffset: ${lastOffset(header)} count: ${header.recordCount}` +
    ` baseSequence: ${baseSequence} lastSequence: ${lastSequence}` +
    ` producerId: ${header.producerId} producerEpoch: ${header.producerEpoch}` +
    ` partitionLeaderEpoch: ${header.partitionLeaderEpoch} isTransactional: ${isTransactional(attributes)}` +
    ` isControl: ${isControl(attributes)} deleteHorizonMs: ${horizon}` +
    ` position: ${position} ${timestampType(attributes)}: ${header.maxTimestamp} size: ${header.sizeBytes}` +
    ` magic: ${header.magic} compresscodec: ${CODEC_NAMES[compressionCodec(attributes)] ?? compressionCodec(attributes)}` +
    ` crc: ${header.crc} isvalid: ${checkCrc(bytes, 0, header)}`
  );
}

function recordText({ header }: FileBatch, cursor: RecordCursor, options: DumpOptions): string {
  let text = "";
  let prefix = "| ";
  const control = isControl(header.attributes);
  if (!options.skipRecordMetadata) {
    const sequence =
      header.baseSequence === NO_SEQUENCE ? NO_SEQUENCE : sequenceAt(header.baseSequence, cursor.offsetDelta);
    text =
      `${prefix}offset: ${cursor.offset} ${timestampType(header.attributes)}: ${cursor.timestamp}` +
      ` keySize: ${cursor.keyLength} valueSize: ${cursor.valueLength} sequence: ${sequence}` +
      ` headerKeys: [${cursor
        .headers()
        .map(({ key }) => key)
        .join(",")}]`;
    prefix = " ";
    if (control) text += controlRecordText(cursor.key(), cursor.value());
  }
  if (options.printDataLog && !control) {
    const { key, payload } = options.printer({ offset: cursor.offset, key: cursor.key(), value: cursor.value() });
    if (key !== undefined) text += `${prefix}key: ${key}`;
    if (payload !== undefined) text += ` payload: ${payload}`;
  }
  return text;
}

function timestampType(attributes: number): string {
  return isLogAppendTime(attributes) ? "LogAppendTime" : "CreateTime";
}

/** Sequence numbers begin again at 0 behind the largest int. */
function sequenceAt(base: number, delta: number): number {
  return (base + delta) % INT32_RANGE;
}
