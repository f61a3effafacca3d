import { Socket } from "node:net";
import type { FrameReader } from "./frame-reader";

/** A socket with its handle, which Node does not name in its types. */
interface WithHandle {
  _handle: { writeQueueSize?: number; fd?: number } | null;
}

/**
 * Bytes that the system has not taken yet of what was written. Falls while a long write is under way, which the socket's
 * own counters do not.
 */
export function queuedInHandle(socket: Socket): number {
  return (socket as unknown as WithHandle)._handle?.writeQueueSize ?? 0;
}

/** The socket's descriptor; undefined where it has none, or none any more. */
export function descriptorOf(socket: Socket): number | undefined {
  const descriptor = (socket as unknown as WithHandle)._handle?.fd;
  return descriptor !== undefined && descriptor >= 0 ? descriptor : undefined;
}

/**
 * Lets an accepted socket read straight into the reader's memory. Node has `onread` for that, but only for sockets that
 * one makes oneself: so the accepted socket's handle moves into a new socket. Worth half the CPU at 64 KB and above.
 * `read` is called after each read, with the reader filled; returning false stops reading as `pause()` does.
 * Where there is no such handle (or on Windows, where reads of several sockets are under way at once and would meet in the
 * shared memory) the socket itself is read the usual way.
 */
export function readInto(accepted: Socket, reader: FrameReader, read: (count: () => void) => boolean): Socket {
  const handle = (accepted as unknown as WithHandle)._handle;
  if (handle === null || handle === undefined || process.platform === "win32") {
    accepted.on("data", (chunk: Buffer) => {
      if (!read(() => reader.push(chunk))) accepted.pause();
    });
    accepted.resume();
    return accepted;
  }
  (accepted as unknown as WithHandle)._handle = null;
  accepted.destroy();
  const options = {
    handle,
    onread: {
      buffer: () => reader.space() as Buffer,
      callback: (bytes: number) => read(() => reader.filled(bytes)),
    },
  };
  return new Socket(options as ConstructorParameters<typeof Socket>[0]);
}
