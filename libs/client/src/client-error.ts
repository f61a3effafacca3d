import { isRetriable, kafkaErrorName, type KafkaErrorCode } from "@moldau/base";
import type { KafkaClientErrorShape } from "./api";

/** What a cluster refused, or could not be asked. The message says what was asked; `code` is Kafka's. */
export class KafkaClientError extends Error implements KafkaClientErrorShape {
  override readonly name = "KafkaClientError";
  readonly code: KafkaErrorCode;
  /** Whether asking again may help; the client has already done so for as long as it may. */
  readonly retriable: boolean;
  /** The broker's own text, null where it gave none (or nobody answered). */
  readonly detail: string | null;
  readonly remedy?: KafkaClientErrorShape["remedy"];

  constructor(
    message: string,
    code: number,
    options?: ErrorOptions & { detail?: string | null; remedy?: KafkaClientErrorShape["remedy"] },
  ) {
    super(message, options);
    this.detail = options?.detail || null;
    if (options?.remedy !== undefined) this.remedy = options.remedy;
    this.code = code as KafkaErrorCode;
    this.retriable = isRetriable(code);
  }
}

/** The error for a code that a broker answered with; `detail` is the broker's own text where it gave one. */
export function refused(what: string, code: number, detail?: string | null): KafkaClientError {
  const name = kafkaErrorName(code);
  return new KafkaClientError(`${what}: ${detail ? `${detail} (${name})` : meaning(name)}`, code, { detail });
}

/** Throws where a broker answered with an error. */
export function check(what: string, code: number, detail?: string | null): void {
  if (code !== 0) throw refused(what, code, detail);
}

/** Kafka's name in words, its name behind them: `unknown topic or partition (UNKNOWN_TOPIC_OR_PARTITION)`. */
function meaning(name: string): string {
  return `${name.toLowerCase().replaceAll("_", " ")} (${name})`;
}

export function isClientError(error: unknown, ...codes: readonly number[]): error is KafkaClientError {
  return error instanceof KafkaClientError && (codes.length === 0 || codes.includes(error.code));
}
