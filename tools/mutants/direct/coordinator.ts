import { KafkaError } from "@moldau/base";
import { ShardLog, type ShardLogContext } from "../../../libs/roles/coordinator/src/shard-log";
import { expect, type Scenario } from "./scenario";

/** How an append to a shard's log is judged that its leader answers with this code. */
async function judged(errorCode: number): Promise<string> {
  const append = () => Promise.resolve({ partitions: [{ errorCode, errorMessage: "", baseOffset: 7 }] });
  const context = {
    peers: { broker: () => ({ append }) },
    image: () => ({ partition: () => ({ leader: 1, leaderEpoch: 3 }) }),
    watch: { sleep: () => Promise.resolve() },
    log: { debug: () => undefined },
    monotonicMs: () => Infinity,
    appendTimeoutMs: 100,
  } as unknown as ShardLogContext;
  const shard = { topicId: "t", partition: 0, ownerId: 1, ownerEpoch: 2 };
  return (await new ShardLog(shard, context, new AbortController().signal).append(new Uint8Array(0))).is;
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "an append without a clear answer is in doubt": async () => {
    const is = await judged(KafkaError.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
    expect(is === "doubt", "it was written and may go again");
  },

  "an owner that is fenced has lost its shard": async () => {
    expect((await judged(KafkaError.NOT_COORDINATOR)) === "lost", "a newer owner has claimed it");
  },
};
