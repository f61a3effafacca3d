import { open, readdir, rename, writeFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

/** What is on the disk cannot be used as it is. The message says what, where, and what to do. */
export class QuorumStorageError extends Error {
  override name = "QuorumStorageError";
}

/** Makes creations, renames and deletions in a directory durable. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces a small file so that after a crash either the old or the new content is there. */
export async function replaceFile(directory: string, name: string, content: string): Promise<void> {
  const temporary = join(directory, `${name}.tmp`);
  await writeFile(temporary, content, { flush: true });
  await rename(temporary, join(directory, name));
  await syncDirectory(directory);
}

/** Writes all of `chunks` at `position`, in as few calls as the system allows. */
export async function writeFully(file: FileHandle, chunks: readonly Uint8Array[], position: number): Promise<void> {
  const perCall = 512;
  let at = position;
  for (let from = 0; from < chunks.length; from += perCall) {
    let rest: Uint8Array[] = chunks.slice(from, from + perCall);
    let left = rest.reduce((sum, chunk) => sum + chunk.length, 0);
    while (left > 0) {
      const { bytesWritten } = await file.writev(rest, at);
      at += bytesWritten;
      left -= bytesWritten;
      if (left > 0) rest = dropBytes(rest, bytesWritten);
    }
  }
}

function dropBytes(chunks: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  const result: Uint8Array[] = [];
  for (const chunk of chunks) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      result.push(left > 0 ? chunk.subarray(left) : chunk);
      left = 0;
    }
  }
  return result;
}

/** Names in a directory that match, in ascending order. */
export async function namesIn(directory: string, pattern: RegExp): Promise<string[]> {
  return (await readdir(directory)).filter((name) => pattern.test(name)).sort();
}
