import { readFileSync } from "node:fs";
import { TransactionIndex } from "@moldau/segment-store";
import { type DumpLine, out } from "./lines";

/** The transactions that a segment's markers aborted. */
export function* dumpTransactionIndex(file: string): Generator<DumpLine, void> {
  const index = new TransactionIndex(readFileSync(file));
  for (let slot = 0; slot < index.count; slot++) {
    const { producerId, firstOffset, lastOffset, lastStableOffset } = index.entry(slot);
    yield out(
      `version: 0 producerId: ${producerId} firstOffset: ${firstOffset} lastOffset: ${lastOffset} lastStableOffset: ${lastStableOffset}`,
    );
  }
}
