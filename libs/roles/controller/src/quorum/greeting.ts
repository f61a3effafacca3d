import { NO_NODE } from "@moldau/base";
import type { RaftAck } from "@moldau/contracts";
import { encodeRaftMessage, type RaftMessage } from "@moldau/raft";
import { type ControllerAddress, noContext, type Peers } from "@moldau/rpc";

const DEADLINE_MS = 1000;

export interface GreetingOptions {
  self: ControllerAddress;
  /** Addresses of `controller.quorum.bootstrap.servers`, as the network knows them. */
  bootstrap: readonly number[];
  clusterId: string;
  peers: Pick<Peers, "quorum">;
  /** Somebody answered. */
  heard(ack: RaftAck): void;
}

/**
 * How a controller that knows nobody finds the quorum: it greets whoever answers at the addresses that it was given, and
 * hears who the controllers are and which of them leads.
 */
export class Greeting {
  readonly #options: GreetingOptions;
  #next = 0;
  #waiting = false;

  constructor(options: GreetingOptions) {
    this.#options = options;
  }

  /** Greets the next address, unless the last one has not answered yet. */
  send(message: RaftMessage): void {
    const { bootstrap } = this.#options;
    if (this.#waiting || bootstrap.length === 0) return;
    const to = bootstrap[this.#next++ % bootstrap.length]!;
    this.#waiting = true;
    void this.#greet(to, encodeRaftMessage(message));
  }

  async #greet(to: number, message: Uint8Array): Promise<void> {
    const { self, clusterId, peers, heard } = this.#options;
    try {
      const ack = await peers
        .quorum(to)
        .step(
          { from: self.id, to: NO_NODE, clusterId, message, sender: self },
          { ...noContext, callerNodeId: self.id, deadlineMs: DEADLINE_MS },
        );
      heard(ack);
    } catch {
      // Nobody there now; the next address, or the same one later.
    } finally {
      this.#waiting = false;
    }
  }
}

const ATTEMPTS = 3;
const PAUSE_MS = 300;

/**
 * Whether anybody at the bootstrap addresses knows of a cluster. Asked by one that would begin a new one all by itself:
 * it may have lost its disk. Whoever does not answer within a few attempts is not there; should that be a mistake, the
 * two clusters have different ids and refuse each other.
 */
export async function clusterIsThere(options: Omit<GreetingOptions, "heard">): Promise<boolean> {
  const { self, bootstrap, clusterId, peers } = options;
  const message = encodeRaftMessage({ type: "observe", from: self.id, to: NO_NODE, term: 0 });
  const ask = async (to: number): Promise<boolean> => {
    for (let i = 0; i < ATTEMPTS; i++) {
      try {
        const ack = await peers
          .quorum(to)
          .step(
            { from: self.id, to: NO_NODE, clusterId, message, sender: self },
            { ...noContext, callerNodeId: self.id, deadlineMs: DEADLINE_MS },
          );
        return ack.controllers !== undefined;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
    return false;
  };
  return (await Promise.all(bootstrap.map(ask))).includes(true);
}
