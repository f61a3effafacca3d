import { KafkaError, NO_NODE, type NodeId } from "@moldau/base";
import { ControllerDefinition } from "@moldau/contracts";
import { implementationOf, serviceOf, type Implementation, type Method } from "./method";
import { PeerUnavailable, type CallContext, type Service } from "./service";

export interface ControllerRouteOptions {
  /** Whom to ask; may change between calls. Negative ids stand for addresses whose node is not known yet. */
  voters: readonly NodeId[] | (() => readonly NodeId[]);
  /** The service at one voter. */
  at(voter: NodeId): Service<typeof ControllerDefinition>;
  /** Voter to begin with; undefined spreads the watchers over the voters by `nodeId`. */
  preferred?: NodeId;
  nodeId: NodeId;
  monotonicMs(): number;
  sleep(ms: number): Promise<void>;
  /** How long a call without a deadline of its own looks for the active controller. */
  patienceMs?: number;
}

const PAUSE_MIN_MS = 50;
const PAUSE_MAX_MS = 500;

/** Calls that change nothing when they are done twice: sent again even where the first may have arrived. */
const repeatable: ReadonlySet<string> = new Set([
  "registerNode",
  "heartbeat",
  "alterPartition",
  "assignReplicasToDirs",
  "allocateProducerIds",
]);

/**
 * The service of whichever controller is active. Unary calls go to the last one that answered as such, follow the leader
 * that NOT_CONTROLLER replies name, and try the other voters while one is unreachable, until the call's deadline. Past it,
 * the last NOT_CONTROLLER reply is the answer, or PeerUnavailable. A `handle` that may have arrived is not sent again.
 * Watching goes to any voter that answers.
 */
export function followController(options: ControllerRouteOptions): Service<typeof ControllerDefinition> {
  const { voters: given } = options;
  const votersNow = typeof given === "function" ? given : () => given;
  let active: NodeId = NO_NODE;

  function after(voter: NodeId, voters: readonly NodeId[]): NodeId {
    return voters[(voters.indexOf(voter) + 1) % voters.length]!;
  }

  async function call(method: Method, request: unknown, context: CallContext): Promise<unknown> {
    if (votersNow().length === 0) throw noVoters();
    const start = options.monotonicMs();
    const patienceMs = context.deadlineMs > 0 ? context.deadlineMs : (options.patienceMs ?? 10_000);
    let target = active !== NO_NODE ? active : (options.preferred ?? votersNow()[0]!);
    let pauseMs = PAUSE_MIN_MS;
    let failedInARow = 0;
    for (;;) {
      const leftMs = Math.max(1, patienceMs - (options.monotonicMs() - start));
      let refusal: unknown;
      let failure: PeerUnavailable | undefined;
      let hint = NO_NODE;
      try {
        const reply = await service(options.at(target))[method.key]!(request, forwarded(context, leftMs));
        const { errorCode, leaderId } = reply as { errorCode?: number; leaderId?: number };
        if (errorCode !== KafkaError.NOT_CONTROLLER) {
          active = target;
          return reply;
        }
        refusal = reply;
        hint = leaderId ?? NO_NODE;
      } catch (error) {
        if (!(error instanceof PeerUnavailable)) throw error;
        if (error.mayHaveBeenSent && !repeatable.has(method.key)) throw error;
        failure = error;
      }
      if (active === target) active = NO_NODE;
      failedInARow++;
      const voters = votersNow();
      const hinted = hint !== target && voters.includes(hint);
      target = hinted ? hint : after(target, voters);
      // A hint is followed at once, once; with none, a round over all voters comes before each pause.
      const pause = hinted ? failedInARow > voters.length : failedInARow % voters.length === 0;
      const spentMs = options.monotonicMs() - start;
      if (spentMs + (pause ? pauseMs : 0) >= patienceMs) {
        if (failure !== undefined) throw failure;
        return refusal;
      }
      if (pause) {
        await options.sleep(pauseMs);
        pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2);
        if (context.signal?.aborted) {
          if (failure !== undefined) throw failure;
          return refusal;
        }
      }
    }
  }

  let lastWatched: NodeId | undefined;
  async function* watch(method: Method, request: unknown, context: CallContext): AsyncGenerator<unknown> {
    const voters = votersNow();
    if (voters.length === 0) throw noVoters();
    const spread = voters[Math.abs(options.nodeId) % voters.length]!;
    let target = lastWatched ?? options.preferred ?? spread;
    let failure: unknown;
    for (let tried = 0; tried < voters.length; tried++) {
      let begun = false;
      try {
        lastWatched = target;
        for await (const update of service(options.at(target))[method.key]!(
          request,
          context,
        ) as AsyncIterable<unknown>) {
          begun = true;
          yield update;
        }
        lastWatched = after(target, voters);
        return;
      } catch (error) {
        // What was yielded is applied already: only the watcher knows from where to go on.
        lastWatched = after(target, voters);
        if (begun || !(error instanceof PeerUnavailable)) throw error;
        failure = error;
        target = after(target, voters);
      }
    }
    throw failure;
  }

  return serviceOf(ControllerDefinition, (method) =>
    method.serverStream
      ? (request, context) => watch(method, request, context)
      : (request, context) => call(method, request, context),
  );
}

function noVoters(): PeerUnavailable {
  return new PeerUnavailable(
    "no controller to ask: neither controller.quorum.voters nor controller.quorum.bootstrap.servers names one",
    false,
  );
}

function service(at: Service<typeof ControllerDefinition>): Implementation {
  return implementationOf(at);
}

function forwarded(context: CallContext, deadlineMs: number): CallContext {
  return {
    traceparent: context.traceparent,
    deadlineMs,
    callerNodeId: context.callerNodeId,
    ...(context.signal !== undefined && { signal: context.signal }),
  };
}
