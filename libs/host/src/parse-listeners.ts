/** One item of Kafka's `listeners` or `advertised.listeners`. */
export interface Listener {
  /** Upper case: PLAINTEXT, SSL, …; RPC is the one that the other roles reach over gRPC. */
  name: string;
  host: string;
  port: number;
}

/**
 * Reads `NAME://host:port,…`. An empty host means every interface.
 * @throws Error that names the key and the item
 */
export function parseListeners(key: string, items: readonly string[]): Listener[] {
  const listeners = items.map((item) => {
    const match = /^([A-Za-z0-9_]+):\/\/(\[[^\]]*\]|[^:[\]]*):(\d+)$/.exec(item.trim());
    const port = match ? Number(match[3]) : NaN;
    if (!match || port > 65535) {
      throw new Error(`${key}: "${item}" is not NAME://host:port, e.g. PLAINTEXT://127.0.0.1:9092`);
    }
    return { name: match[1]!.toUpperCase(), host: match[2]!.replace(/^\[|\]$/g, ""), port };
  });
  const names = new Set<string>();
  for (const { name } of listeners) {
    if (names.has(name)) throw new Error(`${key}: listener ${name} is given twice; each name may appear once`);
    names.add(name);
  }
  return listeners;
}

/** Reads `controller.quorum.voters`: `id@host:port,…`. */
export function parseVoters(items: readonly string[]): { id: number; host: string; port: number }[] {
  return items.map((item) => {
    const match = /^(\d+)@(\[[^\]]*\]|[^:@[\]]+):(\d+)$/.exec(item.trim());
    if (!match) throw new Error(`controller.quorum.voters: "${item}" is not id@host:port, e.g. 201@127.0.0.1:19293`);
    return { id: Number(match[1]), host: match[2]!.replace(/^\[|\]$/g, ""), port: Number(match[3]) };
  });
}
