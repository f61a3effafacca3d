import { readFileSync } from "node:fs";
import { readProducerSnapshot } from "@moldau/segment-store";
import { type DumpLine, err, out } from "./lines";

const INT32_RANGE = 2 ** 31;

/** What a partition knew of its producers at the offset that names the file. */
export function* dumpProducerSnapshot(file: string): Generator<DumpLine, void> {
  const entries = readProducerSnapshot(readFileSync(file));
  if (entries === undefined) {
    yield err(`Snapshot file '${file}' is corrupted, or of a version other than 1`);
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
