import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CompressionError } from "./compression-error";

/**
 * zstd compiled to WebAssembly, for Node without its own. The package (@bokuweb/zstd-wasm) wraps it in an asynchronous start
 * and a decompression that trusts the frame, and keeps its one instance for good. Here its binary is instantiated directly:
 * synchronously (3 ms), with an output size that we chose, and thrown away when its memory has grown.
 *
 * Emscripten shortens the names of what the binary takes and gives; the ones below are those of the version that
 * package.json pins (0.0.27, see its dist/common/zstd.js). A newer version means reading them again; the tests tell.
 */
interface ZstdExports {
  /** memory */
  f: { buffer: ArrayBuffer; grow(pages: number): number };
  /** static constructors */
  g(): void;
  /** ZSTD_isError */
  h(result: number): number;
  /** ZSTD_compressBound */
  i(size: number): number;
  /** ZSTD_compress */
  m(target: number, capacity: number, source: number, size: number, level: number): number;
  /** ZSTD_decompress */
  r(target: number, capacity: number, source: number, size: number): number;
  /** malloc */
  s(size: number): number;
  /** free */
  t(pointer: number): void;
}

/** The part of WebAssembly's interface that is used; Node's types leave it to the DOM library. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
};

const PAGE_BYTES = 65_536;
const MEMORY_MAX_BYTES = 2 ** 31;
/** ZSTD_error_dstSize_tooSmall, negated as the library returns it. */
const TARGET_TOO_SMALL = -70;
/** WebAssembly memory only grows: an instance that became larger is dropped and made anew when next needed. */
const KEPT_HEAP_BYTES = 64 * 1024 * 1024;

export interface WasmZstd {
  compress(bytes: Uint8Array, level: number): Uint8Array;
  /** `capacity` bytes of output at most; `maxBytes` is what the error names. */
  decompress(bytes: Uint8Array, capacity: number, maxBytes: number): Uint8Array;
}

let compiled: object | undefined;
let current: ZstdExports | undefined;

export function wasmZstd(): WasmZstd {
  return { compress, decompress };
}

function compress(bytes: Uint8Array, level: number): Uint8Array {
  const zstd = load();
  return call(zstd, bytes, zstd.i(bytes.length), (target, capacity, source) =>
    zstd.m(target, capacity, source, bytes.length, level),
  );
}

function decompress(bytes: Uint8Array, capacity: number, maxBytes: number): Uint8Array {
  const zstd = load();
  return call(zstd, bytes, capacity, (target, room, source) => zstd.r(target, room, source, bytes.length), maxBytes);
}

function call(
  zstd: ZstdExports,
  input: Uint8Array,
  capacity: number,
  run: (target: number, capacity: number, source: number) => number,
  maxBytes = capacity,
): Uint8Array {
  const source = zstd.s(input.length || 1);
  const target = zstd.s(capacity || 1);
  try {
    if (source === 0 || target === 0) throw CompressionError.tooLarge("zstd", maxBytes);
    new Uint8Array(zstd.f.buffer).set(input, source);
    const result = run(target, capacity, source);
    if (result === TARGET_TOO_SMALL && capacity >= maxBytes) throw CompressionError.tooLarge("zstd", maxBytes);
    if (zstd.h(result)) throw new CompressionError(`zstd: error ${-result}`);
    return new Uint8Array(zstd.f.buffer, target, result).slice();
  } catch (error) {
    if (error instanceof CompressionError) throw error;
    // A trap inside the library leaves its heap in doubt.
    current = undefined;
    throw CompressionError.corrupt("zstd", error);
  } finally {
    if (current === zstd) {
      zstd.t(target);
      zstd.t(source);
      if (zstd.f.buffer.byteLength > KEPT_HEAP_BYTES) current = undefined;
    }
  }
}

function load(): ZstdExports {
  if (current) return current;
  compiled ??= new WebAssembly.Module(readFileSync(join(dirname(require.resolve("@bokuweb/zstd-wasm")), "zstd.wasm")));
  const stop = (): never => {
    throw new Error("zstd: the WebAssembly module gave up");
  };
  const imports = {
    a: {
      a: stop, // proc_exit
      b: (): void => {}, // runtime_keepalive_clear
      c: stop, // abort
      d: (): number => 0, // setitimer
      e: growMemory,
    },
  };
  const zstd = new WebAssembly.Instance(compiled, imports).exports as ZstdExports;
  function growMemory(requestedBytes: number): number {
    const requested = requestedBytes >>> 0;
    if (requested > MEMORY_MAX_BYTES) return 0;
    const missing = requested - zstd.f.buffer.byteLength;
    try {
      zstd.f.grow(Math.ceil(Math.max(missing, zstd.f.buffer.byteLength / 5) / PAGE_BYTES));
      return 1;
    } catch {
      return 0;
    }
  }
  zstd.g();
  return (current = zstd);
}
