import type { Draft } from "./message";
import type { Reader } from "./reader";
import type { Writer } from "./writer";

/** One API: its number, the versions that this build can encode and decode, and its codecs. */
export interface ApiDescriptor {
  key: number;
  name: string;
  /** What the codecs cover; what a gateway advertises is its own decision. Both ends included. */
  versions: { min: number; max: number };
  /** First version with compact lengths and tagged fields; Infinity for none. */
  flexibleFrom: number;
  readRequest(reader: Reader, version: number): unknown;
  writeRequest(writer: Writer, message: object, version: number): void;
  readResponse(reader: Reader, version: number): unknown;
  writeResponse(writer: Writer, message: object, version: number): void;
}

type Write<T> = (writer: Writer, message: Draft<T>, version: number) => void;
type Read<T> = (reader: Reader, version: number) => T;

/** One row of the table of APIs; called by generated code. */
export function row<Q, S>(
  key: number,
  name: string,
  min: number,
  max: number,
  flexibleFrom: number,
  readRequest: Read<Q>,
  writeRequest: Write<Q>,
  readResponse: Read<S>,
  writeResponse: Write<S>,
): [number, ApiDescriptor] {
  return [
    key,
    {
      key,
      name,
      versions: { min, max },
      flexibleFrom,
      readRequest,
      writeRequest: writeRequest as ApiDescriptor["writeRequest"],
      readResponse,
      writeResponse: writeResponse as ApiDescriptor["writeResponse"],
    },
  ];
}
