import { KafkaError, kafkaErrorName, type KafkaErrorName } from "@moldau/base";
import { refused } from "../../client-error";
import type { TopicPartition } from "../../topic-partition";
import { type Operation, type TransactionAsk, TransactionCore } from "../transaction-core";

/**
 * Runs a transcript against one core. `> init|begin|commit|abort` and `> offsets GROUP TOPIC-N=OFFSET` are calls of the user's;
 * `> record TOPIC-N` asks whether a record may go there; `> settled`: all records are written or have failed; `> failed CODE [in
 * doubt]`: one has failed. `> ok [ID:EPOCH]` and `> no CODE` answer what is asked. `> cluster v2 bumps` is what it can do from the
 * next answer on. Printed: what became of calls, the state, and what is asked next.
 */
export class TransactionCoreTranscript {
  private readonly core = new TransactionCore("t");
  private abilities = { v2: false, bumps: false };
  private open: { call: string; operation: Operation }[] = [];
  private readonly lines: string[] = [];

  static run(transcript: string): string {
    const self = new TransactionCoreTranscript();
    for (const line of transcript.split("\n")) {
      if (!line.startsWith("#") && !line.startsWith("> ") && line !== "") continue;
      self.lines.push(line);
      if (line.startsWith("> ")) self.command(line.slice(2));
    }
    return self.lines.join("\n");
  }

  private command(line: string): void {
    const { core } = this;
    const [first = "", ...rest] = line.split(" ");
    switch (first) {
      case "init":
      case "begin":
      case "commit":
      case "abort":
        this.open.push({ call: first, operation: core[first]() });
        break;
      case "offsets": {
        const [groupId = "", ...list] = rest;
        const offsets = list.map((text) => {
          const [at = "", offset] = text.split("=");
          return { ...partition(at), offset: Number(offset) };
        });
        this.open.push({ call: first, operation: core.sendOffsets(offsets, { groupId }) });
        break;
      }
      case "record": {
        const { refusal } = core;
        const may = core.mayProduce(partition(rest[0]!));
        this.lines.push(
          `  ${refusal !== undefined ? refusal.message : may ? `goes out as ${this.producer()}` : "waits"}`,
        );
        break;
      }
      case "settled":
        core.recordsSettled();
        break;
      case "failed":
        core.recordFailed(refused("produce", codeOf(rest[0]!)), rest[1] === "in");
        break;
      case "cluster":
        this.abilities = { v2: rest.includes("v2"), bumps: rest.includes("bumps") };
        return;
      case "ok":
      case "no":
        this.answer(first === "ok", rest[0]);
        break;
      default:
        throw new Error(`what is ${line}?`);
    }
    this.show();
  }

  private answer(isGood: boolean, text: string | undefined): void {
    const { core } = this;
    const ask = core.next();
    if (ask === undefined) throw new Error("nothing is asked");
    core.learn(this.abilities);
    if (!isGood) return core.refused(ask, refused(ask.kind, codeOf(text!)));
    const [producerId = 0, producerEpoch = 0] = text?.split(":").map(Number) ?? [];
    core.answered(ask, text === undefined ? undefined : { producerId, producerEpoch });
  }

  private show(): void {
    const { core } = this;
    const next = core.next();
    this.open = this.open.filter(({ call, operation: { outcome } }) => {
      if (outcome === undefined) return true;
      const { error } = outcome;
      const what = error === undefined ? "done" : `${error.message}${error.remedy ? ` [${error.remedy}]` : ""}`;
      this.lines.push(`  ${call}: ${what}`);
      return false;
    });
    this.lines.push(`  ${core.stateName}${next === undefined ? "" : `, asks ${showAsk(next)}`}`);
  }

  private producer(): string {
    const { identity } = this.core;
    return identity === undefined ? "nobody" : `${identity.producerId}:${identity.producerEpoch}`;
  }
}

function showAsk(ask: TransactionAsk): string {
  const as = ask.producer === undefined ? "" : ` as ${ask.producer.producerId}:${ask.producer.producerEpoch}`;
  switch (ask.kind) {
    case "initProducerId":
      return `${ask.kind}${as}`;
    case "addPartitions":
      return `${ask.kind}${as} ${ask.partitions.map(({ topic, partition: n }) => `${topic}-${n}`).join(" ")}`;
    case "addOffsets":
      return `${ask.kind}${as} ${ask.groupId}`;
    case "commitOffsets": {
      const list = ask.offsets.map(({ topic, partition: n, offset }) => `${topic}-${n}=${offset}`);
      return `${ask.kind} v${ask.v2 ? 2 : 1}${as} ${ask.group.groupId} ${list.join(" ")}`;
    }
    case "endTxn":
      return `${ask.kind} v${ask.v2 ? 2 : 1}${as} ${ask.commit ? "commit" : "abort"}`;
  }
}

function partition(text: string): TopicPartition {
  const at = text.lastIndexOf("-");
  return { topic: text.slice(0, at), partition: Number(text.slice(at + 1)) };
}

function codeOf(name: string): number {
  const code = KafkaError[name as KafkaErrorName];
  if (kafkaErrorName(code) !== name) throw new Error(`no error is called ${name}`);
  return code;
}
