import { setTimeout as delay } from "node:timers/promises";
import { KafkaError } from "@moldau/base";
import { isClientError, KafkaClientError } from "./client-error";

const BACKOFF_MS = 50;
const BACKOFF_MS_MAX = 1000;

/** How long to wait before attempt `attempt + 1`: doubling from 50 ms to 1 s, a fifth of it at random (KIP-580). */
export function backoffMs(attempt: number): number {
  const full = Math.min(BACKOFF_MS_MAX, BACKOFF_MS * 2 ** Math.min(attempt, 10));
  return full * (0.8 + 0.4 * Math.random());
}

export interface RetryOptions {
  /** When to give up, on the clock of `performance.now()`. The attempt under way may end a little later. */
  deadlineMs: number;
  /** Ends the waiting; the last error is thrown. */
  signal?: AbortSignal;
  /** Whether this error is worth another attempt; the error's own `retriable` by default. */
  again?(error: KafkaClientError, attempt: number): boolean;
  /** How long to wait before the next attempt, ms; `backoffMs` by default. */
  pauseMs?(error: KafkaClientError, attempt: number): number | undefined;
}

/** Runs `attempt` until it succeeds, fails for good, or the time is over; then its last error is thrown. */
export async function withRetries<T>(options: RetryOptions, attempt: (number: number) => Promise<T>): Promise<T> {
  const again = options.again ?? ((error): boolean => error.retriable);
  for (let number = 0; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      if (!isClientError(error) || options.signal?.aborted || !again(error, number)) throw error;
      const pauseMs = options.pauseMs?.(error, number) ?? backoffMs(number);
      if (performance.now() + pauseMs >= options.deadlineMs) throw error;
      await pause(pauseMs, options.signal);
      if (options.signal?.aborted) throw error;
    }
  }
}

/** Waits; returns early when `signal` fires. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

export function timedOut(what: string): KafkaClientError {
  return new KafkaClientError(what, KafkaError.REQUEST_TIMED_OUT);
}
