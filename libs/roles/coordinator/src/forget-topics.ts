import type { MetadataDelta } from "@moldau/metadata";
import type { GroupShard, GroupShards } from "./group-kind";

/** Offsets of topics that were deleted go, in every shard of this node. */
export function forgetDeletedTopics(shards: GroupShards, delta: MetadataDelta): void {
  const deleted = [...delta.topics.values()].filter(({ kind }) => kind === "deleted").map(({ name }) => name);
  if (deleted.length > 0) for (const shard of shards.all()) void forget(shard, deleted);
}

async function forget(shard: GroupShard, topics: readonly string[]): Promise<void> {
  for (let more = true; more;) {
    const answer = await shard.ask("forgetTopics", { topics });
    more = "reply" in answer && answer.reply.more;
  }
}
