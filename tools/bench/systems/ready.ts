import { setTimeout as delay } from "node:timers/promises";
import { countBrokers } from "../generator/topics";
import type { System } from "./system";

const readyTimeoutMs = 120_000;

/** Resolves when it answers metadata requests and all its brokers are known to the cluster; rejects when it ends before. */
export async function untilReady(system: System): Promise<void> {
  const ready = async () => {
    let known = 0;
    for (const deadline = Date.now() + readyTimeoutMs; Date.now() < deadline; await delay(50)) {
      known = await countBrokers(system.bootstrap).catch(() => 0);
      if (known >= system.brokers) return;
    }
    const brokers = `${known} of ${system.brokers} brokers were known`;
    throw new Error(`${system.name} was not ready within ${readyTimeoutMs / 1_000} s: ${brokers}`);
  };
  await Promise.race([ready(), system.failed]);
}
