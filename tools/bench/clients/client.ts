import type { Figures } from "../measurement";

/** What a client is to do. */
export interface ClientTask {
  bootstrap: string;
  topic: string;
  records: number;
  recordBytes: number;
  batchBytes: number;
  /** A consumer group that nobody had. */
  group: string;
}

/** A client that others wrote, run in a process of its own. */
export interface OtherClient {
  name: string;
  /** Why it cannot be run here; undefined where it can. May fetch what is missing. */
  whyNot(): string | undefined;
  produce(task: ClientTask): Promise<Figures>;
  consume(task: ClientTask): Promise<Figures>;
}
