import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import { join } from "node:path";
import { HEADER_BYTES } from "@moldau/record-batch";
import { LEADER_EPOCH_FILE, parseSegmentFileName, PARTITION_METADATA_FILE } from "@moldau/segment-store";
import { OfflineError } from "../errors";
import type { FileWays, Way } from "./file-ways";
import type { ReplicaPlan } from "./plan";

/** One file of a partition, and how it gets to its new place. */
export interface FileCopy {
  readonly from: string;
  readonly name: string;
  readonly bytes: number;
  /** The file gets a second name instead of a second body: nobody appends to it any more. */
  readonly link: boolean;
}

const MAGIC_AT = 16;

/**
 * What has to be taken of a partition's directory. The active segment is always copied, and so are small files and indexes,
 * which a start may write anew; closed segments may be linked. What a deletion left waiting is not taken.
 * @throws OfflineError for a message format before v2
 */
export async function filesOf(replica: ReplicaPlan, options: { link: boolean }): Promise<FileCopy[]> {
  const { path } = replica.source;
  const clean = replica.directory.stoppedCleanly;
  const names = (await fs.readdir(path)).sort();
  const parsed = names.map((name) => ({ name, file: parseSegmentFileName(name) }));
  const logs = parsed.filter(({ file }) => file?.kind === "log" && file.temporary === undefined);
  const active = logs.at(-1)?.file?.baseOffset ?? 0;
  const copies: FileCopy[] = [];
  for (const { name, file } of parsed) {
    const isSmall = name === LEADER_EPOCH_FILE || name === PARTITION_METADATA_FILE;
    if (file === undefined ? !isSmall : file.temporary === "deleted") continue;
    // A broker that died leaves the indexes that it was writing at their full length; they are made anew.
    const isIndex = file?.kind === "index" || file?.kind === "timeIndex";
    if (!clean && isIndex && file.baseOffset >= active) continue;
    const from = join(path, name);
    const { size: bytes } = await fs.stat(from);
    if (file?.kind === "log") await refuseOldFormat(from, bytes);
    const closed = file?.kind === "log" && file.temporary === undefined && file.baseOffset < active;
    copies.push({ from, name, bytes, link: options.link && closed });
  }
  return copies;
}

/** The first batch tells: Kafka 4 writes v2 only, but leaves what older versions wrote. */
async function refuseOldFormat(path: string, bytes: number): Promise<void> {
  if (bytes < MAGIC_AT + 1) return;
  const file = await fs.open(path, "r");
  try {
    const head = Buffer.alloc(Math.min(HEADER_BYTES, bytes));
    await file.read(head, 0, head.length, 0);
    const magic = head.readInt8(MAGIC_AT);
    if (magic === 0 || magic === 1) {
      throw new OfflineError(
        `${path} has messages in format v${magic}, from before Kafka 0.11, which are not read here; write the topic anew with a ` +
          "consumer and a producer, or let its retention take the old segments",
      );
    }
  } finally {
    await file.close();
  }
}

/**
 * Brings a file over, as `way` says where it may be linked; on the disk when it is done. What cannot be linked after all (a file
 * system bounds the names of a file) is copied. The source is only read. Gives what was copied. Unit: bytes.
 */
export async function copyFile(
  { from, name, bytes, link }: FileCopy,
  directory: string,
  way: Way,
  ways: FileWays,
): Promise<number> {
  const to = join(directory, name);
  if (link && way === "link" && (await linked(from, to, ways))) return 0;
  if (link && way === "clone") await ways.clone(from, to);
  else await fs.copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  // Kafka's snapshots are read-only files; here every file is its owner's to write.
  await fs.chmod(to, 0o644);
  const file = await fs.open(to, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return link && way === "clone" ? 0 : bytes;
}

async function linked(from: string, to: string, ways: FileWays): Promise<boolean> {
  try {
    await ways.link(from, to);
    return true;
  } catch {
    return false;
  }
}

/** Whether a second name in `directory` is possible for files below `source`: both lie on one file system. */
export async function canLink(source: string, directory: string): Promise<boolean> {
  const [a, b] = await Promise.all([fs.stat(source), fs.stat(directory)]);
  return a.dev === b.dev;
}
