import { KafkaError, type KafkaErrorName, kafkaErrorName } from "@moldau/base";
import { Shard } from "../shard";
import type { ShardEffect } from "../shard-effect";
import { type Note, NotebookMachine, type NotebookRequest } from "./notebook-machine";

/**
 * Runs a transcript: lines that begin with `>` are commands, the lines below each are the effects it had. Returns the
 * transcript with the effects as they are now. See testdata/.
 */
export function runTranscript(transcript: string): string {
  const shard = new Shard<NotebookRequest, string, Note, string>((timeline) => new NotebookMachine(timeline), {
    sizeOf: (note) => note.key.length + note.value.length,
    // Keys that begin with a capital letter are alone with their like.
    batchKeyOf: ({ key }) => (/^[A-Z]/.test(key) ? key : undefined),
    batchBytesMax: 8,
    waitingBytesMax: 20,
    refusedPauseMs: 100,
  });
  const lines: string[] = [];
  for (const line of transcript.split("\n")) {
    if (line.startsWith("#") || line === "") lines.push(line);
    else if (line.startsWith("> ")) {
      lines.push(line);
      for (const effect of run(shard, line.slice(2).split(" "))) lines.push(effect);
    }
  }
  return lines.join("\n");
}

function run(shard: Shard<NotebookRequest, string, Note, string>, words: string[]): string[] {
  const [command, ...args] = words as [string, ...string[]];
  const number = (index: number): number => Number(args[index]);
  const error = (index: number): (typeof KafkaError)[KafkaErrorName] => KafkaError[args[index] as KafkaErrorName];
  switch (command) {
    case "start":
      return shard.start().map(show);
    case "claimed":
      return shard.onClaimed({ logStartOffset: number(0), markerOffset: number(1) }, number(2)).map(show);
    case "entries":
      return shard.onEntries(args.slice(2).map(parseNote), number(0), number(1)).map(show);
    case "call":
      return shard.submit(number(0), parseRequest(args.slice(1)), 0).map(show);
    case "abandon":
      shard.abandon(number(0));
      return [];
    case "tick":
      return shard.tick(number(0)).map(show);
    case "appended":
      return shard.onAppended().map(show);
    case "refused":
      return shard.onRefused(error(0), number(1)).map(show);
    case "doubt":
      return shard.onDoubt(error(0)).map(show);
    case "reload":
      return shard.restartLoad().map(show);
    case "close":
      return shard.close(error(0)).map(show);
    case "status":
      return [`${shard.phase}, ${shard.openCalls} open calls, next deadline ${shard.nextDeadlineMs}`];
    default:
      throw new Error(`unknown command ${command}`);
  }
}

function parseNote(text: string): Note {
  const [key = "", value = ""] = text.split("=");
  return { key, value };
}

function parseRequest(words: string[]): NotebookRequest {
  const [action, key = "", value = "", at] = words;
  switch (action) {
    case "set":
      return { do: "set", key, value };
    case "get":
      return { do: "get", key };
    case "watch":
      return { do: "watch", key };
    case "remind":
      return { do: "remind", key, value, atMs: Number(at) };
    default:
      throw new Error(`unknown request ${action}`);
  }
}

function show(effect: ShardEffect<string, Note, string>): string {
  switch (effect.do) {
    case "claim":
    case "open":
      return effect.do;
    case "read":
      return `read ${effect.offset}..${effect.endOffset}`;
    case "append":
      return `append ${effect.entries.map((note) => `${note.key}=${note.value}`).join(" ")}`;
    case "reply":
      return `reply ${effect.call}: ${effect.reply}`;
    case "refuse":
      return `refuse ${effect.call}: ${kafkaErrorName(effect.error)}`;
    case "report":
      return `report ${effect.event}`;
  }
}
