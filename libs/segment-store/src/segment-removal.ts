import { join } from "node:path";
import type { Environment } from "./environment";
import { FileSuffix, segmentFileName } from "./file-names";
import type { Segment } from "./segment";
import { isMissing } from "./storage-error";

/**
 * Renames the files of segments to `.deleted`, in the order given, and returns the new paths. The order matters to a crash
 * in between: the log must stay without holes, so a cut from the end begins with the last segment, retention with the first.
 */
export async function markDeleted(
  environment: Environment,
  directory: string,
  segments: readonly Segment[],
): Promise<string[]> {
  const marked: string[] = [];
  for (const { baseOffset } of segments) {
    for (const kind of ["log", "index", "timeIndex", "txnIndex"] as const) {
      const path = join(directory, segmentFileName(baseOffset, kind));
      try {
        await environment.disk.rename(path, path + FileSuffix.deleted);
        marked.push(path + FileSuffix.deleted);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
  }
  return marked;
}

/** Nobody opens it any more; who reads it finishes. */
export function letGo(environment: Environment, segment: Segment): void {
  segment.removed = true;
  environment.files.forget(segment.logPath);
  environment.indexes.drop(segment);
  environment.transactions.drop(segment.transactions);
}
