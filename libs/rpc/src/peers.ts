import type { NodeId } from "@moldau/base";
import {
  BrokerDefinition,
  ControllerDefinition,
  CoordinatorDefinition,
  NodeDefinition,
  QuorumDefinition,
} from "@moldau/contracts";
import { followController } from "./controller-route";
import { Link, type LinkOptions } from "./link";
import { implementationOf, serviceOf, type ServiceDefinition } from "./method";
import { PeerStates } from "./peer-states";
import { shrinkMessageMemory } from "./message-memory";
import { TICK_MS } from "./pipe";
import { probeAddress } from "./probe-address";
import type { LocalServices } from "./registry";
import { type ControllerAddress, PeerUnavailable, type Peers, type RpcAddress, type Service } from "./service";

export interface PeersOptions extends LinkOptions {
  /** The services of a node that this process hosts; undefined for nodes elsewhere. */
  localNode(nodeId: NodeId): LocalServices | undefined;
  /** Where a broker or coordinator answers, as the metadata says now; undefined where it is not known. */
  addressOf(nodeId: NodeId): RpcAddress | undefined;
  /** The controllers by configuration, until `learnControllers` says otherwise; theirs come before `addressOf`. */
  controllers: readonly ControllerAddress[];
  /** How long a call to the controller without a deadline looks for the active one; 10 s. */
  controllerPatienceMs?: number;
}

/** Peers with an end. */
export interface OwnedPeers extends Peers {
  /**
   * The metadata declare the node dead: calls to its broker or coordinator that are under way reject, as possibly sent. A
   * machine that vanished breaks no connection, and they would wait until their deadlines. Later calls connect anew.
   */
  lose(nodeId: NodeId): void;
  /** Closes every connection; calls under way reject with PeerUnavailable. */
  close(): void;
}

/**
 * Calls to a node of this process go to its implementation itself, others over gRPC. A service object stays good while
 * its node moves: each call looks where the node is now.
 */
export function createPeers(options: PeersOptions): OwnedPeers {
  const byId = (controllers: readonly ControllerAddress[]) =>
    new Map<NodeId, RpcAddress>(controllers.map((each) => [each.id, each]));
  const configured = byId(options.controllers);
  let learned = new Map<NodeId, RpcAddress>();
  const links = new Map<NodeId, Link>();
  const stubs = new Map<string, object>();
  const states = new PeerStates();
  // One timer for all pipes, while there are any.
  let ticking: NodeJS.Timeout | undefined;
  let closed = false;

  function link(nodeId: NodeId, definition: ServiceDefinition): Link {
    if (closed) throw new PeerUnavailable("this process is stopping", false);
    const address = learned.get(nodeId) ?? configured.get(nodeId) ?? options.addressOf(nodeId);
    let current = links.get(nodeId);
    if (current !== undefined && !sameAddress(current.address, address)) {
      current.close(`node ${nodeId} moved`);
      links.delete(nodeId);
      current = undefined;
    }
    if (current !== undefined) return current;
    if (address === undefined) {
      throw new PeerUnavailable(`${definition.name} of node ${nodeId}: its address is not known`, false);
    }
    const opened = new Link(address, options, { onState: (pipe, state) => states.set(nodeId, pipe, state) });
    links.set(nodeId, opened);
    ticking ??= setInterval(() => {
      for (const open of links.values()) open.tick();
      shrinkMessageMemory();
    }, TICK_MS).unref();
    return opened;
  }

  function service<D extends ServiceDefinition>(nodeId: NodeId, definition: D): Service<D> {
    const local = options.localNode(nodeId)?.implementation(definition);
    if (local !== undefined) return local;
    const key = `${nodeId}/${definition.fullName}`;
    let stub = stubs.get(key) as Service<D> | undefined;
    if (stub === undefined) {
      const now = (): Service<D> => {
        const here = options.localNode(nodeId);
        if (here === undefined) return link(nodeId, definition).service(definition);
        const implementation = here.implementation(definition);
        if (implementation !== undefined) return implementation;
        throw new PeerUnavailable(`${definition.name} of node ${nodeId}: not started yet, in this process`, false);
      };
      stub = serviceOf(definition, (method) =>
        method.serverStream
          ? async function* (request, call) {
              yield* implementationOf(now())[method.key]!(request, call) as AsyncIterable<unknown>;
            }
          : async (request, call) => implementationOf(now())[method.key]!(request, call),
      );
      stubs.set(key, stub);
    }
    return stub;
  }

  const voters = (): NodeId[] => [...(learned.size > 0 ? learned : configured).keys()];
  const controller = followController({
    voters,
    at: (voter) => service(voter, ControllerDefinition),
    preferred: voters().find((voter) => options.localNode(voter) !== undefined),
    nodeId: options.nodeId,
    monotonicMs: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    patienceMs: options.controllerPatienceMs,
  });

  return {
    broker: (nodeId) => service(nodeId, BrokerDefinition),
    coordinator: (nodeId) => service(nodeId, CoordinatorDefinition),
    quorum: (nodeId) => service(nodeId, QuorumDefinition),
    node: (nodeId) => service(nodeId, NodeDefinition),
    controller: () => controller,
    learnControllers(controllers) {
      learned = byId(controllers);
    },
    async probe(nodeId, address, timeoutMs) {
      return options.localNode(nodeId) === undefined ? probeAddress(address, timeoutMs) : "alive";
    },
    onPeer: (listener) => states.listen(listener),
    lose(nodeId) {
      links.get(nodeId)?.lose(`node ${nodeId} was declared dead`);
    },
    close() {
      closed = true;
      states.stop();
      clearInterval(ticking);
      for (const open of links.values()) open.close("this process is stopping");
      links.clear();
    },
  };
}

function sameAddress(a: RpcAddress, b: RpcAddress | undefined): boolean {
  return b !== undefined && a.host === b.host && a.port === b.port;
}
