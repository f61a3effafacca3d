const maxLength = 249;

/** Why a name is not a topic's name, for a person; undefined for a legal one. Source: org.apache.kafka.common.internals.Topic. */
export function topicNameError(name: string): string | undefined {
  if (name === "") return "the empty string is not a topic name";
  if (name === "." || name === "..") return `a topic cannot be called "${name}"`;
  if (name.length > maxLength) return `a topic name has at most ${maxLength} characters`;
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) return "a topic name consists of ASCII letters, digits, '.', '_' and '-'";
  return undefined;
}
