import { mkdtempSync, readdirSync, rmSync, writeFileSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SeededRandom } from "@moldau/base";
import { nodeDisk } from "@moldau/disk";
import { readQuorumFile } from "./read-quorum-file";
import { seedQuorum } from "./seed-quorum";
import { QuorumStorage } from "./storage";

it("reads what the driver wrote, and leaves Kafka's snapshots to others", async () => {
  const directory = mkdtempSync(join(tmpdir(), "moldau-quorum-file-"));
  try {
    const seed = { disk: nodeDisk, random: new SeededRandom(1), directory, nodeId: 201, voters: [201], clusterId: "c" };
    await seedQuorum({ ...seed, offset: 9, epoch: 2, snapshot: new Uint8Array([7]) });
    const log = join(directory, "__cluster_metadata-0");
    const { storage } = await QuorumStorage.open({
      disk: nodeDisk,
      directory: log,
      nodeId: 201,
      clusterId: "c",
      segmentBytes: 1024,
      newDirectoryId: () => "unused",
      guarded: false,
    });
    const entries = [10, 11].map((index) => ({
      index,
      term: 3,
      type: "data" as const,
      payload: new Uint8Array(index),
    }));
    await storage.write([{ sequence: 1, entries, messagesAfter: [] }]);
    await storage.close();
    const raftlog = join(
      log,
      readdirSync(log).find((name) => name.endsWith(".raftlog"))!,
    );
    appendFileSync(raftlog, "torn");

    const snapshot = readQuorumFile(join(log, "00000000000000000009-0000000002.checkpoint"));
    expect(snapshot).toMatchObject({ kind: "snapshot", offset: 9, epoch: 2, voters: [{ id: 201 }] });
    const file = readQuorumFile(raftlog)!;
    if (file.kind !== "entries") throw new Error(file.kind);
    expect(file.entries.map(({ entry, sizeBytes }) => [entry.index, entry.term, entry.type, sizeBytes])).toEqual([
      [10, 3, "data", 41],
      [11, 3, "data", 42],
    ]);
    expect([file.entries[1]!.position, file.tornBytes]).toEqual([41, 4]);

    const kafkas = join(log, "00000000000000000020-0000000002.checkpoint");
    writeFileSync(kafkas, Buffer.alloc(100));
    expect(readQuorumFile(kafkas)).toBeUndefined();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
