import type { Stage } from "../stage";

/** Requests that belong together. Each begins with its own topics and groups, so that a failed one spoils no other. */
export interface Scenario {
  readonly name: string;
  run(stage: Stage): Promise<void>;
}

export const scenario = (name: string, run: (stage: Stage) => Promise<void>): Scenario => ({ name, run });

/** An id that no topic has. */
export const strangeId = "c3RyYW5nZXIgdG9waWMgaQ";
export const zeroId = "AAAAAAAAAAAAAAAAAAAAAA";
/** A producer id that no broker handed out. */
export const strangeProducer = 987_654;
export const utf8 = (text: string) => new TextEncoder().encode(text);
