import { shardOf } from "@moldau/base";
import { Reader, Writer } from "@moldau/protocol";
import { kafkaCall } from "./admin";
import type { Client } from "./client";

/** An API as a client of some version speaks it. */
export interface CoordinatorApi<Q, R> {
  readonly key: number;
  readonly version: number;
  write(writer: Writer, message: Q, version: number): void;
  read(reader: Reader, version: number): R;
}

const TIMEOUT_MS = 4_000;

/** Asks whoever owns the shard of a group or transactional id. Undefined: nobody could be asked, or no answer came. */
export async function askCoordinator<Q, R>(
  client: Client,
  { shardTopic, id }: { shardTopic: string; id: string },
  api: CoordinatorApi<Q, R>,
  request: NoInfer<Q>,
): Promise<R | undefined> {
  const { image } = client.observer;
  const topic = image.topicsByName.get(shardTopic);
  if (topic === undefined) return undefined;
  const owner = image.shardOwner(topic.id, shardOf(id, topic.partitions.length))?.ownerId ?? -1;
  if (owner < 0) return undefined;
  const writer = new Writer();
  api.write(writer, request, api.version);
  try {
    const call = kafkaCall(api.key, api.version, writer.toBytes());
    const answer = await client.peers.coordinator(owner).handle(call, client.call(TIMEOUT_MS));
    return answer.errorCode ? undefined : api.read(new Reader(answer.body), api.version);
  } catch {
    return undefined;
  }
}
