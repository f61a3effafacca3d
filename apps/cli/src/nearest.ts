import { KafkaError } from "@moldau/base";
import type { Admin } from "@moldau/client";
import { CliError, hasCode } from "./errors";

/** Runs what needs topic `name`; where the cluster says that there is none, the error names the nearest one, or how to create it. */
export async function withTopic<T>(admin: Admin, name: string, run: () => Promise<T>, advice?: "create"): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!hasCode(error, KafkaError.UNKNOWN_TOPIC_OR_PARTITION)) throw error;
    throw await unknownTopic(admin, name, advice);
  }
}

export async function unknownTopic(admin: Admin, name: string, advice?: "create"): Promise<CliError> {
  const near = await nearestOf(name, async () => (await admin.listTopics()).map((topic) => topic.name));
  return new CliError(
    near
      ? `topic ${name} does not exist; did you mean ${near}?`
      : `topic ${name} does not exist; ${advice ? `create it with moldau topic create ${name}, or ` : ""}see moldau topic list`,
  );
}

export async function unknownGroup(admin: Admin, id: string): Promise<CliError> {
  const near = await nearestOf(id, async () => (await admin.listGroups()).map((group) => group.groupId));
  return new CliError(
    near ? `group ${id} does not exist; did you mean ${near}?` : `group ${id} does not exist; see moldau group list`,
  );
}

/** Adds the nearest known name to an error about a topic's configuration keys. */
export async function withConfigKeys<T>(keys: readonly string[], run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!hasCode(error, KafkaError.INVALID_CONFIG)) throw error;
    const { nearestName, topicConfigDefinitions } = await import("@moldau/config");
    const unknown = keys.find((key) => !topicConfigDefinitions.has(key));
    if (unknown === undefined) throw error;
    const near = nearestName(unknown, topicConfigDefinitions.keys());
    throw new CliError(
      `${unknown} is not a topic configuration key${near ? `; did you mean ${near}?` : "; moldau topic describe TOPIC --all-configs lists them"}`,
    );
  }
}

/** A list that cannot be had only costs the suggestion; to a name of one or two letters everything short is near. */
async function nearestOf(name: string, names: () => Promise<string[]>): Promise<string | undefined> {
  if (name.length < 3) return undefined;
  const { nearestName } = await import("@moldau/config");
  return nearestName(name, await names().catch(() => []));
}
