import { fstatSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { unreachable } from "./errors";
import type { Input, Output, Terminal } from "./terminal";

/** The process's own streams, signals and network. */
export function realTerminal(): Terminal {
  let interruption: AbortController | undefined;
  return {
    env: process.env,
    input: standardInput(),
    output: outputOf(process.stdout),
    notes: outputOf(process.stderr),
    // Loaded by the first command that needs it: --help and usage errors do without.
    client: () => import("@moldau/client"),
    reach,
    interrupted() {
      if (interruption) return interruption.signal;
      const controller = (interruption = new AbortController());
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.on(signal, () => (controller.signal.aborted ? process.exit(130) : controller.abort()));
      }
      return controller.signal;
    },
    nowMs: () => performance.now(),
    wallMs: () => Date.now(),
    // Cut short by the signal it is done as well.
    sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
    readFile: (path) => readFile(path, "utf8"),
  };
}

function standardInput(): Input {
  return {
    isTerminal: process.stdin.isTTY === true,
    get sizeBytes() {
      try {
        const stat = fstatSync(0);
        return stat.isFile() ? stat.size : undefined;
      } catch {
        return undefined;
      }
    },
    chunks: () => process.stdin,
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  const gone = new AbortController();
  // EPIPE is how `| head` says that it has enough; a full disk or a closed descriptor ends output just as well, but aloud.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && !gone.signal.aborted && stream !== process.stderr) {
      process.exitCode = 1;
      process.stderr.write(`moldau: cannot write the output: ${error.message}\n`);
    }
    gone.abort();
  });
  return {
    isTerminal: stream.isTTY === true,
    gone: gone.signal,
    stream,
    async write(chunk) {
      if (gone.signal.aborted || stream.write(chunk)) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          stream.off("drain", done);
          gone.signal.removeEventListener("abort", done);
          resolve();
        };
        stream.on("drain", done);
        gone.signal.addEventListener("abort", done);
      });
    },
  };
}

const connectTimeoutMs = 5000;

/** The client retries a cluster that is not there for its whole time-out; a person wants to know at once. */
async function reach(addresses: readonly string[]): Promise<void> {
  try {
    await Promise.any(addresses.map(tryToConnect));
  } catch (error) {
    const reasons = error instanceof AggregateError ? (error.errors as Error[]).map(({ message }) => message) : [];
    throw unreachable(addresses, [...new Set(reasons)].join(", ") || "no answer");
  }
}

function tryToConnect(address: string): Promise<void> {
  const at = address.lastIndexOf(":");
  const host = address.slice(0, at).replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(address.slice(at + 1)), timeout: connectTimeoutMs });
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("timeout", () => {
      socket.destroy();
      reject(new Error(`no answer within ${connectTimeoutMs / 1000} s`));
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      reject(new Error(connectFailures.get(error.code ?? "") ?? error.message));
    });
  });
}

const connectFailures: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "connection refused"],
  ["ENOTFOUND", "no such host"],
  ["EAI_AGAIN", "the name cannot be resolved now"],
  ["EHOSTUNREACH", "no route to the host"],
  ["ENETUNREACH", "no route to its network"],
  ["ETIMEDOUT", "no answer"],
]);
