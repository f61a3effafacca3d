import { setTimeout as delay } from "node:timers/promises";
import { findTopic } from "../generator/topics";
import type { System } from "./system";

const readyTimeoutMs = 120_000;

/** Resolves when it answers metadata requests; rejects when it ends before. */
export async function untilReady(system: System): Promise<void> {
  const ready = async () => {
    for (const deadline = Date.now() + readyTimeoutMs; Date.now() < deadline; await delay(50)) {
      const answered = await findTopic(system.bootstrap, "none", 0).catch(() => undefined);
      if (answered !== undefined) return;
    }
    throw new Error(`${system.name} did not answer within ${readyTimeoutMs / 1_000} s`);
  };
  await Promise.race([ready(), system.failed]);
}
