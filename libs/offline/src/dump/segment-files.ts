import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { OfflineError } from "../errors";

/** The digits in front of the first dot: where a segment begins. @throws OfflineError for a name that has none */
export function baseOffsetOf(file: string): number {
  const digits = basename(file).split(".")[0]!;
  const offset = Number(digits);
  if (!/^\d+$/.test(digits) || !Number.isSafeInteger(offset)) {
    throw new OfflineError(`${file}: the name does not begin with an offset, as the files of a log segment do`);
  }
  return offset;
}

/** The file of the same segment with another suffix. */
export function siblingOf(file: string, suffix: string): string {
  return join(dirname(resolve(file)), `${basename(file).split(".")[0]!}${suffix}`);
}

/** The file's name from the root on, as it was given: Java's getAbsolutePath leaves dots in it. */
export function absolute(file: string): string {
  return isAbsolute(file) ? file : `${process.cwd()}${sep}${file}`;
}
