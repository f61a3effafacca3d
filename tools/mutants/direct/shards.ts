import { KafkaError } from "@moldau/base";
import { Shard, type ShardEffect } from "@moldau/shards";
import { NotebookMachine, type Note, type NotebookRequest } from "../../../libs/shards/src/testing/notebook-machine";
import { expect, type Scenario } from "./scenario";

type Effects = ShardEffect<string, Note, string>[];

/** A shard of notes that has claimed a log of `length` entries. */
function claimed(length: number): { shard: Shard<NotebookRequest, string, Note, string>; effects: Effects } {
  const shard = new Shard((timeline) => new NotebookMachine(timeline), {
    sizeOf: () => 10,
    batchBytesMax: 1_000,
    waitingBytesMax: 10_000,
    refusedPauseMs: 100,
  });
  shard.start();
  return { shard, effects: shard.onClaimed({ logStartOffset: 0, markerOffset: length }, 0) };
}

function replyOf(effects: Effects, call: number): string | undefined {
  const found = effects.find((effect) => effect.do === "reply" && effect.call === call);
  return found?.do === "reply" ? found.reply : undefined;
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "a coordinator answers when what the answer rests on is committed": () => {
    const { shard } = claimed(0);
    const asked = shard.submit(1, { do: "set", key: "offset", value: "5" }, 0);
    expect(replyOf(asked, 1) === undefined, "nobody has it yet");
    expect(replyOf(shard.submit(2, { do: "get", key: "offset" }, 0), 2) === undefined, "a read of it waits too");
    const done = shard.onAppended();
    expect(replyOf(done, 1) !== undefined && replyOf(done, 2) === "5", "now both are answered");
  },

  "a new owner serves when it has replayed the log": () => {
    const { shard, effects } = claimed(1);
    expect(effects[0]?.do === "read", "it reads up to its claim");
    const early = shard.submit(1, { do: "get", key: "offset" }, 0);
    expect(early[0]?.do === "refuse", "it answers nobody before");
    shard.onEntries([{ key: "offset", value: "5" }], 1, 0);
    expect(replyOf(shard.submit(2, { do: "get", key: "offset" }, 0), 2) === "5", "and knows everything afterwards");
  },

  "a coordinator forgets what its log refused": () => {
    const { shard } = claimed(0);
    shard.submit(1, { do: "set", key: "offset", value: "5" }, 0);
    shard.onRefused(KafkaError.NOT_ENOUGH_REPLICAS, 0);
    expect(replyOf(shard.submit(2, { do: "get", key: "offset" }, 0), 2) === "nothing", "it is in no log");
  },
};
