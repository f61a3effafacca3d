import { lookup } from "node:dns/promises";
import { isIP } from "node:net";

/** Whether a name is an address, or one that this machine can resolve to an address. */
export async function isHost(name: string): Promise<boolean> {
  if (isIP(name) !== 0) return true;
  try {
    await lookup(name);
    return true;
  } catch {
    return false;
  }
}
