import { createServer } from "node:net";
import type { UpOptions } from "./topology";

const attempts = 50;

/**
 * `--port 0` lets the system choose. One process takes any free port when it listens; the processes of a split cluster
 * must know each other's ports before they start, so a bootstrap port is found whose neighbours are free as well.
 */
export async function chooseFreePorts<T extends UpOptions>(options: T): Promise<T> {
  if (options.port !== 0 || !(options.split || options.advertise === "ports")) return options;
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
