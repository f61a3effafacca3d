import { createRequire } from "node:module";
import type Koffi from "koffi";

/**
 * Hands bytes of a file to a socket inside the kernel, without a copy in this process. Returns how many the socket took, 0 where the
 * file has none there, "full" where the socket takes none at the moment. Throws an Error with the system's `code`.
 * Source: sendfile(2).
 */
export type SendFile = (socket: number, file: number, position: number, length: number) => number | "full";

/** What Node does not offer of the system's calls on sockets. Sockets and files are named by their descriptors. */
export interface SystemCalls {
  readonly sendFile: SendFile;
  /** How many bytes a socket's buffer may hold; the kernel doubles that for its own needs. Source: socket(7), SO_SNDBUF, SO_RCVBUF. */
  setBuffer(socket: number, which: "send" | "receive", sizeBytes: number): void;
}

let known: SystemCalls | null | undefined;

/** Loaded when it is first asked for (about 10 ms). Undefined where it is not known to work: not Linux, 32 bits, no prebuilt koffi. */
export function systemCalls(): SystemCalls | undefined {
  known ??= load() ?? null;
  return known ?? undefined;
}

const SOL_SOCKET = 1;
const options = { send: 7, receive: 8 };

function load(): SystemCalls | undefined {
  // Elsewhere the functions have other parameters, numbers, or offsets of 32 bits.
  if (process.platform !== "linux" || !(process.arch === "x64" || process.arch === "arm64")) return undefined;
  try {
    const koffi = createRequire(__filename)("koffi") as typeof Koffi;
    const libc = koffi.load(null);
    const sendFile = libc.func("int64_t sendfile(int out, int in, void *offset, size_t count)");
    const setOption = libc.func("int setsockopt(int socket, int level, int name, void *value, uint32_t length)");
    const value = new Int32Array(1);
    return {
      sendFile: sendFileBy(koffi, sendFile),
      setBuffer(socket, which, sizeBytes) {
        value[0] = sizeBytes;
        // What it refuses stays as the system has it: nothing but speed depends on that.
        setOption(socket, SOL_SOCKET, options[which], value, value.byteLength);
      },
    };
  } catch {
    // No binary for this system among the prebuilt ones: files are read and written, and buffers are the system's.
    return undefined;
  }
}

function sendFileBy(koffi: typeof Koffi, call: (...args: unknown[]) => number | bigint): SendFile {
  const { EAGAIN, EINTR } = koffi.os.errno;
  const names = new Map(Object.entries(koffi.os.errno).map(([name, code]) => [code, name]));
  const offset = new BigInt64Array(1);
  return (socket, file, position, length) => {
    for (;;) {
      offset[0] = BigInt(position);
      const took = Number(call(socket, file, offset, length));
      if (took >= 0) return took;
      const errno = koffi.errno();
      if (errno === EAGAIN) return "full";
      if (errno === EINTR) continue;
      const code = names.get(errno) ?? `errno ${errno}`;
      throw Object.assign(new Error(`${code}: sendfile`), { code, errno: -errno, syscall: "sendfile" });
    }
  };
}
