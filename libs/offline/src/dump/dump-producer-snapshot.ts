import { readFileSync } from "node:fs";
import { crc32c } from "@moldau/record-batch";
import { readProducerSnapshot } from "@moldau/segment-store";
import { type DumpLine, err, out } from "./lines";

const INT32_RANGE = 2 ** 31;
const VERSION = 1;
const CRC_AT = 2;
/** Version, CRC and number of entries. */
const HEAD_BYTES = 10;
const ENTRY_BYTES = 46;

/** What a partition knew of its producers at the offset that names the file. */
export function* dumpProducerSnapshot(file: string): Generator<DumpLine, void> {
  const bytes = readFileSync(file);
  const entries = readProducerSnapshot(bytes);
  if (entries === undefined) {
    yield err(defectOf(bytes));
    return;
  }
  for (const entry of entries) {
    const first = entry.currentTxnFirstOffset;
    let text =
      `producerId: ${entry.producerId} producerEpoch: ${entry.producerEpoch}` +
      ` coordinatorEpoch: ${entry.coordinatorEpoch}` +
      ` currentTxnFirstOffset: ${first >= 0 ? `OptionalLong[${first}]` : "OptionalLong.empty"}` +
      ` lastTimestamp: ${entry.timestamp} `;
    if (entry.lastOffset >= 0) {
      // Sequence numbers go round: before 0 comes the largest int.
      const firstSequence = entry.lastSequence - entry.offsetDelta;
      text +=
        `firstSequence: ${firstSequence < 0 ? firstSequence + INT32_RANGE : firstSequence}` +
        ` lastSequence: ${entry.lastSequence} lastOffset: ${entry.lastOffset}` +
        ` offsetDelta: ${entry.offsetDelta} timestamp: ${entry.timestamp}`;
    }
    yield out(text);
  }
}

/** Why a snapshot cannot be used, as Kafka's tool says it: version, then length ("null" is what it has to say of that), then CRC. */
function defectOf(bytes: Buffer): string {
  const version = bytes.length < 2 ? VERSION : bytes.readInt16BE(0);
  if (version !== VERSION) {
    return `Snapshot failed schema validation: Snapshot contained an unknown file version ${version}`;
  }
  const count = bytes.length < HEAD_BYTES ? Infinity : bytes.readInt32BE(HEAD_BYTES - 4);
  if (HEAD_BYTES + count * ENTRY_BYTES > bytes.length) return "Snapshot failed schema validation: null";
  const stored = bytes.readUInt32BE(CRC_AT);
  const computed = crc32c(bytes, CRC_AT + 4, bytes.length);
  return `Snapshot is corrupt (CRC is no longer valid). Stored crc: ${stored}. Computed crc: ${computed}`;
}
