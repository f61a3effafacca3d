/** Wall time and monotonic time, so that a simulation can own both. Drivers hold one; cores get numbers as arguments. */
export interface Clock {
  /** Milliseconds since the Unix epoch; may jump. */
  nowMs(): number;
  /** Milliseconds from an arbitrary start; never goes back. For durations and timeouts. */
  monotonicMs(): number;
}

/** Source of randomness. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}
