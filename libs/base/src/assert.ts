/** A broken invariant: a bug, never a user's mistake. Stops the shard or the process that meets it. */
export class InvariantError extends Error {
  override name = "InvariantError";
}

/** Throws InvariantError unless `condition` holds. For expected failures return a value with a KafkaErrorCode instead. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** For the `default` of an exhaustive switch: does not compile while a case is missing. */
export function unreachable(value: never, what: string): never {
  throw new InvariantError(`${what}: ${String(value)}`);
}
