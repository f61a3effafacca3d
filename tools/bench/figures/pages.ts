// Page cache that a run can write into without waiting for memory. A virtual machine may give pages that nobody uses back to its
// host after a second or two; the first write into such a page costs five to ten times the copy, so that a run would measure what
// was deleted before it. The bench fills pages itself and gives them up where a run needs them, for every system alike.
import { closeSync, fdatasyncSync, ftruncate, openSync, rmSync, writeSync } from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";

const PIECE_BYTES = 64_000;
/** Between two pieces that are kept. */
const BETWEEN_BYTES = 8 * PIECE_BYTES;
const STEP_MS = 20;
/** Given up in advance, as time at the run's rate. */
const AHEAD_MS = 500;

const piece = Buffer.alloc(PIECE_BYTES, "bench");
const fileIn = (dir: string): string => join(dir, "page-cache");
/** Never so much that it takes the memory that the systems live in. */
const bounded = (bytes: number): number => Math.floor(Math.min(bytes, 2e9, freemem() / 4));

function fill(descriptor: number, bytes: number): void {
  for (let written = 0; written < bytes; written += piece.length) writeSync(descriptor, piece);
}

/** Writes so many bytes into a new file below `dir` in pieces of 64 KB and removes it; CPU-seconds for each GB of that. */
export function fillAndFree(dir: string, bytes: number): number {
  const file = fileIn(dir);
  const descriptor = openSync(file, "w");
  try {
    const before = process.cpuUsage();
    fill(descriptor, bytes);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6 / (bytes / 1e9);
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
}

/**
 * While `work` writes so many bytes as fast as it can. The pages lie between others that are kept meanwhile: whole pieces of 2 MB
 * would go to the host, or to the end of the kernel's lists.
 */
export async function withPages<T>(dir: string, bytes: number, work: () => Promise<T>): Promise<T> {
  const keptFile = `${fileIn(dir)}-kept`;
  const kept = openSync(keptFile, "w");
  try {
    const descriptor = openSync(fileIn(dir), "w");
    const most = bounded(bytes);
    for (let written = 0; written < most; written += BETWEEN_BYTES) {
      fill(descriptor, BETWEEN_BYTES);
      fill(kept, PIECE_BYTES);
    }
    closeSync(descriptor);
    rmSync(fileIn(dir));
    return await work();
  } finally {
    closeSync(kept);
    rmSync(keptFile);
  }
}

/** While `work` writes so many bytes at an even pace for longer, pages become free at that pace. */
export async function withPagesAtPace<T>(
  dir: string,
  { bytes, durationMs }: { bytes: number; durationMs: number },
  work: () => Promise<T>,
): Promise<T> {
  const file = fileIn(dir);
  const descriptor = openSync(file, "w");
  let truncating = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  try {
    const filled = bounded(bytes);
    fill(descriptor, filled);
    // Dirty pages would count towards what the kernel lets the systems write.
    fdatasyncSync(descriptor);
    const startedMs = performance.now();
    timer = setInterval(() => {
      const given = (filled * (performance.now() - startedMs + AHEAD_MS)) / durationMs;
      const left = Math.max(0, Math.floor(filled - given));
      truncating = new Promise((resolve) => ftruncate(descriptor, left, () => resolve()));
    }, STEP_MS);
    return await work();
  } finally {
    clearInterval(timer);
    await truncating;
    closeSync(descriptor);
    rmSync(file);
  }
}
