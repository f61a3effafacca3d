import type { Clock } from "@moldau/base";
import { packEntry, recordsOf, writeMetadataRecord } from "@moldau/metadata";
import type { Logger } from "@moldau/telemetry";
import type { MetadataLog } from "./metadata-log";
import type { Quorum } from "./quorum";

export interface SnapshotsOptions {
  metadata: MetadataLog;
  quorum: Pick<Quorum, "bytesSinceSnapshot" | "saveSnapshot" | "onSnapshotLoaded">;
  clock: Pick<Clock, "monotonicMs">;
  /** metadata.log.max.record.bytes.between.snapshots */
  bytesBetween: number;
  /** metadata.log.max.snapshot.interval.ms; 0 for never by time. */
  intervalMs: number;
  log: Pick<Logger, "error">;
}

/** After a failure by size nothing is tried again for this long: the disk is full, and every entry would try. */
const RETRY_MS = 60_000;
const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * Saves the image whenever enough log has been written since the last time, or enough time has passed and there is
 * anything new. Every controller does so for itself. To be called in the turn in which `startQuorum` resolved.
 */
export function startSnapshots(options: SnapshotsOptions): { stop(): void } {
  const { metadata, quorum, clock, bytesBetween, intervalMs, log } = options;
  let savedOffset = -1;
  let saving = false;
  let quietUntilMs = 0;
  let stopped = false;

  const save = async () => {
    if (saving || stopped) return;
    saving = true;
    const { image } = metadata;
    try {
      const records = [];
      for (const each of recordsOf(image)) records.push(writeMetadataRecord(each));
      await quorum.saveSnapshot(image.offset, packEntry(records));
      savedOffset = image.offset;
    } catch (error) {
      quietUntilMs = clock.monotonicMs() + RETRY_MS;
      log.error({ err: error, offset: image.offset }, "the metadata could not be saved as a snapshot; the log goes on");
    }
    saving = false;
  };

  quorum.onSnapshotLoaded(({ index }) => (savedOffset = Math.max(savedOffset, index)));
  metadata.onChange(() => {
    if (quorum.bytesSinceSnapshot < bytesBetween || saving || clock.monotonicMs() < quietUntilMs) return;
    // Not here: whoever changed the metadata waits for this turn to end.
    setImmediate(() => void save());
  });
  const timer =
    intervalMs > 0
      ? setInterval(
          () => {
            if (metadata.image.offset > savedOffset) void save();
          },
          Math.min(intervalMs, TIMER_MS_MAX),
        )
      : undefined;
  timer?.unref();
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
