import { join } from "node:path";
import type { Uuid } from "@moldau/base";
import { type Disk, isMissing, readText, replaceFile, writeFile } from "@moldau/disk";

/** In each log directory, while a broker runs on it: Kafka's tools pass files over that begin with a dot. */
const INCARNATION_FILE = ".moldau_incarnation";

/** Who wrote into a directory, and what became of it if nobody stopped it. */
interface IncarnationFile {
  version: 0;
  /** Of the last one that heard of its epoch; -1 where what came before it is lost. */
  brokerEpoch: number;
  /** Those that registered since, and may have been killed before they heard of it. */
  incarnationIds: readonly Uuid[];
  /** Of the system whose page cache held what was not synced; see `Disk.bootId`. */
  bootId: string;
  /** Whether all that counted was on the disk (`moldau.durability=fsync`). */
  synced: boolean;
}

/**
 * A broker that was killed lost nothing that it had written, as long as its machine went on: the page cache has it. Kafka
 * takes every stop without a marker for a loss of records (KIP-966), and a cluster whose processes were killed all at once
 * for one that has lost its in-sync replicas. This file tells the one from the other.
 */
export async function noteIncarnation(
  disk: Disk,
  directories: readonly string[],
  { brokerEpoch, incarnationIds, synced }: SurvivingIncarnations & { synced: boolean },
): Promise<void> {
  const content: IncarnationFile = { version: 0, brokerEpoch, incarnationIds, bootId: await disk.bootId(), synced };
  const text = JSON.stringify(content);
  for (const directory of directories) {
    const path = join(directory, INCARNATION_FILE);
    // Unsynced it says the truth as well: after a power cut it is gone, torn, or names another boot.
    if (synced) await replaceFile(disk, path, text);
    else await writeFile(disk, path, Buffer.from(text), false);
  }
}

/** The directory failed: what it holds is not what was written to it. */
export async function forgetIncarnation(disk: Disk, directory: string): Promise<void> {
  await disk.unlink(join(directory, INCARNATION_FILE)).catch(() => undefined);
}

/** Whose writes a directory still holds, all of them. */
export interface SurvivingIncarnations {
  /** Of the broker that ran here last and knew it; -1: something may be lost. */
  readonly brokerEpoch: number;
  /** Of those that ran after it and did not know theirs. */
  readonly incarnationIds: readonly Uuid[];
}

const NOBODY: SurvivingIncarnations = { brokerEpoch: -1, incarnationIds: [] };
/** Starts that never came so far as to hear of their epoch; older ones are forgotten. */
const INCARNATIONS_KEPT = 32;

/** Who ran here last and was not stopped, where nothing of what they wrote is lost. */
export async function survivingIncarnations(disk: Disk, directory: string): Promise<SurvivingIncarnations> {
  const text = await readText(disk, join(directory, INCARNATION_FILE)).catch((error: unknown) => {
    if (isMissing(error)) return "";
    return "unreadable";
  });
  const file = parse(text);
  if (file === undefined) return NOBODY;
  const bootId = await disk.bootId();
  if (!file.synced && (bootId === "" || file.bootId !== bootId)) return NOBODY;
  return { brokerEpoch: file.brokerEpoch, incarnationIds: file.incarnationIds.slice(-INCARNATIONS_KEPT) };
}

function parse(text: string): IncarnationFile | undefined {
  try {
    const value = JSON.parse(text) as Partial<IncarnationFile> | null;
    if (value?.version !== 0 || typeof value.bootId !== "string" || typeof value.synced !== "boolean") return undefined;
    if (!Number.isSafeInteger(value.brokerEpoch) || !Array.isArray(value.incarnationIds)) return undefined;
    return value as IncarnationFile;
  } catch {
    return undefined;
  }
}
