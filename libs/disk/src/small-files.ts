import { dirname } from "node:path";
import type { Disk } from "./disk";

/**
 * Replaces a small file so that after a crash the old or the new content is there, never a mixture: temporary file,
 * fdatasync, rename, directory sync. Source: CheckpointFile.write.
 */
export async function replaceFile(
  disk: Disk,
  path: string,
  content: string | Uint8Array,
  options: { syncDirectory: boolean } = { syncDirectory: true },
): Promise<void> {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  const temporary = `${path}.tmp`;
  const descriptor = await disk.open(temporary, { create: true });
  try {
    await disk.truncate(descriptor, 0);
    await disk.write(descriptor, [bytes], 0);
    await disk.sync(descriptor);
  } finally {
    await disk.close(descriptor);
  }
  await disk.rename(temporary, path);
  if (options.syncDirectory) await disk.syncDirectory(dirname(path));
}

/** Writes a small file in place; `sync` makes it durable before this is done. */
export async function writeFile(disk: Disk, path: string, bytes: Uint8Array, sync: boolean): Promise<void> {
  const descriptor = await disk.open(path, { create: true });
  try {
    await disk.write(descriptor, [bytes], 0);
    await disk.truncate(descriptor, bytes.length);
    if (sync) await disk.sync(descriptor);
  } finally {
    await disk.close(descriptor);
  }
}

export async function readText(disk: Disk, path: string): Promise<string> {
  return Buffer.from(await disk.readFile(path)).toString("utf8");
}

/**
 * Makes a directory, and whatever is missing above it, so that a power cut does not take it away again: a name is on the disk
 * only when the directory that it stands in is synced. Parents that are not ours to read are left as they are.
 */
export async function makeDurableDirectory(disk: Disk, path: string): Promise<void> {
  const isThere = await disk.list(path).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const parent = dirname(path);
  if (parent !== path) await makeDurableDirectory(disk, parent);
  await disk.makeDirectory(path);
  if (parent !== path) await disk.syncDirectory(parent).catch(() => undefined);
}
