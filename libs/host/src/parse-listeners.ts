import type { Config } from "@moldau/config";

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

/** Reads a list of `id@host:port`. @throws Error that names `key` and the item */
export function parseVoters(
  items: readonly string[],
  key = "controller.quorum.voters",
): { id: number; host: string; port: number }[] {
  return items.map((item) => {
    const match = /^(\d+)@(\[[^\]]*\]|[^:@[\]]+):(\d+)$/.exec(item.trim());
    if (!match) throw new Error(`${key}: "${item}" is not id@host:port, e.g. 201@127.0.0.1:19293`);
    return { id: Number(match[1]), host: match[2]!.replace(/^\[|\]$/g, ""), port: Number(match[3]) };
  });
}

/** Kafka gives negative ids to nodes of which only the address is known. */
const FIRST_BOOTSTRAP_ID = -2;

/**
 * Where a process begins to look for the controllers: at `controller.quorum.voters`; where that is empty, at
 * `controller.quorum.bootstrap.servers`, whose ids are not known and negative. @throws Error
 */
export function controllersOf(config: Pick<Config, "list">): { id: number; host: string; port: number }[] {
  const voters = parseVoters(config.list("controller.quorum.voters"));
  if (voters.length > 0) return voters;
  const key = "controller.quorum.bootstrap.servers";
  return config.list(key).map((item, i) => {
    const [address] = parseVoters([`0@${item.trim()}`], key);
    return { ...address!, id: FIRST_BOOTSTRAP_ID - i };
  });
}
