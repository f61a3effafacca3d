import { createServer } from "node:net";
import { parseListeners } from "./parse-listeners";
import { type ClusterShape, planTopology } from "./topology";

const attempts = 50;
/**
 * Below where Linux takes the ports of outgoing connections from (32,768 on), with all that lies above the bootstrap port:
 * a port that is free now may else be somebody's connection when the process that is to listen on it has started.
 */
const lowest = 10_000;
const highest = 22_000;

/**
 * `--port 0` lets us choose: nodes register their addresses before they listen, so the port must be known before. All ports
 * of the cluster are free at the time. Rejects where none is found.
 */
export async function chooseFreePorts<T extends ClusterShape>(options: T): Promise<T> {
  if (options.port !== 0) return options;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const chosen = { ...options, port: lowest + Math.floor(Math.random() * (highest - lowest)) };
    const free = await Promise.all(portsOf(chosen).map(isFree));
    if (free.every(Boolean)) return chosen;
  }
  throw new Error(`found no free ports in ${attempts} attempts; name the first with --port`);
}

/** All ports that a cluster of this shape listens on, its gateways' one for each node included. */
export function portsOf(shape: ClusterShape): number[] {
  // What the user says of listeners is not ours to choose.
  const plans = planTopology({ ...shape, overrides: new Map() });
  const listeners = plans.map(({ config }) =>
    parseListeners("listeners", config.get("listeners")!.split(",").filter(Boolean)),
  );
  const doors = plans.flatMap(({ role }, i) =>
    role === "gateway" ? plans.map(({ nodeId }) => listeners[i]![0]!.port + nodeId) : [],
  );
  return [...new Set([...listeners.flat().map(({ port }) => port), ...doors])];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
