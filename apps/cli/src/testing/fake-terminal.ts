import type { CliError } from "../errors";
import type { Output, Terminal } from "../terminal";
import type { FakeCluster } from "./fake-cluster";

export interface FakeTerminal extends Terminal {
  out(): Buffer;
  err(): string;
  interrupt(): void;
  /** The reader of standard output goes away. */
  hangUp(): void;
}

export interface FakeTerminalOptions {
  stdin?: string | Uint8Array | AsyncIterable<Uint8Array>;
  env?: Record<string, string>;
  files?: Record<string, string>;
  /** Somebody watches standard error. */
  watched?: boolean;
  unreachable?: CliError;
  onWrite?(written: Buffer): void;
}

export function fakeTerminal(cluster: FakeCluster, options: FakeTerminalOptions = {}): FakeTerminal {
  const interruption = new AbortController();
  const output = capture(false, options.onWrite);
  const notes = capture(options.watched ?? false);
  let nowMs = 0;
  // A hundred seconds after the first record of a fake cluster.
  let wallMs = 1_700_000_100_000;
  return {
    env: options.env ?? {},
    input: { isTerminal: false, sizeBytes: undefined, chunks: () => chunksOf(options.stdin ?? "") },
    output,
    notes,
    client: () => Promise.resolve(cluster.client()),
    reach: () => (options.unreachable ? Promise.reject(options.unreachable) : Promise.resolve()),
    interrupted: () => interruption.signal,
    nowMs: () => (nowMs += 10),
    wallMs: () => wallMs,
    async sleep(ms) {
      await new Promise((resolve) => setImmediate(resolve));
      wallMs += ms;
    },
    readFile(path) {
      const text = options.files?.[path];
      return text === undefined
        ? Promise.reject(new Error(`ENOENT: no such file, open '${path}'`))
        : Promise.resolve(text);
    },
    out: () => output.written(),
    err: () => notes.written().toString(),
    interrupt: () => interruption.abort(),
    hangUp: () => output.hangUp(),
  };
}

function capture(
  isTerminal: boolean,
  onWrite?: (written: Buffer) => void,
): Output & { written(): Buffer; hangUp(): void } {
  const gone = new AbortController();
  const chunks: Buffer[] = [];
  return {
    isTerminal,
    gone: gone.signal,
    stream: undefined,
    write(chunk) {
      if (!gone.signal.aborted) chunks.push(Buffer.from(chunk));
      onWrite?.(Buffer.concat(chunks));
      return Promise.resolve();
    },
    written: () => Buffer.concat(chunks),
    hangUp: () => gone.abort(),
  };
}

async function* chunksOf(source: string | Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (typeof source === "string") yield Buffer.from(source);
  else if (source instanceof Uint8Array) yield source;
  else yield* source;
}
