/** What a person gave cannot be used as it is. The message says what, where, and what to do; exit status 2. */
export class OfflineError extends Error {
  override name = "UsageError";
}
