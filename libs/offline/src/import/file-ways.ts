import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import { dirname, join } from "node:path";
import { OfflineError } from "../errors";

/** How a closed segment gets to its new place: both cost nothing, or it is copied. */
export type Way = "clone" | "link" | "copy";

/** What a file system does, or does not. */
export interface FileWays {
  /** A copy that shares its body until one of the two is written (XFS, Btrfs, APFS). Rejects where there is no such thing. */
  clone(from: string, to: string): Promise<void>;
  /** A second name. Rejects on other file systems, and on those that know no second names (FAT, some network ones). */
  link(from: string, to: string): Promise<void>;
  /** Room for files of this user. */
  freeBytes(directory: string): Promise<number>;
}

export const nodeFileWays: FileWays = {
  clone: (from, to) => fs.copyFile(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL),
  link: (from, to) => fs.link(from, to),
  async freeBytes(directory) {
    const { bavail, bsize } = await fs.statfs(directory);
    return bavail * bsize;
  },
};

const TRIAL = ".trial";

/**
 * Which of `wanted` works for this file and files beside it in `directory`, found by trying, since no system call tells; "copy"
 * always does. Nothing of the trial stays.
 */
export async function wayOf(
  from: string,
  directory: string,
  wanted: readonly Exclude<Way, "copy">[],
  ways: FileWays,
): Promise<Way> {
  const to = join(directory, TRIAL);
  for (const way of wanted) {
    try {
      await ways[way](from, to);
      return way;
    } catch {
      // The next one, then.
    } finally {
      await fs.rm(to, { force: true });
    }
  }
  return "copy";
}

/** What the directories and files of a new cluster take besides what is copied. */
const SPARE_BYTES = 16 * 1024 * 1024;

/** @throws OfflineError where there is no room for so much below `directory` */
export async function refuseFull(directory: string, bytes: number, ways: FileWays): Promise<void> {
  const free = await ways.freeBytes(directory);
  if (free >= bytes + SPARE_BYTES) return;
  throw new OfflineError(
    `${dirname(directory)} has room for ${bytesText(free)}, and ${bytesText(bytes + SPARE_BYTES)} are needed; make room, or choose ` +
      "another --data-dir: on the file system of Kafka's directories closed segments need none (--link)",
  );
}

/** "1.5 GiB". */
export function bytesText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let value = bytes;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
