import type { NodeId } from "@moldau/base";
import type { RaftEnvelope } from "@moldau/contracts";
import { encodeRaftMessage, type RaftMessage } from "@moldau/raft";
import { type ControllerAddress, noContext, type Peers } from "@moldau/rpc";

/** Enough to keep the core's in-flight window moving; what is above it waits here. */
const CALLS_MAX = 32;
const WAITING_MAX = 256;
const WAITING_BYTES_MAX = 8 * 1024 * 1024;
/** A peer that hangs holds its calls for this long. */
const DEADLINE_MS = 2000;

/**
 * One-way messages to one peer, in order, bounded. What does not fit, or does not arrive, is dropped: the core sends it
 * again where it matters. Encodes at once, so that nothing that waits here can change.
 */
export class Outbox {
  readonly #to: NodeId;
  readonly #clusterId: string;
  readonly #from: NodeId;
  readonly #peers: Pick<Peers, "quorum">;
  readonly #self: ControllerAddress | undefined;
  #waiting: { bytes: Uint8Array; greets: boolean }[] = [];
  #waitingBytes = 0;
  #calls = 0;
  #closed = false;
  /** Messages dropped since start. */
  dropped = 0;

  constructor(options: {
    from: NodeId;
    to: NodeId;
    clusterId: string;
    peers: Pick<Peers, "quorum">;
    /** Told with greetings, to one who may not know where to answer. */
    self: ControllerAddress | undefined;
  }) {
    this.#self = options.self;
    this.#from = options.from;
    this.#to = options.to;
    this.#clusterId = options.clusterId;
    this.#peers = options.peers;
  }

  send(message: RaftMessage): void {
    if (this.#closed) return;
    if (this.#waiting.length >= WAITING_MAX || this.#waitingBytes >= WAITING_BYTES_MAX) {
      this.dropped++;
      return;
    }
    const bytes = encodeRaftMessage(message);
    this.#waiting.push({ bytes, greets: message.type === "observe" });
    this.#waitingBytes += bytes.length;
    this.#flush();
  }

  #flush(): void {
    while (this.#calls < CALLS_MAX) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const { bytes: message, greets } = next;
      this.#waitingBytes -= message.length;
      this.#calls++;
      const envelope = { from: this.#from, to: this.#to, clusterId: this.#clusterId, message };
      void this.#call(greets && this.#self !== undefined ? { ...envelope, sender: this.#self } : envelope);
    }
  }

  async #call(envelope: RaftEnvelope): Promise<void> {
    try {
      await this.#peers
        .quorum(this.#to)
        .step(envelope, { ...noContext, callerNodeId: this.#from, deadlineMs: DEADLINE_MS });
    } catch {
      // Unreachable, or it refused: one lost message, which raft expects.
      this.dropped++;
    } finally {
      this.#calls--;
      this.#flush();
    }
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}
