import * as fs from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { randomUuid, type NodeId, type Random, type Uuid } from "@moldau/base";
import { type Disk, makeDurableDirectory, nodeDisk, writeFile } from "@moldau/disk";
import { packEntry, writeMetadataRecord } from "@moldau/metadata";
import {
  CLEAN_SHUTDOWN_FILE,
  META_PROPERTIES_FILE,
  partitionDirectory,
  writeCleanShutdown,
  writeMetaProperties,
} from "@moldau/segment-store";
import { OfflineError } from "../errors";
import { CHECKPOINT_FILES, mergedCheckpoint } from "./checkpoints";
import type { ImportPlan, NodePlan, ReplicaPlan } from "./plan";
import { bytesText, type FileWays, nodeFileWays, refuseFull, type Way, wayOf } from "./file-ways";
import { canLink, copyFile, type FileCopy, filesOf } from "./segment-copy";
import { translate } from "./translate";

/** Makes a controller's directory that begins with this snapshot: the controller role's, which knows its own files. */
export type SeedQuorum = (seed: {
  disk: Disk;
  random: Random;
  /** `metadata.log.dir`. */
  directory: string;
  nodeId: NodeId;
  voters: readonly NodeId[];
  clusterId: string;
  /** Offset and epoch that the snapshot stands for. */
  offset: number;
  epoch: number;
  snapshot: Uint8Array;
}) => Promise<void>;

export interface LayOutOptions {
  /** The data directory of the new cluster. */
  readonly directory: string;
  readonly controllers: readonly NodeId[];
  /** "auto": closed segments are cloned where the file system can, get a second name where source and target are on one, else are copied. */
  readonly link: "auto" | "always" | "never";
  readonly random: Random;
  readonly seedQuorum: SeedQuorum;
  /** What the file systems do; the real ones where left out. */
  readonly ways?: FileWays;
  /** Something about the way that a person should know before it begins. */
  readonly onNote: (note: string) => void;
  /** Called now and then. */
  readonly onProgress: (progress: Progress) => void;
}

export interface Progress {
  readonly partitions: number;
  readonly partitionsTotal: number;
  readonly copiedBytes: number;
  readonly copyBytesTotal: number;
}

/** What there is to take, weighed. */
export interface Cargo {
  readonly replicas: readonly { replica: ReplicaPlan; files: readonly FileCopy[] }[];
  readonly copyBytes: number;
  readonly linkBytes: number;
}

const PARTITIONS_AT_ONCE = 16;

/** Lists all files of the plan; nothing is written. @throws OfflineError for files that cannot be taken */
export async function weigh(plan: ImportPlan, link: LayOutOptions["link"], target: string): Promise<Cargo> {
  const there = await firstExisting(target);
  const linkable = new Map<string, boolean>();
  const replicas: { replica: ReplicaPlan; files: FileCopy[] }[] = [];
  let copyBytes = 0;
  let linkBytes = 0;
  for (const replica of plan.replicas) {
    const { path } = replica.directory;
    if (!linkable.has(path)) linkable.set(path, link !== "never" && (await canLink(path, there)));
    if (link === "always" && linkable.get(path) === false) {
      throw new OfflineError(
        `--link: ${path} and ${there} are on two file systems; give --copy, or another --data-dir`,
      );
    }
    const files = await filesOf(replica, { link: linkable.get(path)! });
    for (const file of files) {
      if (file.link) linkBytes += file.bytes;
      else copyBytes += file.bytes;
    }
    replicas.push({ replica, files });
  }
  return { replicas, copyBytes, linkBytes };
}

/**
 * Makes the data directory. Everything is built beside it, under a name that says so, and gets its name when it is whole and
 * on the disk. Returns what stayed behind. @throws OfflineError where the directory cannot be made
 */
export async function layOut(plan: ImportPlan, cargo: Cargo, options: LayOutOptions): Promise<string[]> {
  const { directory } = options;
  const building = join(dirname(directory), `${basename(directory)}.importing`);
  await refuseTaken(directory, building);
  await makeDurableDirectory(nodeDisk, building);
  const ways = options.ways ?? nodeFileWays;
  const { wayFrom, copyBytes } = await settle(cargo, building, options, ways).catch(async (error: unknown) => {
    await fs.rmdir(building);
    throw error;
  });
  const directoryIds = new Map<NodeId, Uuid>();
  for (const { nodeId } of plan.nodes) directoryIds.set(nodeId, randomUuid(options.random));

  const progress = { partitions: 0, partitionsTotal: cargo.replicas.length, copiedBytes: 0 };
  const tell = () => options.onProgress({ ...progress, copyBytesTotal: copyBytes });
  for (const node of plan.nodes) await fs.mkdir(join(building, brokerDirectory(node.nodeId)));
  // Side by side, because each file waits for the disk by itself.
  const waiting = cargo.replicas.values();
  const take = async (): Promise<void> => {
    for (const { replica, files } of waiting) {
      const name = partitionDirectory(replica.topic, replica.partition);
      const target = join(building, brokerDirectory(replica.nodeId), name);
      await fs.mkdir(target);
      for (const file of files) {
        progress.copiedBytes += await copyFile(file, target, wayFrom.get(replica.directory.path) ?? "copy", ways);
        tell();
      }
      await nodeDisk.syncDirectory(target);
      progress.partitions++;
      tell();
    }
  };
  await Promise.all(Array.from({ length: PARTITIONS_AT_ONCE }, take));
  for (const node of plan.nodes) {
    await finishBroker(join(building, brokerDirectory(node.nodeId)), node, plan, directoryIds.get(node.nodeId)!);
  }
  const { records, notes } = translate(plan, directoryIds);
  const snapshot = packEntry(records.map(writeMetadataRecord));
  for (const nodeId of options.controllers) {
    await options.seedQuorum({
      disk: nodeDisk,
      random: options.random,
      directory: join(building, `controller-${nodeId}`),
      nodeId,
      voters: options.controllers,
      clusterId: plan.clusterId,
      offset: plan.image.offset,
      epoch: plan.image.epoch,
      snapshot,
    });
  }
  await nodeDisk.syncDirectory(building);
  await fs.rmdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await fs.rename(building, directory);
  await nodeDisk.syncDirectory(dirname(directory));
  return notes;
}

/**
 * How closed segments get over from each of Kafka's directories, and what has to be copied then.
 * @throws OfflineError where they cannot be linked although they must, or where there is no room for the copies
 */
async function settle(
  cargo: Cargo,
  building: string,
  { link, onNote }: Pick<LayOutOptions, "link" | "onNote">,
  ways: FileWays,
): Promise<{ wayFrom: Map<string, Way>; copyBytes: number }> {
  const wayFrom = new Map<string, Way>();
  const clones = new Map<string, boolean>();
  let copyBytes = 0;
  let roomBytes = 0;
  for (const { replica, files } of cargo.replicas) {
    const { path } = replica.directory;
    if (files[0] !== undefined && !clones.has(path)) {
      clones.set(path, (await wayOf(files[0].from, building, ["clone"], ways)) === "clone");
    }
    const example = files.find((file) => file.link);
    if (example !== undefined && !wayFrom.has(path)) {
      wayFrom.set(path, await wayOf(example.from, building, link === "always" ? ["link"] : ["clone", "link"], ways));
    }
    const way = wayFrom.get(path);
    if (way === "copy" && link === "always") {
      throw new OfflineError(`--link: this file system gives files of ${path} no second name; leave --link out`);
    }
    const copied = files.reduce((sum, file) => sum + (file.link && way !== "copy" ? 0 : file.bytes), 0);
    copyBytes += copied;
    if (!clones.get(path)) roomBytes += copied;
  }
  for (const [path, way] of wayFrom) {
    if (way === "copy") onNote(`the file system neither clones nor links files of ${path}; they are copied`);
  }
  if (copyBytes !== cargo.copyBytes) onNote(`to copy: ${bytesText(copyBytes)}`);
  await refuseFull(building, roomBytes, ways);
  return { wayFrom, copyBytes };
}

function brokerDirectory(nodeId: NodeId): string {
  return `broker-${nodeId}`;
}

async function finishBroker(directory: string, node: NodePlan, plan: ImportPlan, directoryId: Uuid): Promise<void> {
  const mine = plan.replicas.filter(({ nodeId }) => nodeId === node.nodeId);
  const put = (name: string, text: string) => writeFile(nodeDisk, join(directory, name), Buffer.from(text), true);
  for (const name of CHECKPOINT_FILES) await put(name, mergedCheckpoint(name, mine));
  // Nobody has registered under this id here yet: no epoch to come back with.
  if (node.sources.every(({ stoppedCleanly }) => stoppedCleanly))
    await put(CLEAN_SHUTDOWN_FILE, writeCleanShutdown(-1));
  const meta = { clusterId: plan.clusterId, nodeId: node.nodeId, directoryId };
  await put(
    META_PROPERTIES_FILE,
    writeMetaProperties(meta, `imported from ${node.sources.map(({ path }) => path).join(", ")}`),
  );
  await nodeDisk.syncDirectory(directory);
}

/** @throws OfflineError where something is there already */
export async function refuseTaken(directory: string, building = `${directory}.importing`): Promise<void> {
  const names = await fs.readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new OfflineError(
      `${directory} cannot be used as the data directory: ${error.message}; choose another --data-dir`,
    );
  });
  if (names.length > 0) {
    throw new OfflineError(
      `${directory} is not empty; an import makes a new data directory: choose another --data-dir`,
    );
  }
  if (
    await fs.stat(building).then(
      () => true,
      () => false,
    )
  ) {
    throw new OfflineError(
      `${building} is what an interrupted import left; remove it (rm -r ${building}) and import again`,
    );
  }
}

async function firstExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    if (
      await fs.stat(at).then(
        () => true,
        () => false,
      )
    )
      return at;
    if (dirname(at) === at) return at;
  }
}
