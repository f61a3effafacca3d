import { KafkaError } from "@moldau/base";
import type { MetadataImage } from "@moldau/metadata";
import { type ApiError, apiError } from "./decision";

/** Longest name of a topic; `-<partition>` and a file suffix must still fit a file name. Unit: characters. */
export const TOPIC_NAME_LENGTH_MAX = 249;

/** Why a name cannot be a topic's, for a person; undefined where it can. Source: Kafka's Topic.validate. */
export function topicNameProblem(name: string): ApiError | undefined {
  const invalid = (why: string) => apiError(KafkaError.INVALID_TOPIC_EXCEPTION, `Topic name is invalid: ${why}`);
  if (name === "") return invalid("the empty string is not allowed");
  if (name === "." || name === "..") return invalid(`'${name}' is not allowed`);
  if (name.length > TOPIC_NAME_LENGTH_MAX) {
    return invalid(`the length of '${name}' is longer than the max allowed length ${TOPIC_NAME_LENGTH_MAX}`);
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return invalid(`'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`);
  }
  return undefined;
}

/**
 * Names that differ only in `.` and `_` would be one name in metrics. Yields a function that finds the existing topic a
 * new name collides with; it indexes the image once, and only where a name has one of the two characters.
 */
export function collisionsIn(image: MetadataImage): (name: string) => string | undefined {
  let index: Map<string, string> | undefined;
  return (name) => {
    if (!/[._]/.test(name)) return undefined;
    if (index === undefined) {
      index = new Map();
      for (const existing of image.topicsByName.keys()) {
        if (/[._]/.test(existing)) index.set(existing.replaceAll(".", "_"), existing);
      }
    }
    const flat = name.replaceAll(".", "_");
    const found = index.get(flat);
    if (found === undefined) index.set(flat, name);
    return found;
  };
}
