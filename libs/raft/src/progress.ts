import { type Uuid, ZERO_UUID } from "@moldau/base";
import type { SnapshotMetadata } from "./messages";

/**
 * What a leader knows of one other member.
 *
 * - `probe`: it is not known where the logs agree. One append at a time, the next after an answer or a heartbeat's.
 * - `replicate`: they agree up to `match`; appends are sent ahead of the answers within the in-flight limits.
 * - `snapshot`: what it needs is gone from the log; the snapshot goes over, one chunk at a time.
 *
 * probe → replicate: an append was accepted. replicate → probe: one was rejected (lost or reordered on the way).
 * probe | replicate → snapshot: `next` is behind the log's base. snapshot → replicate: the member has the snapshot's index.
 */
export interface Progress {
  /** The disk that all of this is about; ZERO_UUID until it spoke for the first time, where only its id is known. */
  directoryId: Uuid;
  /** Disks that the node had before: what is still on its way from them counts no more. */
  retired: readonly Uuid[];
  /** A voter that may have lost promises with its disk. */
  recovering: boolean;
  /** The entry that this leader appended for it, to show that its quorum stands without it. */
  recoverIndex: number | undefined;
  /** When it was last heard. */
  heardAt: number;
  phase:
    | { kind: "probe"; waiting: boolean }
    | { kind: "replicate"; inflight: { lastIndex: number; bytes: number }[]; inflightBytes: number }
    | { kind: "snapshot"; snapshot: SnapshotMetadata; offset: number; requestedAt: number };
  /** The member holds everything up to here, on disk. */
  match: number;
  /** What it is sent next. */
  next: number;
  /** Newest commit index that it was told. */
  sentCommit: number;
  /** Newest heartbeat round that it answered. */
  round: number;
  /** It was heard since the last check of the quorum. */
  active: boolean;
}

export function newProgress(lastIndex: number, now: number, directoryId: Uuid = ZERO_UUID): Progress {
  return {
    directoryId,
    retired: [],
    recovering: false,
    recoverIndex: undefined,
    heardAt: now,
    phase: { kind: "probe", waiting: false },
    match: 0,
    next: lastIndex + 1,
    sentCommit: 0,
    round: 0,
    active: true,
  };
}

export function becomeProbe(progress: Progress, next: number): void {
  progress.phase = { kind: "probe", waiting: false };
  progress.next = Math.max(1, next);
}

export function becomeReplicate(progress: Progress): void {
  progress.phase = { kind: "replicate", inflight: [], inflightBytes: 0 };
  progress.next = progress.match + 1;
}

/** Frees the appends that an accepted `index` covers. */
export function acknowledge(progress: Progress, index: number): void {
  if (index > progress.match) progress.match = index;
  if (progress.next <= progress.match) progress.next = progress.match + 1;
  const { phase } = progress;
  if (phase.kind !== "replicate") return;
  let freed = 0;
  while (freed < phase.inflight.length && phase.inflight[freed]!.lastIndex <= index) {
    phase.inflightBytes -= phase.inflight[freed]!.bytes;
    freed++;
  }
  if (freed > 0) phase.inflight.splice(0, freed);
}
