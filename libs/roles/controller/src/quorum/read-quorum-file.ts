import { readFileSync } from "node:fs";
import type { Entry, Voter } from "@moldau/raft";
import { readFrame } from "./frames";
import { isOurSnapshot, parseSnapshot } from "./snapshot-files";

/** What is in a file of the metadata log, for people: the driver itself reads whole directories. */
export type QuorumFile =
  | {
      kind: "entries";
      entries: readonly { entry: Entry; position: number; sizeBytes: number }[];
      /** Behind the last whole entry: an interrupted write, or damage. */
      tornBytes: number;
    }
  | { kind: "snapshot"; offset: number; epoch: number; voters: readonly Voter[]; payload: Uint8Array };

/**
 * Reads a `.raftlog` or `.checkpoint` of `__cluster_metadata-0`; undefined for a `.checkpoint` that is Kafka's.
 * @throws QuorumStorageError for a damaged snapshot
 */
export function readQuorumFile(path: string): QuorumFile | undefined {
  const bytes = readFileSync(path);
  if (path.endsWith(".checkpoint")) {
    if (!isOurSnapshot(bytes)) return undefined;
    const { metadata, bytes: payload } = parseSnapshot(path, bytes);
    const { index: offset, term: epoch, configuration } = metadata;
    return { kind: "snapshot", offset, epoch, voters: configuration.voters, payload };
  }
  const entries: { entry: Entry; position: number; sizeBytes: number }[] = [];
  let position = 0;
  for (let frame = readFrame(bytes, 0); frame !== undefined; frame = readFrame(bytes, position)) {
    entries.push({ entry: frame.entry, position, sizeBytes: frame.size });
    position += frame.size;
  }
  return { kind: "entries", entries, tornBytes: bytes.length - position };
}
