/** Longest name of a topic; `-<partition>` and a file suffix must still fit a file name. Unit: characters. */
export const TOPIC_NAME_LENGTH_MAX = 249;

/** Why a name cannot be a topic's, in Kafka's words; undefined where it can. Source: Kafka's Topic.validate. */
export function topicNameProblem(name: string): string | undefined {
  const problem = (why: string) => `Topic name is invalid: ${why}`;
  if (name === "") return problem("the empty string is not allowed");
  if (name === "." || name === "..") return problem(`'${name}' is not allowed`);
  if (name.length > TOPIC_NAME_LENGTH_MAX) {
    return problem(`the length of '${name}' is longer than the max allowed length ${TOPIC_NAME_LENGTH_MAX}`);
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return problem(`'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`);
  }
  return undefined;
}
