import type { NodeId } from "@moldau/base";
import type { NodeRegistration, RoleContext } from "@moldau/host";
import { FetchLoop, type FetchOptions, type Following } from "./fetch-loop";
import type { HostedPartition } from "./hosted-partition";
import type { ReplicationThrottles } from "./replication-throttles";

/** After an answer that the next metadata update explains. */
const RETRY_MS = 100;
/** A partition that got nothing for this long is read with the quiet ones. */
const QUIET_AFTER_MS = 5_000;
/** Partitions go over to the quiet ones together, this often at most: each time their read begins anew. */
const QUIETEN_EVERY_MS = 1_000;

/**
 * The partitions of one leader, in two loops: those that got records lately, and the quiet ones. So a record costs a round
 * over the busy partitions, however many others there are; the quiet ones' read waits at the leader for one of them to wake.
 */
interface Lanes {
  busy: FetchLoop;
  quiet: FetchLoop;
  quietenedMs: number;
}

/** What this broker follows: for each leader two loops over the partitions that it leads. */
export class ReplicaFetchers {
  readonly #options: FetchOptions;
  readonly #lanes = new Map<NodeId, Lanes>();
  readonly #leaderOf = new Map<HostedPartition, NodeId>();
  #stopped = false;

  constructor(context: RoleContext, registration: NodeRegistration, fsync: boolean, throttles: ReplicationThrottles) {
    const { config } = context;
    const settings = {
      waitMaxMs: config.number("replica.fetch.wait.max.ms"),
      minBytes: config.number("replica.fetch.min.bytes"),
      partitionMaxBytes: config.number("replica.fetch.max.bytes"),
      responseMaxBytes: config.number("replica.fetch.response.max.bytes"),
      backoffMs: Math.min(RETRY_MS, config.number("replica.fetch.backoff.ms")),
    };
    this.#options = { context, registration, fsync, throttles, settings };
  }

  follow(hosted: HostedPartition, leaderId: NodeId, leaderEpoch: number): void {
    this.unfollow(hosted);
    if (leaderId < 0 || this.#stopped) return;
    let lanes = this.#lanes.get(leaderId);
    if (!lanes) this.#lanes.set(leaderId, (lanes = this.#newLanes(leaderId)));
    this.#leaderOf.set(hosted, leaderId);
    lanes.busy.add([{ hosted, leaderEpoch, lastNewsMs: this.#nowMs(), notBeforeMs: 0, inSync: false }]);
  }

  unfollow(hosted: HostedPartition): void {
    const leaderId = this.#leaderOf.get(hosted);
    if (leaderId === undefined) return;
    this.#leaderOf.delete(hosted);
    const lanes = this.#lanes.get(leaderId);
    if (!lanes) return;
    for (const loop of [lanes.busy, lanes.quiet]) loop.remove(hosted);
    if (lanes.busy.size + lanes.quiet.size > 0) return;
    this.#lanes.delete(leaderId);
    for (const loop of [lanes.busy, lanes.quiet]) void loop.stop();
  }

  /** The largest distance (offsets) to a leader's high watermark. */
  maxLag(): number {
    let lag = 0;
    for (const { busy, quiet } of this.#lanes.values()) lag = Math.max(lag, busy.maxLag, quiet.maxLag);
    return lag;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#lanes.values()].flatMap(({ busy, quiet }) => [busy.stop(), quiet.stop()]));
    this.#lanes.clear();
    this.#leaderOf.clear();
  }

  #newLanes(leaderId: NodeId): Lanes {
    const busy = new FetchLoop(this.#options, leaderId, () => quieten());
    // A round of the loop that it leaves is over: no answer is under way for what is moved.
    const quiet = new FetchLoop(this.#options, leaderId, (woken) => move(woken, quiet, busy));
    const lanes: Lanes = { busy, quiet, quietenedMs: this.#nowMs() };
    const quieten = () => {
      const nowMs = this.#nowMs();
      if (nowMs - lanes.quietenedMs < QUIETEN_EVERY_MS) return;
      lanes.quietenedMs = nowMs;
      move([...busy.silentSince(nowMs - QUIET_AFTER_MS)], busy, quiet);
    };
    return lanes;
  }

  #nowMs(): number {
    return this.#options.context.clock.monotonicMs();
  }
}

function move(some: readonly Following[], from: FetchLoop, to: FetchLoop): void {
  const moved = some.filter((following) => from.take(following));
  if (moved.length > 0) to.add(moved);
}
