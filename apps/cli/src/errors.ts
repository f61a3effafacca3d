import { KafkaError, kafkaErrorName } from "@moldau/base";
import type { KafkaClientErrorShape } from "@moldau/client";

/** A failure that a person can act on: one line that names the thing and the fix. `exitCode` 2 is wrong usage. */
export class CliError extends Error {
  override readonly name = "CliError";
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
    /** Why, without what and what to do, for those who say that in their own words. */
    readonly reason?: string,
  ) {
    super(message);
  }
}

export function usageError(message: string): CliError {
  return new CliError(message, 2);
}

export function isKafkaClientError(error: unknown): error is KafkaClientErrorShape {
  return error instanceof Error && error.name === "KafkaClientError" && "code" in error;
}

/** Whether the cluster answered with this code. */
export function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return isKafkaClientError(error) && codes.includes(error.code);
}

/** The one line for a cluster that nobody answers at. */
export function unreachable(addresses: readonly string[], why: string): CliError {
  return new CliError(
    `cannot reach ${addresses.join(", ")} (${why}): is the cluster running? ` +
      "Start one with moldau up, or name it with --bootstrap",
    1,
    why,
  );
}

const fixes: ReadonlyMap<number, string> = new Map([
  [KafkaError.TOPIC_ALREADY_EXISTS, "change it with moldau topic alter, or pass --if-not-exists"],
  [KafkaError.INVALID_REPLICATION_FACTOR, "see moldau cluster info for the brokers there are"],
  [KafkaError.NON_EMPTY_GROUP, "stop its members first; see moldau group describe"],
  [KafkaError.MESSAGE_TOO_LARGE, "raise the topic's max.message.bytes with moldau topic alter --config"],
  [KafkaError.NOT_ENOUGH_REPLICAS, "too few replicas are in sync; see moldau cluster health"],
  [KafkaError.UNSUPPORTED_VERSION, "the cluster is too old for this"],
]);

/** One line for any error; what was thrown, and the fix where one is known. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What a transactional producer advises is for programs; the command has done it.
  if (isKafkaClientError(error) && error.remedy === "abort" && error.cause instanceof Error) {
    return describeError(error.cause);
  }
  const message = error.message.replace(/\s*\n\s*/g, " ").trim();
  // The four bytes "HTTP", read as the size of an answer.
  if (message.includes("1213486160")) {
    return `${message.split(": ")[0]}: HTTP answers there, not Kafka's protocol; was the admin port meant for --bootstrap?`;
  }
  if (!isKafkaClientError(error)) return message || error.name;
  const said = message.length > 0 ? message : kafkaErrorName(error.code);
  const fix = fixes.get(error.code);
  return fix ? `${said.replace(/[.;]$/, "")}; ${fix}` : said;
}
