import { RE2JS, RE2JSException } from "re2js";

/** A regular expression of a client. */
export interface ClientPattern {
  /** Whether the whole of `text` matches. */
  matches(text: string): boolean;
}

/**
 * Compiles a client's regular expression, in RE2's syntax as at Kafka's own brokers (RE2/J); undefined where it is none. It is
 * matched in time proportional to the text: no pattern that a client sends makes a coordinator think for long.
 */
export function compileClientPattern(source: string): ClientPattern | undefined {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}
