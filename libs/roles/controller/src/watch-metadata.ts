import { NO_NODE } from "@moldau/base";
import type { MetadataUpdate, WatchMetadataRequest } from "@moldau/contracts";
import { type MetadataImage, recordsOf, writeMetadataRecord } from "@moldau/metadata";
import type { MetadataLog } from "./metadata-log";
import type { Quorum } from "./quorum";

/** Bytes of records in one piece of a snapshot. */
const PIECE_BYTES = 1024 * 1024;
/** Something is said at least this often. */
const HEARTBEAT_MS = 500;
/** A controller that has known no leader for so many heartbeats may be cut off; its watchers had better ask another. */
const LEADERLESS_HEARTBEATS_MAX = 6;

export interface WatchSource {
  readonly metadata: MetadataLog;
  readonly quorum: Pick<Quorum, "leaderId" | "isActive"> & Partial<Pick<Quorum, "describe" | "controllers">>;
  /** This controller stops: streams end. */
  readonly stopping: AbortSignal;
  readonly heartbeatMs?: number;
  readonly pieceBytes?: number;
}

/**
 * Committed metadata from the watcher's offset on, by any controller, active or not. A watcher is in one of three states:
 * - it needs a snapshot (it knows nothing, or the entries behind its position are no longer in memory): the image in
 *   pieces, as soon as there is one;
 * - it follows: one entry an update, at the pace at which it takes them, so a slow one is bounded by the log's tail and
 *   needs a snapshot in the end;
 * - it is ahead of this controller: it waits until the entries come by; if this one is active they never will, the
 *   watcher has followed a log that is no more, and needs a snapshot.
 */
export async function* watchMetadata(
  source: WatchSource,
  request: Pick<WatchMetadataRequest, "fromOffset">,
  signal?: AbortSignal,
): AsyncGenerator<MetadataUpdate, void> {
  const { metadata, quorum, stopping, heartbeatMs = HEARTBEAT_MS } = source;
  let position = request.fromOffset > 0 ? request.fromOffset - 1 : -1;
  let toldLeaderId: number | undefined;
  let leaderless = 0;
  const ended = () => stopping.aborted || signal?.aborted === true;
  while (!ended()) {
    const { image } = metadata;
    const lost = quorum.isActive && position > image.offset;
    if (position < 0 || !metadata.reaches(position) || lost) {
      if (image.offset >= 0) {
        for (const update of piecesOf(source, image)) {
          if (ended()) return;
          yield update;
        }
        toldLeaderId = undefined;
        position = image.offset;
        continue;
      }
    } else {
      const entry = metadata.next(position);
      if (entry !== undefined) {
        position = entry.offset;
        toldLeaderId = quorum.leaderId;
        yield {
          ...heartbeat(source, position),
          records: [...entry.records],
          epoch: entry.epoch,
        };
        continue;
      }
    }
    if (toldLeaderId === quorum.leaderId) {
      const why = await untilChange(source, heartbeatMs, signal);
      if (why === "changed") continue;
    }
    if (ended()) return;
    leaderless = quorum.leaderId === NO_NODE ? leaderless + 1 : 0;
    if (leaderless > LEADERLESS_HEARTBEATS_MAX) return;
    toldLeaderId = quorum.leaderId;
    yield heartbeat(source, position);
  }
}

function heartbeat(source: WatchSource, position: number): MetadataUpdate {
  const { image } = source.metadata;
  const { quorum } = source;
  // Voters that cannot change are in everybody's configuration.
  const listed = quorum.describe?.().kraftVersion === 1 ? quorum.controllers : undefined;
  return {
    ...(listed !== undefined && { controllers: { controllers: [...listed] } }),
    snapshotBegin: false,
    snapshotEnd: false,
    records: [],
    lastOffset: position,
    epoch: image.epoch,
    leaderId: source.quorum.leaderId,
    clusterId: image.clusterId,
    // What this controller knows to be committed. The quorum's own count has entries that carry no metadata.
    highWatermark: image.offset,
  };
}

function* piecesOf(source: WatchSource, image: MetadataImage): Generator<MetadataUpdate> {
  const { pieceBytes = PIECE_BYTES } = source;
  const piece = (records: Uint8Array[], snapshotBegin: boolean, snapshotEnd: boolean) => ({
    ...heartbeat(source, image.offset),
    epoch: image.epoch,
    clusterId: image.clusterId,
    snapshotBegin,
    snapshotEnd,
    records,
  });
  let records: Uint8Array[] = [];
  let bytes = 0;
  let begin = true;
  for (const each of recordsOf(image)) {
    const record = writeMetadataRecord(each);
    if (bytes + record.length > pieceBytes && records.length > 0) {
      yield piece(records, begin, false);
      begin = false;
      records = [];
      bytes = 0;
    }
    records.push(record);
    bytes += record.length;
  }
  yield piece(records, begin, true);
}

function untilChange(source: WatchSource, ms: number, signal?: AbortSignal): Promise<"changed" | "time"> {
  return new Promise((resolve) => {
    const end = (why: "changed" | "time") => {
      clearTimeout(timer);
      awake();
      signal?.removeEventListener("abort", changed);
      resolve(why);
    };
    const changed = () => end("changed");
    const timer = setTimeout(() => end("time"), ms);
    const awake = source.metadata.sleep(changed);
    signal?.addEventListener("abort", changed);
  });
}
