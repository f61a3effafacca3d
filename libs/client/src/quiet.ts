import { KafkaError } from "@moldau/base";
import { KafkaClientError } from "./client-error";

interface Held {
  send(): void;
  fail(error: Error): void;
  /** How long it may be held at most. */
  timeoutMs: number;
  /** What is held, for a person. */
  what: string;
}

/**
 * The time for which a node does not listen because its client was too fast. What is to be sent meanwhile is held and sent in
 * its order afterwards: the node would read none of it, and the time that an answer may take would run. Nodes since Kafka 2.0
 * answer before they stop listening, so the time counts from the answer. Source: KIP-219.
 */
export class Quiet {
  private untilMs = 0;
  private timer: NodeJS.Timeout | undefined;
  private held: Held[] = [];

  get now(): boolean {
    return this.timer !== undefined;
  }

  /** The node has just said that it does not listen for so long. A shorter time does not end a longer one. */
  for(throttleTimeMs: number): void {
    const untilMs = performance.now() + throttleTimeMs;
    if (throttleTimeMs <= 0 || (this.now && untilMs <= this.untilMs)) return;
    this.untilMs = untilMs;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.over(), throttleTimeMs);
  }

  /** Holds a request; fails it at once where it would be held for too long. */
  then(request: Held): void {
    const leftMs = Math.ceil(this.untilMs - performance.now());
    if (leftMs <= request.timeoutMs) {
      this.held.push(request);
      return;
    }
    const what = `${request.what}: the client's quota is used up; the node listens again in ${leftMs} ms`;
    request.fail(new KafkaClientError(what, KafkaError.THROTTLING_QUOTA_EXCEEDED));
  }

  end(reason: Error): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const { fail } of this.held.splice(0)) fail(reason);
  }

  private over(): void {
    this.timer = undefined;
    for (const { send } of this.held.splice(0)) send();
  }
}
