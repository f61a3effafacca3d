import { MemoryDisk } from "@moldau/disk";
import { appendOne, createLog, openStore, TOPIC_ID } from "../../../libs/segment-store/src/testing/harness";
import { expect, type Scenario } from "./scenario";

export const scenarios: Readonly<Record<string, Scenario>> = {
  "what counts as flushed survives a power cut": async () => {
    const { store, disk } = await openStore();
    const log = await createLog(store);
    for (let i = 0; i < 3; i++) await appendOne(log);
    await log.flushUpTo(log.logEndOffset);
    const { store: after } = await openStore({ disk: disk.crash("onlySynced") });
    expect(after.log(TOPIC_ID, 0)?.logEndOffset === log.logEndOffset, "every flushed batch is there");
  },

  "a torn batch is no record": async () => {
    const { store, disk } = await openStore();
    const log = await createLog(store);
    for (let i = 0; i < 3; i++) await appendOne(log);
    const path = "/data/orders-0/00000000000000000000.log";
    const bytes = Buffer.from(disk.contentOf(path));
    bytes.fill(0, bytes.length - 30);
    const torn: MemoryDisk = disk.crash("process");
    torn.setContent(path, bytes);
    const { store: after } = await openStore({ disk: torn });
    expect(after.log(TOPIC_ID, 0)?.logEndOffset === log.logEndOffset - 1, "the log ends before it");
  },
};
