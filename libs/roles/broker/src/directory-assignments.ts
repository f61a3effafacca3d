import { KafkaError, kafkaErrorName, type Uuid } from "@moldau/base";
import type { NodeRegistration, RoleContext } from "@moldau/host";
import type { LogStore } from "@moldau/segment-store";
import type { HostedPartition } from "./hosted-partition";

const CALL_TIMEOUT_MS = 10_000;
const RETRY_MS = 500;
/** Replicas in one request; the rest follows in the next. */
const REPLICAS_MAX = 2_000;

/**
 * Tells the controller in which log directory each replica lies, where its metadata says otherwise, so that it can move the
 * leaders off a directory that fails (KIP-858). Many replicas a request, one request at a time.
 */
export class DirectoryAssignments {
  readonly #context: RoleContext;
  readonly #registration: NodeRegistration;
  readonly #store: Pick<LogStore, "directories">;
  readonly #due = new Set<HostedPartition>();
  #sending = false;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(context: RoleContext, registration: NodeRegistration, store: Pick<LogStore, "directories">) {
    this.#context = context;
    this.#registration = registration;
    this.#store = store;
  }

  /** This replica's log is open, about to be swapped or failed, or the metadata about it has changed. */
  note(hosted: HostedPartition): void {
    if (this.#due.has(hosted) || this.#stopped || this.#assignmentOf(hosted, this.#directoryIds()) === undefined)
      return;
    this.#due.add(hosted);
    if (!this.#sending && this.#retry === undefined) void this.#send();
  }

  stop(): void {
    this.#stopped = true;
    this.#due.clear();
    clearTimeout(this.#retry);
  }

  async #send(): Promise<void> {
    this.#sending = true;
    // Whatever is opened in the same turn travels together.
    await Promise.resolve();
    let sent = true;
    while (this.#due.size > 0 && !this.#stopped && sent) sent = await this.#sendDue();
    this.#sending = false;
    if (sent || this.#stopped) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#send();
    }, RETRY_MS);
    this.#retry.unref();
  }

  /** Whether the controller has taken it; where not, it is tried again later. */
  async #sendDue(): Promise<boolean> {
    const { nodeId, peers, telemetry } = this.#context;
    const { nodeEpoch } = this.#registration;
    if (nodeEpoch < 0) return false;
    const ids = this.#directoryIds();
    const taken = [...this.#due].slice(0, REPLICAS_MAX);
    const replicas = taken.flatMap((hosted) => this.#assignmentOf(hosted, ids) ?? []);
    if (replicas.length > 0) {
      try {
        const { errorCode } = await peers
          .controller()
          .assignReplicasToDirs(
            { brokerId: nodeId, brokerEpoch: nodeEpoch, replicas },
            { traceparent: "", deadlineMs: CALL_TIMEOUT_MS, callerNodeId: nodeId },
          );
        if (errorCode !== KafkaError.NONE) {
          telemetry.log.info({ error: kafkaErrorName(errorCode) }, "the controller refused log directories");
          return false;
        }
      } catch (error) {
        telemetry.log.debug({ err: error }, "no controller for log directories");
        return false;
      }
    }
    // One that was refused is told again when its metadata changes.
    for (const hosted of taken) this.#due.delete(hosted);
    return true;
  }

  #directoryIds(): ReadonlyMap<string, Uuid> {
    const ids = new Map<string, Uuid>();
    for (const { path, directoryId } of this.#store.directories()) {
      if (directoryId !== undefined) ids.set(path, directoryId);
    }
    return ids;
  }

  /** What there is to say of a replica; undefined where the metadata has it right, or has it no more. */
  #assignmentOf(hosted: HostedPartition, ids: ReadonlyMap<string, Uuid>) {
    const { topicId, partition, log, announcedDirectory } = hosted;
    const image = this.#context.observer.image.partition(topicId, partition);
    const index = image?.replicas.indexOf(this.#context.nodeId) ?? -1;
    const directoryId = ids.get(announcedDirectory ?? log.directory);
    if (hosted.isRemoved || image === undefined || index < 0 || directoryId === undefined) return undefined;
    return image.directories[index] === directoryId ? undefined : { topicId, partition, directoryId };
  }
}
