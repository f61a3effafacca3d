import { ToolError } from "./tool-error";

/** Internal topics by name, as Kafka's tools know them. Source: org.apache.kafka.common.internals.Topic. */
const internalTopics: ReadonlySet<string> = new Set([
  "__consumer_offsets",
  "__transaction_state",
  "__share_group_state",
]);

export function isInternalTopic(name: string): boolean {
  return internalTopics.has(name);
}

/**
 * Names that match a list of regular expressions with commas between them, whole; all where there is no pattern. Quotes around
 * the pattern are taken off. Source: org.apache.kafka.server.util.TopicFilter.
 */
export function topicNames(
  topics: readonly { name: string }[],
  { pattern, excludeInternal = false }: { pattern: string | undefined; excludeInternal?: boolean },
): string[] {
  const expression = pattern === undefined ? undefined : topicPattern(pattern);
  return topics
    .map(({ name }) => name)
    .filter((name) => (expression?.test(name) ?? true) && !(excludeInternal && isInternalTopic(name)));
}

export function topicPattern(text: string): RegExp {
  const expression = text
    .trim()
    .replaceAll(",", "|")
    .replaceAll(" ", "")
    .replace(/^["']+/, "")
    .replace(/["']+$/, "");
  try {
    return new RegExp(`^(?:${expression})$`);
  } catch {
    throw new ToolError(`${text} is an invalid regex.`);
  }
}
