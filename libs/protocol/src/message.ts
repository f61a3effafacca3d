import { ProtocolError } from "./protocol-error";
import type { TaggedField } from "./reader";
import type { ByteSource } from "./writer";

/**
 * What may be handed to a writer for a message: any field may be left out and then has the schema's default; byte fields
 * may come in several pieces.
 */
export type Draft<T> = T extends Uint8Array
  ? ByteSource
  : T extends readonly (infer E)[]
    ? readonly Draft<E>[]
    : T extends TaggedField
      ? TaggedField
      : T extends object
        ? { [K in keyof T]?: Draft<T[K]> }
        : T;

/** The version is not one that the codec of this message covers. */
export function versionError(message: string, version: number): ProtocolError {
  return new ProtocolError(`${message} has no version ${version}`);
}

/** A field has a value that this version cannot carry, and leaving it out would change the meaning. */
export function notInVersion(field: string, version: number): ProtocolError {
  return new ProtocolError(`${field} is not supported in version ${version}`);
}

/** A field is null where this version needs a value. */
export function nullIn(field: string, version: number): ProtocolError {
  return new ProtocolError(`${field} must not be null in version ${version}`);
}

/** Default of byte fields. */
export const NO_BYTES: Uint8Array = new Uint8Array(0);
