/** Timers of a shard of transactions: the harness knows them by text. */
export const timeoutKey = (transactionalId: string): string => `t${transactionalId}`;
export const expireIdsKey = "x";

/** The transactional id whose transaction times out; undefined where ids expire. */
export function transactionalIdOf(key: string): string | undefined {
  return key === expireIdsKey ? undefined : key.slice(1);
}
