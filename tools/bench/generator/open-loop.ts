// A fixed rate, whatever the answers do. A latency begins when the request was due, not when it left: a generator that waits
// for a slow answer before it asks again would leave out just the requests that had to wait ("coordinated omission").
import type { Histogram } from "hdr-histogram-js";
import type { Lane } from "./lanes";
import { newHistogram, record } from "./latencies";
import { checkProduced } from "./requests";
import { startTicker } from "./ticker";

export interface OpenLoopPlan {
  requestsPerSecond: number;
  durationMs: number;
  /** Not recorded at the beginning: connections and code get warm. */
  warmUpMs: number;
  /** For each request, with the partitions it writes to and when it was due (`performance.now()`). */
  onSent?: (partitions: readonly number[], dueMs: number) => void;
}

export interface OpenLoopResult {
  /** From due to acknowledged. Unit: microseconds. */
  acknowledged: Histogram;
  /** From due to written to the socket: what is the generator's own. Unit: microseconds. */
  late: Histogram;
  requests: number;
  seconds: number;
}

/** Requests on their way at most: beyond it the system does not keep up with the rate, and there is no latency to report. */
const onTheWayMax = 20_000;
const answersTimeoutMs = 30_000;

export function produceAtRate(lanes: readonly Lane[], plan: OpenLoopPlan): Promise<OpenLoopResult> {
  // Requests of all connections in turn.
  const longest = Math.max(...lanes.map(({ requests }) => requests.length));
  const order = Array.from({ length: longest }, (_, i) =>
    lanes.map((lane) => ({ lane, request: lane.requests[i % lane.requests.length]! })),
  ).flat();
  const everyMs = 1_000 / plan.requestsPerSecond;
  const acknowledged = newHistogram();
  const late = newHistogram();
  const total = Math.round((plan.warmUpMs + plan.durationMs) / everyMs);
  const warmUp = Math.round(plan.warmUpMs / everyMs);
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answered = 0;
    const startMs = performance.now() + 5;
    const stop = startTicker(Math.min(1, Math.max(0.2, everyMs)), tick);
    let timer: NodeJS.Timeout | undefined;
    const end = (error?: Error) => {
      void stop();
      clearTimeout(timer);
      if (error !== undefined) return reject(error);
      const seconds = (performance.now() - startMs - plan.warmUpMs) / 1_000;
      resolve({ acknowledged, late, requests: total - warmUp, seconds });
    };
    function tick(): void {
      const nowMs = performance.now();
      while (sent < total && startMs + sent * everyMs <= nowMs) send(sent++);
      if (sent - answered > onTheWayMax)
        end(new Error(`${onTheWayMax} requests wait: the rate is above what it can do`));
      if (sent < total || timer !== undefined) return;
      timer = setTimeout(() => end(new Error(`${total - answered} requests were not answered`)), answersTimeoutMs);
    }
    function send(n: number): void {
      const { lane, request } = order[n % order.length]!;
      const dueMs = startMs + n * everyMs;
      plan.onSent?.(request.partitions, dueMs);
      if (n >= warmUp) record(late, performance.now() - dueMs);
      lane.connection.request(request.frame, (answer) => {
        if (n >= warmUp) record(acknowledged, performance.now() - dueMs);
        try {
          checkProduced(answer);
        } catch (error) {
          return end(error as Error);
        }
        if (++answered === total) end();
      });
    }
  });
}
