// Kafka's command-line tools that have a twin here.
import type { Terminal } from "../terminal";
import { consumerGroupsTool } from "./consumer-groups/consumer-groups-tool";
import { runTool } from "./run-tool";
import type { KafkaTool } from "./tool";
import { topicsTool } from "./topics/topics-tool";

/** In the order of use. */
export const kafkaTools: readonly KafkaTool[] = [topicsTool, consumerGroupsTool];

/** Whether a command line's first word is one of the tools, with or without the `.sh` that Kafka's scripts have. */
export function isKafkaTool(word: string | undefined): boolean {
  return word !== undefined && toolOf(word) !== undefined;
}

export function runKafkaTool(word: string, args: readonly string[], terminal: Terminal): Promise<number> {
  return runTool(toolOf(word)!, args, terminal);
}

function toolOf(word: string): KafkaTool | undefined {
  const plain = word.replace(/\.sh$/, "");
  return kafkaTools.find(({ name }) => name === plain);
}
