import { type MetadataRecord, recordsOf } from "@moldau/metadata";
import { ControllerQueue } from "../../../libs/roles/controller/src/controller-queue";
import { MetadataLog } from "../../../libs/roles/controller/src/metadata-log";
import { QuorumStorage, type OpenedStorage } from "../../../libs/roles/controller/src/quorum/storage";
import { startSnapshots } from "../../../libs/roles/controller/src/snapshots";
import { FakeQuorum, feature, settle } from "../../../libs/roles/controller/src/testing/fake-quorum";
import { MemoryDisk } from "@moldau/disk";
import { expect, type Scenario } from "./scenario";

function controller(): { quorum: FakeQuorum; queue: ControllerQueue } {
  const quorum = new FakeQuorum();
  const metadata = new MetadataLog();
  metadata.follow(quorum);
  return { quorum, queue: new ControllerQueue({ quorum, metadata, clock: { monotonicMs: () => 0 } }) };
}

/** A decision for these records whose reply names the features that it saw. */
const seeing =
  (...records: MetadataRecord[]) =>
  (image: { features: ReadonlyMap<string, number> }) => ({ records, reply: [...image.features.keys()].join() });

function openStorage(disk: MemoryDisk): Promise<OpenedStorage> {
  return QuorumStorage.open({
    disk,
    directory: "/metadata",
    nodeId: 1,
    clusterId: "c",
    segmentBytes: 10_000,
    newDirectoryId: () => "directory-------------",
    guarded: false,
  });
}

/** What a quorum member finds after a power cut that takes all that was not synced. */
async function afterPowerCut(write: (storage: QuorumStorage) => Promise<void>): Promise<OpenedStorage> {
  const disk = new MemoryDisk();
  const { storage } = await openStorage(disk);
  await write(storage);
  return openStorage(disk.crash("onlySynced"));
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "a controller answers when its records are committed": async () => {
    const { quorum, queue } = controller();
    let answered = false;
    void queue.decide(seeing(feature("a"))).then(() => (answered = true));
    await settle();
    expect(!answered, "the next controller may never hear of it");
    quorum.commit();
    await settle();
    expect(answered, "now it does");
  },

  "a controller decides on what is under way too": async () => {
    const { quorum, queue } = controller();
    const first = queue.decide(seeing(feature("a")));
    const second = queue.decide(seeing(feature("b")));
    await settle();
    quorum.commit();
    await first;
    expect((await second).reply === "a", "the second decision knows of the first");
  },

  "a snapshot holds what the log said": async () => {
    const quorum = new FakeQuorum();
    const metadata = new MetadataLog();
    let saved: Uint8Array | undefined;
    const saveSnapshot = (_index: number, bytes: Uint8Array): Promise<void> => {
      saved = bytes;
      return Promise.resolve();
    };
    const options = {
      bytesBetween: 1,
      intervalMs: 0,
      clock: { monotonicMs: () => 0 },
      log: { error: () => undefined },
    };
    const snapshots = startSnapshots({
      ...options,
      metadata,
      quorum: { bytesSinceSnapshot: 1, saveSnapshot, onSnapshotLoaded: () => undefined },
    });
    metadata.follow(quorum);
    quorum.commitOthers(feature("a"), feature("b"));
    for (let i = 0; i < 10 && saved === undefined; i++) await new Promise((resolve) => setImmediate(resolve));
    snapshots.stop();
    const known = (of: MetadataLog): string => JSON.stringify([...recordsOf(of.image)]);
    const other = new MetadataLog();
    other.follow({
      onCommitted: () => undefined,
      onSnapshotLoaded: (load) => load({ index: 1, epoch: 1, bytes: saved! }),
    });
    expect(known(other) === known(metadata), "whoever starts from it knows the same");
  },

  "what a controller acknowledged survives a power cut": async () => {
    const entry = { index: 1, term: 3, type: "data" as const, payload: Uint8Array.of(1, 2, 3) };
    const found = await afterPowerCut((storage) =>
      storage.write([{ sequence: 1, entries: [entry], messagesAfter: [] }]),
    );
    expect(found.entries.length === 1, "the entry is there");
  },

  "a vote survives a power cut": async () => {
    const hardState = { term: 3, vote: 2, recovering: false };
    const found = await afterPowerCut((storage) =>
      storage.write([{ sequence: 1, hardState, entries: [], messagesAfter: [] }]),
    );
    expect(found.hardState.term === 3 && found.hardState.vote === 2, "the vote of term 3 is known");
  },
};
