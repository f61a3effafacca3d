import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  HIGH_WATERMARK_FILE,
  LOG_START_FILE,
  type PartitionOffset,
  readOffsets,
  RECOVERY_POINT_FILE,
  writeOffsets,
} from "@moldau/segment-store";
import { OfflineError } from "../errors";
import type { ReplicaPlan } from "./plan";

/** What the broker knew of its logs besides the logs; the cleaner's file as well. */
export const CHECKPOINT_FILES = [
  RECOVERY_POINT_FILE,
  HIGH_WATERMARK_FILE,
  LOG_START_FILE,
  "cleaner-offset-checkpoint",
] as const;

/**
 * One of the checkpoint files for the new directory: the lines of all sources about the partitions that come from there.
 * A file that is not there says nothing. @throws OfflineError where one cannot be read
 */
export function mergedCheckpoint(name: (typeof CHECKPOINT_FILES)[number], replicas: readonly ReplicaPlan[]): string {
  const lines: PartitionOffset[] = [];
  for (const directory of new Set(replicas.map((replica) => replica.directory))) {
    const path = join(directory.path, name);
    if (!existsSync(path)) continue;
    const text = readFileSync(path, "utf8");
    // Kafka makes the file before it has something to say.
    if (text === "") continue;
    const offsets = readOffsets(text);
    if (offsets === undefined) {
      throw new OfflineError(
        `${path} is damaged; start the Kafka node once and stop it in order: it writes the file anew`,
      );
    }
    const taken = new Set(
      replicas.filter((replica) => replica.directory === directory).map((each) => `${each.topic}-${each.partition}`),
    );
    lines.push(...offsets.filter(({ topic, partition }) => taken.has(`${topic}-${partition}`)));
  }
  return writeOffsets(lines);
}
