import type { Disk } from "@moldau/disk";

/** What is on the disk cannot be used as it is. The message says what, where, and what to do. */
export class QuorumStorageError extends Error {
  override name = "QuorumStorageError";
}

/** Names in a directory that match, in ascending order. */
export async function namesIn(disk: Disk, directory: string, pattern: RegExp): Promise<string[]> {
  const entries = await disk.list(directory);
  return entries
    .map(({ name }) => name)
    .filter((name) => pattern.test(name))
    .sort();
}

/** Opens a file that shall be empty. */
export async function openEmpty(disk: Disk, path: string): Promise<number> {
  const file = await disk.open(path, { create: true });
  await disk.truncate(file, 0);
  return file;
}
