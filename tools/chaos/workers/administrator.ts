import { createAdmin } from "@moldau/client";
import { delay } from "../machine";
import type { MetadataChange } from "../metadata-verdict";
import { life, noteError, nowMs, recordMetadata, task } from "./context";

const configKey = "retention.ms";

/** Makes topics, configures them and deletes them: so that controllers have something to write down. */
export async function administrator(): Promise<void> {
  const everyMs = 1_500;
  const kept = 3;
  const admin = createAdmin({ bootstrap: task.bootstrap, clientId: task.process, timeoutMs: 8_000 });
  let number = 0;
  const change = async (
    what: Pick<MetadataChange, "what" | "topic" | "value">,
    ask: () => Promise<void>,
  ): Promise<boolean> => {
    const event = {
      type: "metadata-change" as const,
      process: task.process,
      number: number++,
      ...what,
      invokeMs: nowMs(),
    };
    recordMetadata({ ...event, outcome: { kind: "unknown" } });
    try {
      await ask();
      recordMetadata({ ...event, outcome: { kind: "acked", endMs: nowMs() } });
      return true;
    } catch (error) {
      noteError(error);
      return false;
    }
  };
  const nameOf = (at: number) => `side-${task.process}-${at}`;
  for (let at = 0; !life.stopping; at++) {
    const topic = nameOf(at);
    const value = String(600_000_000 + at);
    const made = await change({ what: "create", topic }, () =>
      admin.createTopic({ name: topic, partitions: 1, replicationFactor: 3 }),
    );
    if (made) {
      await change({ what: "config", topic, value }, () =>
        admin.alterConfigs({ type: "topic", name: topic }, { [configKey]: value }),
      );
    }
    if (at >= kept)
      await change({ what: "delete", topic: nameOf(at - kept) }, () => admin.deleteTopic(nameOf(at - kept)));
    await delay(everyMs);
  }
  await admin.close();
}

/** The topics that there are in the end, and how each is configured. */
export async function readMetadata(admin: ReturnType<typeof createAdmin>): Promise<void> {
  const topics: Record<string, string | null> = {};
  for (const { name, internal } of await admin.listTopics()) {
    if (internal) continue;
    const configs = await admin.describeConfigs({ type: "topic", name });
    topics[name] = configs.find((entry) => entry.name === configKey)?.value ?? null;
  }
  recordMetadata({ type: "metadata-end", topics });
}
