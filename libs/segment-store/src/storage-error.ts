import { KafkaError, type KafkaErrorCode } from "@moldau/base";

/**
 * An expected failure of the storage: carries what a client is told (`code`), where it happened (`path`) and, where the
 * operating system said why, its name for it (`errno`, for example ENOSPC).
 */
export class StorageError extends Error {
  override name = "StorageError";
  readonly code: KafkaErrorCode;
  readonly path: string;
  readonly errno: string | undefined;

  constructor(code: KafkaErrorCode, path: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.path = path;
    this.errno = errnoOf(cause);
  }
}

/** The operating system's name of an error, for example ENOENT; undefined for other errors. */
export function errnoOf(error: unknown): string | undefined {
  if (error instanceof StorageError) return error.errno;
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

export function isMissing(error: unknown): boolean {
  return errnoOf(error) === "ENOENT";
}

/** Wraps whatever an I/O call threw; a StorageError passes through. */
export function storageFailure(path: string, doing: string, error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new StorageError(KafkaError.KAFKA_STORAGE_ERROR, path, `${doing} failed at ${path}: ${why}`, error);
}
