import { join } from "node:path";
import { type Disk, isMissing, readText, replaceFile, writeFile } from "@moldau/disk";

/** In each log directory, while a broker runs on it: Kafka's tools pass files over that begin with a dot. */
const INCARNATION_FILE = ".moldau_incarnation";

/** Who wrote into a directory, and what became of it if nobody stopped it. */
interface IncarnationFile {
  version: 0;
  brokerEpoch: number;
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
  { brokerEpoch, synced }: { brokerEpoch: number; synced: boolean },
): Promise<void> {
  const content: IncarnationFile = { version: 0, brokerEpoch, bootId: await disk.bootId(), synced };
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

/** The epoch of the broker that ran here last and was not stopped, where nothing of what it wrote is lost; else -1. */
export async function survivingEpoch(disk: Disk, directory: string): Promise<number> {
  const text = await readText(disk, join(directory, INCARNATION_FILE)).catch((error: unknown) => {
    if (isMissing(error)) return "";
    return "unreadable";
  });
  const file = parse(text);
  if (file === undefined) return -1;
  const bootId = await disk.bootId();
  return file.synced || (bootId !== "" && file.bootId === bootId) ? file.brokerEpoch : -1;
}

function parse(text: string): IncarnationFile | undefined {
  try {
    const value = JSON.parse(text) as Partial<IncarnationFile> | null;
    if (value?.version !== 0 || typeof value.bootId !== "string" || typeof value.synced !== "boolean") return undefined;
    return Number.isSafeInteger(value.brokerEpoch) ? (value as IncarnationFile) : undefined;
  } catch {
    return undefined;
  }
}
