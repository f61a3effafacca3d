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
