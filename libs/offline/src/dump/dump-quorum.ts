import { basename } from "node:path";
import { unpackEntry } from "@moldau/metadata";
import type { QuorumFile } from "../quorum-file";
import type { DumpOptions } from "./dump-options";
import { type DumpLine, out } from "./lines";

/** Moldau's own metadata log and its snapshots, in lines like those of Kafka's: an entry where a batch would be. */
export function* dumpQuorumFile(file: string, content: QuorumFile, options: DumpOptions): Generator<DumpLine, void> {
  if (content.kind === "snapshot") {
    yield out(`Snapshot end offset: ${content.offset}, epoch: ${content.epoch}`);
    const voters = content.voters.map(({ id, directoryId }) => `${id} (${directoryId})`);
    yield out(`voters: [${voters.join(",")}]`);
    if (options.deepIteration) yield* records(content.offset, content.payload, options);
    return;
  }
  yield out(`Log starting offset: ${Number(basename(file).split(".")[0])}`);
  for (const { entry, position, sizeBytes } of content.entries) {
    const count = entry.type === "data" ? ` count: ${unpackEntry(entry.payload).length}` : "";
    yield out(
      `offset: ${entry.index} epoch: ${entry.term} type: ${entry.type}${count} position: ${position} size: ${sizeBytes}`,
    );
    if (options.deepIteration && entry.type === "data") yield* records(entry.index, entry.payload, options);
  }
  if (content.tornBytes > 0) yield out(`Found ${content.tornBytes} invalid bytes at the end of ${basename(file)}`);
}

function* records(offset: number, payload: Uint8Array, options: DumpOptions): Generator<DumpLine, void> {
  for (const value of unpackEntry(payload)) {
    let text = options.skipRecordMetadata ? "|" : `| offset: ${offset} valueSize: ${value.length}`;
    if (options.printDataLog) {
      const { payload: shown } = options.printer({ offset, key: null, value });
      if (shown !== undefined) text += ` payload: ${shown}`;
    }
    yield out(text);
  }
}
