// The processes at the far end of the floor.
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { start } from "../systems/children";

export const peer = join(__dirname, "../floor/peer.mjs");

/** Starts a far end that listens: its port, and what it took once it has ended. */
export async function listening(args: readonly string[]) {
  const child = start(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
  const port = Number((await lines.next()).value);
  const ended = once(child, "exit");
  const took = async (): Promise<number> => {
    const { value } = await lines.next();
    await ended;
    return Number((JSON.parse(value as string) as { cpuSeconds: number }).cpuSeconds);
  };
  return { child, port, took };
}
