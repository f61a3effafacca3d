/**
 * Bytes of an open file that leave the process as they are, without being read into its memory (`sendfile`). Whoever makes one
 * keeps the file open, and the bytes as they are, until it is told that they have left.
 */
export class FileRange {
  constructor(
    /** Of the open file. */
    readonly descriptor: number,
    /** Where the bytes begin. Unit: bytes. */
    readonly position: number,
    /** Unit: bytes. */
    readonly length: number,
  ) {}
}

/** A part of a message on its way out. */
export type Piece = Uint8Array | FileRange;
