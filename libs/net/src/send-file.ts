import { createRequire } from "node:module";
import type Koffi from "koffi";

/**
 * Hands bytes of a file to a socket inside the kernel, without a copy in this process. Returns how many the socket took, 0 where the
 * file has none there, "full" where the socket takes none at the moment. Throws an Error with the system's `code`.
 * Source: sendfile(2).
 */
export type SendFile = (socket: number, file: number, position: number, length: number) => number | "full";

let known: SendFile | null | undefined;

/** The system's `sendfile`, loaded when it is first asked for (about 10 ms), or undefined where there is none that is known to work: not Linux, 32 bits, no prebuilt koffi. */
export function sendFileOfSystem(): SendFile | undefined {
  known ??= load() ?? null;
  return known ?? undefined;
}

function load(): SendFile | undefined {
  // Elsewhere the function has other parameters, or offsets of 32 bits.
  if (process.platform !== "linux" || !(process.arch === "x64" || process.arch === "arm64")) return undefined;
  try {
    const koffi = createRequire(__filename)("koffi") as typeof Koffi;
    const call = koffi.load(null).func("int64_t sendfile(int out, int in, void *offset, size_t count)");
    return wrap(koffi, call);
  } catch {
    // No binary for this system among the prebuilt ones: files are read and written, as before.
    return undefined;
  }
}

function wrap(koffi: typeof Koffi, call: (...args: unknown[]) => number | bigint): SendFile {
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
