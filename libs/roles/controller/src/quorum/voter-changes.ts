import { KafkaError, type KafkaErrorCode, type NodeId, type Uuid } from "@moldau/base";
import type { Voter, VoterEndpoint } from "@moldau/raft";
import { QUORUM_LISTENER } from "./addresses";
import { NotLeaderError, ProposalRefusedError, type Quorum, type VoterState } from "./quorum";

export interface VoterChangeOutcome {
  readonly errorCode: KafkaErrorCode;
  readonly errorMessage: string | null;
}

export interface NewVoter {
  readonly id: NodeId;
  readonly directoryId: Uuid;
  readonly endpoints: readonly VoterEndpoint[];
  /** False: answered as soon as the change is written here. */
  readonly ackWhenCommitted: boolean;
  /** How long it may take until the new voter holds the log, and again until the change is committed. */
  readonly timeoutMs: number;
}

const done: VoterChangeOutcome = { errorCode: KafkaError.NONE, errorMessage: null };
const STEP_MS = 50;
const TIMEOUT_MS_MAX = 60_000;
/** One that held the whole log so lately has caught up, although entries came since. */
const CAUGHT_UP_MS = 1000;

type ChangeableQuorum = Pick<Quorum, "describe" | "changeVoters" | "nameVoters" | "nodeId">;

/**
 * Adds and removes voters, one change at a time, as KIP-853 says: what is not so yet is answered with REQUEST_TIMED_OUT,
 * and the caller tries again. Source: Kafka's AddVoterHandler and RemoveVoterHandler.
 */
export class VoterChanges {
  #pending = false;

  constructor(
    private readonly quorum: ChangeableQuorum,
    private readonly nowMs: () => number,
  ) {}

  /** @throws NotLeaderError */
  async add(voter: NewVoter): Promise<VoterChangeOutcome> {
    const { id, directoryId, endpoints } = voter;
    if (!endpoints.some(({ name }) => name === QUORUM_LISTENER)) {
      const given = endpoints.map(({ name }) => name).join(", ") || "none";
      return refuse(
        KafkaError.INVALID_REQUEST,
        `Controllers reach each other on listener ${QUORUM_LISTENER}; the request has listeners ${given}.`,
      );
    }
    return this.#alone(async () => {
      const { voters } = this.quorum.describe();
      if (voters.some((each) => each.id === id)) {
        return refuse(
          KafkaError.DUPLICATE_VOTER,
          `Voter ${id} is part of the quorum already: ${namesOf(voters)}. Remove it first if it lost its disk.`,
        );
      }
      const timeoutMs = Math.min(TIMEOUT_MS_MAX, Math.max(0, voter.timeoutMs));
      if (!(await this.#untilCaughtUp(voter, timeoutMs))) {
        return refuse(
          KafkaError.REQUEST_TIMED_OUT,
          `Controller ${id} with directory ${directoryId} does not hold the whole metadata log yet. Is it running, and is that its directory.id?`,
        );
      }
      return this.#change(
        [...this.#voters(), { id, directoryId, endpoints }],
        voter.ackWhenCommitted ? timeoutMs : undefined,
      );
    });
  }

  /** @throws NotLeaderError */
  async remove(key: { id: NodeId; directoryId: Uuid }, timeoutMs: number): Promise<VoterChangeOutcome> {
    return this.#alone(async () => {
      const { voters } = this.quorum.describe();
      const rest = this.#voters().filter(({ id, directoryId }) => id !== key.id || directoryId !== key.directoryId);
      if (rest.length === voters.length) {
        return refuse(
          KafkaError.VOTER_NOT_FOUND,
          `Voter ${key.id} with directory ${key.directoryId} is not part of the quorum: ${namesOf(voters)}.`,
        );
      }
      if (rest.length === 0) {
        return refuse(KafkaError.INVALID_REQUEST, `Voter ${key.id} is the only one; a quorum needs at least one.`);
      }
      return this.#change(rest, timeoutMs);
    });
  }

  async #alone(work: () => Promise<VoterChangeOutcome>): Promise<VoterChangeOutcome> {
    const { kraftVersion, votersSettled } = this.quorum.describe();
    if (kraftVersion === 0) {
      return refuse(
        KafkaError.UNSUPPORTED_VERSION,
        "The voters are those of controller.quorum.voters (kraft.version 0). Raise the feature kraft.version to 1 first.",
      );
    }
    if (this.#pending || !votersSettled) {
      return refuse(KafkaError.REQUEST_TIMED_OUT, "Another change of the voters is under way; try again later.");
    }
    this.#pending = true;
    try {
      return await work();
    } catch (error) {
      if (error instanceof ProposalRefusedError) return refuse(KafkaError.REQUEST_TIMED_OUT, error.message);
      throw error;
    } finally {
      this.#pending = false;
    }
  }

  #voters(): Voter[] {
    return this.quorum.describe().voters.map(({ id, directoryId, endpoints }) => ({ id, directoryId, endpoints }));
  }

  async #untilCaughtUp(voter: NewVoter, timeoutMs: number): Promise<boolean> {
    for (let leftMs = timeoutMs; ; leftMs -= STEP_MS) {
      const { observers, leaderId } = this.quorum.describe();
      if (leaderId !== this.quorum.nodeId) throw new NotLeaderError(leaderId);
      const found = observers.find(({ id, directoryId }) => id === voter.id && directoryId === voter.directoryId);
      if (found?.lag === 0 || (found !== undefined && this.nowMs() - found.lastCaughtUpMs < CAUGHT_UP_MS)) return true;
      if (leftMs <= 0) return false;
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
  }

  /** `timeoutMs` undefined: does not wait for the commit. */
  async #change(voters: readonly Voter[], timeoutMs: number | undefined): Promise<VoterChangeOutcome> {
    const committed = this.quorum.changeVoters(voters).then(() => done);
    if (timeoutMs === undefined) {
      // A refusal is known at once; what comes later nobody hears.
      return Promise.race([committed, new Promise<VoterChangeOutcome>((resolve) => setImmediate(() => resolve(done)))]);
    }
    committed.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<VoterChangeOutcome>((resolve) => {
      const outcome = refuse(KafkaError.REQUEST_TIMED_OUT, "The change is written, but not committed yet.");
      timer = setTimeout(() => resolve(outcome), timeoutMs);
    });
    try {
      return await Promise.race([committed, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function refuse(errorCode: KafkaErrorCode, errorMessage: string): VoterChangeOutcome {
  return { errorCode, errorMessage };
}

function namesOf(voters: readonly VoterState[]): string {
  return voters.map(({ id, directoryId }) => `${id} (${directoryId})`).join(", ");
}
