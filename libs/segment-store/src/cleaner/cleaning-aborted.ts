/** The log is being cut, closed or deleted: the round ends, what it has begun is undone, and the next one does it anew. */
export class CleaningAborted extends Error {
  override name = "CleaningAborted";
  constructor(path: string) {
    super(`cleaning of ${path} was aborted`);
  }
}
