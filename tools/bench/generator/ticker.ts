// Ticks finer than Node's timers, which know whole milliseconds: a thread of its own sleeps and sends a message.
import { Worker } from "node:worker_threads";

const source = `
const { parentPort, workerData: { everyMs } } = require("node:worker_threads");
const nothing = new Int32Array(new SharedArrayBuffer(4));
for (let next = performance.now(); ; ) {
  next += everyMs;
  const waitMs = next - performance.now();
  if (waitMs > 0) Atomics.wait(nothing, 0, 0, waitMs);
  else next = performance.now();
  parentPort.postMessage(0);
}`;

/** Calls about every `everyMs`, which may be a part of a millisecond, until the returned function is called. */
export function startTicker(everyMs: number, onTick: () => void): () => Promise<number> {
  const worker = new Worker(source, { eval: true, workerData: { everyMs } });
  worker.on("message", onTick);
  return () => {
    worker.off("message", onTick);
    return worker.terminate();
  };
}
