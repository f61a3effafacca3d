import { KafkaError, type KafkaErrorCode, type NodeId, ZERO_UUID } from "@moldau/base";
import type { BrokerDefinition } from "@moldau/contracts";
import type { CallContext, Service } from "@moldau/rpc";
import type { Call } from "./call";
import { callContext, deadlineFor, troubleOf } from "./forward";
import type { Gateway } from "./gateway";
import { groupByNode, routeToLeader } from "./routes";

type Broker = Service<typeof BrokerDefinition>;

/** How one API asks about partitions that different brokers lead. */
export interface PerLeader<Item extends { topic: string; partition: number }, Result> {
  items: readonly Item[];
  /** Asks one leader; results in the order of `items`. */
  ask(broker: Broker, items: (Item & { topicId: string })[], context: CallContext): Promise<Result[]>;
  failed(item: Item, error: KafkaErrorCode): Result;
}

/**
 * Splits partitions by leader, asks each leader once, and returns the results in the order of the items. What has no
 * leader, or a leader that cannot be reached, gets the code that makes a client look for the leader again.
 */
export async function perLeader<Item extends { topic: string; partition: number }, Result>(
  call: Call,
  gateway: Gateway,
  timeoutMs: number,
  api: PerLeader<Item, Result>,
): Promise<Result[]> {
  const results: Result[] = new Array<Result>(api.items.length);
  const routed: { at: number; leaderId: NodeId; item: Item & { topicId: string } }[] = [];
  api.items.forEach((item, at) => {
    const route = routeToLeader(gateway.image, { name: item.topic }, item.partition);
    if (route.error !== undefined) results[at] = api.failed(item, route.error);
    else routed.push({ at, leaderId: route.leaderId, item: { ...item, topicId: route.topicId ?? ZERO_UUID } });
  });
  await Promise.all(
    [...groupByNode(routed, (entry) => entry.leaderId)].map(async ([leaderId, entries]) => {
      try {
        const answered = await api.ask(
          gateway.context.peers.broker(leaderId),
          entries.map((entry) => entry.item),
          callContext(call, gateway, deadlineFor(timeoutMs)),
        );
        entries.forEach(({ at, item }, i) => {
          results[at] = answered[i] ?? api.failed(item, KafkaError.UNKNOWN_SERVER_ERROR);
        });
      } catch (error) {
        const trouble = troubleOf(call, gateway, error, `broker ${leaderId}`);
        const code = trouble ? KafkaError.NOT_LEADER_OR_FOLLOWER : KafkaError.UNKNOWN_SERVER_ERROR;
        for (const { at, item } of entries) results[at] = api.failed(item, code);
      }
    }),
  );
  return results;
}
