import type { KafkaErrorCode, NodeId } from "@moldau/base";
import { Reader, Writer } from "@moldau/protocol";
import type { Call } from "./call";
import { askCoordinator, kafkaCall } from "./forward";
import type { Gateway } from "./gateway";
import { groupByNode, routeToOwner } from "./routes";

/** How one API asks about groups or transactional ids that different coordinators own. */
export interface PerOwner<Request, Result> {
  /** Writes the request for these items only. */
  write(writer: Writer, items: Request[], version: number): void;
  /** Results of an answer, one an item. */
  read(reader: Reader, version: number): Result[];
  refused(item: Request, error: KafkaErrorCode): Result;
  keyOf(result: Result): string;
}

/**
 * Splits items by the coordinator that owns their shard, asks each owner once, and returns the results in the order of the
 * items.
 */
export async function perOwner<Request, Result>(
  call: Call,
  gateway: Gateway,
  shardTopic: string,
  items: readonly Request[],
  idOf: (item: Request) => string,
  codec: PerOwner<Request, Result>,
): Promise<Result[]> {
  const results = new Map<string, Result>();
  const routed: { item: Request; ownerId: NodeId }[] = [];
  for (const item of items) {
    const route = routeToOwner(gateway.image, shardTopic, idOf(item));
    if (route.error !== undefined) results.set(idOf(item), codec.refused(item, route.error));
    else routed.push({ item, ownerId: route.ownerId });
  }
  await Promise.all(
    [...groupByNode(routed, ({ ownerId }) => ownerId)].map(async ([ownerId, owned]) => {
      const writer = new Writer();
      codec.write(
        writer,
        owned.map(({ item }) => item),
        call.version,
      );
      const reply = await askCoordinator(call, gateway, ownerId, kafkaCall(call, writer.toBytes()));
      if (reply.error !== undefined) {
        for (const { item } of owned) results.set(idOf(item), codec.refused(item, reply.error));
      } else {
        for (const result of codec.read(new Reader(reply.body), call.version)) results.set(codec.keyOf(result), result);
      }
    }),
  );
  return items.flatMap((item) => results.get(idOf(item)) ?? []);
}
