import { createServer } from "node:net";
import type { ClusterShape } from "./topology";

const attempts = 50;

/** `--port 0` lets us choose: nodes register their addresses before they listen, so the port must be known before. */
export async function chooseFreePorts<T extends ClusterShape>(options: T): Promise<T> {
  if (options.port !== 0) return options;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) return { ...options, port };
  }
  throw new Error(`found no free port in ${attempts} attempts; name one with --port`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
