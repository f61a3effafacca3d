import type { SampledSum } from "./sampled-sum";

/** What an answer has room for, and a timer too. Unit: ms. */
export const THROTTLE_MS_MAX = 2 ** 31 - 1;

/**
 * How long nothing may be added until a rate is down at its limit: with rate O and limit T over a window W it is the X with
 * O * W / (W + X) = T. 0 where the limit is kept. Unit: ms.
 * Source: Kafka's QuotaUtils.throttleTime.
 */
export function throttleTimeMs(rate: SampledSum, limit: number, nowMs: number): number {
  const measured = rate.rate(nowMs);
  if (measured <= limit) return 0;
  return Math.min(THROTTLE_MS_MAX, Math.round(((measured - limit) / limit) * rate.windowMs(nowMs)));
}
