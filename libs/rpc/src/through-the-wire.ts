import {
  BrokerDefinition,
  ControllerDefinition,
  CoordinatorDefinition,
  NodeDefinition,
  QuorumDefinition,
} from "@moldau/contracts";
import { implementationOf, serviceOf, type ServiceDefinition } from "./method";
import type { CallContext, Peers, Service } from "./service";

/**
 * For tests in one process: every message is encoded and decoded on its way, as between processes, so that none can carry
 * what does not serialise, and nobody can hold on to another role's objects.
 */
export function throughTheWire(peers: Peers): Peers {
  const controller = wired(ControllerDefinition, () => peers.controller());
  return {
    broker: (nodeId) => wired(BrokerDefinition, () => peers.broker(nodeId)),
    coordinator: (nodeId) => wired(CoordinatorDefinition, () => peers.coordinator(nodeId)),
    quorum: (nodeId) => wired(QuorumDefinition, () => peers.quorum(nodeId)),
    node: (nodeId) => wired(NodeDefinition, () => peers.node(nodeId)),
    controller: () => controller,
    probe: (nodeId, address, timeoutMs) => peers.probe(nodeId, address, timeoutMs),
    onPeer: (listener) => peers.onPeer(listener),
    learnControllers: (controllers) => peers.learnControllers?.(controllers),
  };
}

function wired<D extends ServiceDefinition>(definition: D, target: () => Service<D>): Service<D> {
  return serviceOf(definition, (method) => {
    const there = (message: unknown): unknown => method.request.decode(method.request.encode(message));
    const back = (message: unknown): unknown => method.reply.decode(method.reply.encode(message));
    return method.serverStream
      ? async function* (request, call) {
          const updates = implementationOf(target())[method.key]!(
            there(request),
            fromAfar(call),
          ) as AsyncIterable<unknown>;
          for await (const update of updates) yield back(update);
        }
      : async (request, call) => back(await implementationOf(target())[method.key]!(there(request), fromAfar(call)));
  });
}

/** As another process's: files of one are not the other's. */
function fromAfar(call: CallContext): CallContext {
  return call.takesFiles === undefined ? call : Object.assign({}, call, { takesFiles: false });
}
