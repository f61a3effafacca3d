import type { SampleOptions } from "./sampled-sum";
import { THROTTLE_MS_MAX } from "./throttle-time";

/**
 * Tokens that come at a steady rate and go at once. The bucket begins full, holds what comes in a whole window, and may be
 * overdrawn: who finds it above zero may take as many as he likes, and whoever comes next waits until they are paid back.
 * Source: TokenBucket of kafka-clients, KIP-599.
 */
export class TokenBucket {
  private tokensLeft = Infinity;
  private refilledMs = 0;

  constructor(private readonly options: SampleOptions) {}

  /** Tokens left under a limit of `limit` a second; negative while overdrawn. */
  tokens(limit: number, nowMs: number): number {
    const { samples, sampleMs } = this.options;
    const capacity = (samples * sampleMs * limit) / 1000;
    const came = this.tokensLeft === Infinity ? 0 : (limit * (nowMs - this.refilledMs)) / 1000;
    this.tokensLeft = Math.min(capacity, this.tokensLeft + came);
    this.refilledMs = nowMs;
    return this.tokensLeft;
  }

  take(count: number, limit: number, nowMs: number): void {
    this.tokens(limit, nowMs);
    this.tokensLeft -= count;
  }

  /** Time until nothing is owed. Unit: ms. */
  throttleTimeMs(limit: number, nowMs: number): number {
    const left = this.tokens(limit, nowMs);
    return left < 0 ? Math.min(THROTTLE_MS_MAX, Math.round((-left / limit) * 1000)) : 0;
  }
}
