import { join } from "node:path";
import { assert, NO_NODE, type NodeId, randomUuid, type Random } from "@moldau/base";
import type { Disk } from "@moldau/disk";
import { staticVoter } from "@moldau/raft";
import { METADATA_LOG_DIRECTORY } from "./start-quorum";
import { QuorumStorage } from "./storage";

export interface QuorumSeed {
  disk: Disk;
  random: Random;
  /** `metadata.log.dir` of a controller that was never started. */
  directory: string;
  nodeId: NodeId;
  /** `controller.quorum.voters`: all of them are to begin with the same snapshot. */
  voters: readonly NodeId[];
  clusterId: string;
  /** Index and term that the snapshot stands for; both above 0. */
  offset: number;
  epoch: number;
  /** An entry (`packEntry`) with all records. */
  snapshot: Uint8Array;
}

const SEGMENT_BYTES = 16 * 1024 * 1024;

/**
 * Makes the metadata log of a static voter that knows a snapshot from the beginning: for a cluster whose metadata comes from
 * elsewhere. On disk when it resolves. @throws QuorumStorageError where the directory cannot be written
 */
export async function seedQuorum(seed: QuorumSeed): Promise<void> {
  const { disk, random, nodeId, clusterId, offset: index, epoch: term } = seed;
  const opened = await QuorumStorage.open({
    disk,
    directory: join(seed.directory, METADATA_LOG_DIRECTORY),
    nodeId,
    clusterId,
    segmentBytes: SEGMENT_BYTES,
    newDirectoryId: () => randomUuid(random),
    guarded: false,
  });
  try {
    assert(
      opened.snapshot === undefined && opened.entries.length === 0,
      `${seed.directory} has a metadata log already`,
    );
    const configuration = { voters: [...seed.voters].sort((a, b) => a - b).map(staticVoter) };
    await opened.storage.saveSnapshot({ index, term, configuration }, seed.snapshot);
    const hardState = { term, vote: NO_NODE, recovering: false };
    await opened.storage.write([{ sequence: 1, hardState, entries: [], messagesAfter: [] }]);
  } finally {
    await opened.storage.close();
  }
}
