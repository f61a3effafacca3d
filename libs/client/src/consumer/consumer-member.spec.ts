// Transcripts of one member (testdata/consumer-member.txt): what it is told stands behind ">", below it what it says and wants.
// REWRITE=1 writes them anew after a change on purpose.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KafkaError } from "@moldau/base";
import fc from "fast-check";
import { ConsumerMember, type MemberPartition, type MemberStep } from "./consumer-member";

const file = join(__dirname, "testdata/consumer-member.txt");
const shown = (partitions: readonly MemberPartition[]): string =>
  partitions.map(({ topicId, partition }) => `${topicId}-${partition}`).join(" ") || "nothing";
const parsed = (text: string): MemberPartition[] =>
  text === "nothing"
    ? []
    : text.split(" ").map((name) => ({ topicId: name.split("-")[0]!, partition: Number(name.split("-")[1]) }));
const answer = (fields: object) => ({
  throttleTimeMs: 0,
  errorCode: 0,
  errorMessage: null,
  memberId: "m",
  memberEpoch: 0,
  heartbeatIntervalMs: 5000,
  assignment: null,
  ...fields,
});
const assignmentOf = (partitions: readonly MemberPartition[]) => ({
  topicPartitions: partitions.map(({ topicId, partition }) => ({ topicId, partitions: [partition] })),
});

function heartbeatText(member: ConsumerMember, version: number): string {
  const said = member.heartbeat(version);
  const words = [`heartbeat epoch=${said.memberEpoch}`];
  if (said.instanceId) words.push(`instance=${said.instanceId}`);
  if (said.rebalanceTimeoutMs !== -1) words.push(`timeout=${said.rebalanceTimeoutMs}`);
  if (said.subscribedTopicNames) words.push(`topics=[${said.subscribedTopicNames.join(" ")}]`);
  if (typeof said.subscribedTopicRegex === "string") words.push(`pattern=/${said.subscribedTopicRegex}/`);
  if (said.serverAssignor) words.push(`assignor=${said.serverAssignor}`);
  const owned = said.topicPartitions?.flatMap(({ topicId, partitions }) =>
    partitions!.map((partition) => `${topicId}-${partition}`),
  );
  if (owned) words.push(`owns [${owned.join(" ")}]`);
  return words.join(" ");
}

function play(text: string): string {
  let member = new ConsumerMember({ groupId: "g", memberId: "m", rebalanceTimeoutMs: 60_000 });
  let unknown = new Set<string>();
  let step: MemberStep | undefined;
  const out: string[] = [];
  for (const line of text.split("\n")) {
    if (!line.startsWith(">")) {
      if (line.startsWith("#") || line === "") out.push(line);
      continue;
    }
    out.push(line);
    const say = (what: string): unknown => out.push(`  ${what}`);
    const [word, ...rest] = line.slice(2).split(" ");
    const words = rest.join(" ");
    switch (word) {
      case "member": {
        const [instanceId, serverAssignor] = rest;
        member = new ConsumerMember({
          groupId: "g",
          memberId: "m",
          instanceId,
          serverAssignor,
          rebalanceTimeoutMs: 60_000,
        });
        unknown = new Set();
        break;
      }
      case "subscribe":
        member.subscribe(words.startsWith("/") ? { topics: [], pattern: words.slice(1, -1) } : { topics: rest });
        break;
      case "send":
        say(heartbeatText(member, rest[0] === "v0" ? 0 : 1));
        break;
      case "answer": {
        const [, epoch, gets] = /^epoch=(-?\d+)(?: gets (.*))?$/.exec(words)!;
        say(
          member.answered(answer({ memberEpoch: Number(epoch), assignment: gets ? assignmentOf(parsed(gets)) : null })),
        );
        break;
      }
      case "error":
        say(member.answered(answer({ errorCode: KafkaError[words as keyof typeof KafkaError] })));
        break;
      case "silence":
        member.unheard();
        break;
      case "unknown":
        unknown = new Set(rest);
        break;
      case "step":
        step = member.next((id) => !unknown.has(id));
        say(step === undefined ? "nothing to do" : `${step.kind} ${shown(step.partitions)}`);
        break;
      case "did":
        member.did(step!);
        break;
      case "leave": {
        const said = member.leave();
        say(said === undefined ? "without a word" : `heartbeat epoch=${said.memberEpoch}`);
        break;
      }
      default:
        throw new Error(`no such command: ${line}`);
    }
    say(`${member.state}, epoch ${member.epoch}, owns ${shown(member.owned)}${member.isUrgent ? ", has news" : ""}`);
  }
  return out.join("\n");
}

it("goes by its transcripts", () => {
  const text = readFileSync(file, "utf8");
  const played = play(text);
  if (process.env.REWRITE) writeFileSync(file, played);
  else expect(played).toBe(text);
});

it("never owns what the coordinator's last word does not give it, once its steps are done, and says so", () => {
  const partition = fc.record({ topicId: fc.constantFrom("a", "b"), partition: fc.nat(3) });
  const event = fc.oneof(
    fc.record({ gets: fc.array(partition) }),
    fc.record({
      error: fc.constantFrom(KafkaError.FENCED_MEMBER_EPOCH, KafkaError.UNKNOWN_MEMBER_ID, KafkaError.NOT_COORDINATOR),
    }),
    fc.constant({ silence: true }),
  );
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const member = new ConsumerMember({ groupId: "g", memberId: "m", rebalanceTimeoutMs: 1 });
      member.subscribe({ topics: ["t"] });
      // What the coordinator has been told: a heartbeat counts where an answer came.
      let told = "";
      let epoch = 0;
      for (const each of events) {
        const said = member.heartbeat(1);
        expect(said.memberEpoch === 0).toBe(member.state === "joining");
        if ("silence" in each) {
          member.unheard();
          continue;
        }
        if (said.topicPartitions) {
          told = said.topicPartitions
            .flatMap((t) => t.partitions!.map((p) => `${t.topicId}-${p}`))
            .sort()
            .join();
        }
        if ("error" in each) member.answered(answer({ errorCode: each.error }));
        else member.answered(answer({ memberEpoch: ++epoch, assignment: assignmentOf(each.gets) }));
        for (let step = member.next(() => true); step !== undefined; step = member.next(() => true)) member.did(step);
        if ("error" in each && each.error !== KafkaError.NOT_COORDINATOR) expect(member.owned).toEqual([]);
        if ("gets" in each) {
          const wanted = [...new Set(each.gets.map((at) => `${at.topicId}-${at.partition}`))].sort();
          expect(member.owned.map((at) => `${at.topicId}-${at.partition}`).sort()).toEqual(wanted);
          expect(member.isUrgent).toBe(told !== wanted.join());
        }
      }
    }),
  );
});
