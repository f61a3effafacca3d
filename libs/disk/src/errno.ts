/** The operating system's name of an error, for example ENOENT; undefined for what is no error of the system. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** The file or directory is not there. */
export function isMissing(error: unknown): boolean {
  return errnoOf(error) === "ENOENT";
}
