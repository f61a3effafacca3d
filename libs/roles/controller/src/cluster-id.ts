import { join } from "node:path";
import type { NodeId, Uuid } from "@moldau/base";
import { type Disk, errnoOf, isMissing, makeDurableDirectory, readText, writeFile } from "@moldau/disk";

/** A data directory that cannot be used as it is. The message names the file and says what to do; exit status 2. */
export class DataDirectoryError extends Error {
  override name = "DataDirectoryError";
}

const META_PROPERTIES = "meta.properties";

export interface ClusterIdentityOptions {
  disk: Disk;
  /** `metadata.log.dir` */
  directory: string;
  nodeId: NodeId;
  /** `moldau.cluster.id`, "" where it is not set. */
  configured: string;
}

/**
 * Which cluster this controller's directory belongs to. The metadata log is what counts; `meta.properties` beside it is
 * there so that a directory at the wrong place is found out before it does harm, and for people.
 */
export class ClusterIdentity {
  private writing: Promise<void> | undefined;

  private constructor(
    private readonly options: ClusterIdentityOptions,
    /** "" until the log says it: the first active controller of a new cluster chooses. */
    public clusterId: string,
    private readonly known: boolean,
  ) {}

  /** @throws DataDirectoryError where the directory is another cluster's or another node's, or cannot be used. */
  static async open(options: ClusterIdentityOptions): Promise<ClusterIdentity> {
    const { disk, directory, nodeId, configured } = options;
    const path = join(directory, META_PROPERTIES);
    try {
      await makeDurableDirectory(disk, directory);
    } catch (error) {
      throw new DataDirectoryError(
        `${directory}: cannot be used as metadata.log.dir (${(error as Error).message}). Choose a directory that this user may write to.`,
      );
    }
    const text = await readIfThere(disk, path);
    if (text === undefined) return new ClusterIdentity(options, configured, false);
    const meta = readMetaProperties(text);
    const clusterId = meta.get("cluster.id") ?? "";
    if (meta.get("version") !== "1" || clusterId === "") {
      throw new DataDirectoryError(
        `${path}: not a meta.properties of version 1 with a cluster.id. Restore it from a backup, or remove it if the directory is this cluster's.`,
      );
    }
    const owner = meta.get("node.id") ?? meta.get("broker.id");
    if (owner !== String(nodeId)) {
      throw new DataDirectoryError(
        `${path}: the directory belongs to node ${owner ?? "?"}, this is node ${nodeId}. Use another metadata.log.dir, or node.id=${owner ?? "?"}.`,
      );
    }
    if (configured !== "" && configured !== clusterId) {
      throw new DataDirectoryError(
        `${path}: the directory belongs to cluster ${clusterId}, moldau.cluster.id is ${configured}. Use another metadata.log.dir, or moldau.cluster.id=${clusterId}.`,
      );
    }
    return new ClusterIdentity(options, clusterId, true);
  }

  /**
   * The log said which cluster it is. Writes it down where that was not known, with the id of the quorum's directory for
   * those who look for it here, as Kafka's tools do.
   * @throws DataDirectoryError where directory or configuration say otherwise.
   */
  learn(clusterId: Uuid, directoryId: Uuid, onFailure: (error: Error) => void): void {
    const { disk, directory, nodeId } = this.options;
    if (this.clusterId !== "" && this.clusterId !== clusterId) {
      const source = this.known ? join(directory, META_PROPERTIES) : "moldau.cluster.id";
      throw new DataDirectoryError(
        `${directory}: the metadata log belongs to cluster ${clusterId}, but ${source} says ${this.clusterId}. Use another metadata.log.dir, or correct ${source}.`,
      );
    }
    this.clusterId = clusterId;
    if (this.known || this.writing !== undefined) return;
    this.writing = create(
      disk,
      directory,
      `cluster.id=${clusterId}\ndirectory.id=${directoryId}\nnode.id=${nodeId}\nversion=1\n`,
    ).catch((error: unknown) => onFailure(error as Error));
  }

  /** What is being written is written. */
  async settled(): Promise<void> {
    await this.writing;
  }
}

async function readIfThere(disk: Disk, path: string): Promise<string | undefined> {
  try {
    return await readText(disk, path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new DataDirectoryError(`${path}: cannot be read (${(error as Error).message}). Check owner and permissions.`);
  }
}

/** Never replaces: a broker role that shares the directory may have written one, with its directory's id. */
async function create(disk: Disk, directory: string, content: string): Promise<void> {
  const temporary = join(directory, `${META_PROPERTIES}.controller.tmp`);
  await writeFile(disk, temporary, Buffer.from(content), true);
  try {
    await disk.link(temporary, join(directory, META_PROPERTIES));
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  } finally {
    await disk.unlink(temporary);
  }
}

function readMetaProperties(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([A-Za-z.]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (match !== null) values.set(match[1]!, match[2]!.replace(/\\(.)/g, "$1"));
  }
  return values;
}
