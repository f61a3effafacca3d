/** What can be measured. Brokers listen on 127.0.0.1. */
export interface System {
  readonly name: string;
  readonly title: string;
  readonly brokers: number;
  /** Where its folders of logs are: nothing else lies beneath it. */
  readonly dir: string;
  /** `host:port` of one door; the others are found through it. */
  readonly bootstrap: string;
  /** What has to be there before it can be started, and is not part of its start (a storage directory is formatted). */
  prepare(): Promise<void>;
  /** Starts its processes, and does not wait until it can serve. `failed` rejects when it ends before `stop` is called. */
  launch(): void;
  readonly failed: Promise<never>;
  /** Its processes that run now, by what they are: `broker-1`. */
  processes(): { name: string; pid: number }[];
  /** A clean end; its folders stay. */
  stop(): Promise<void>;
}

/** Where a system may listen: these ports and the next nine of each. Moldau's inner ones are 10,000 higher. */
export interface Place {
  dir: string;
  port: number;
  adminPort: number;
}

/** The same on every system: nobody waits for members that do not come; files of deleted topics go at once. */
export const sharedOptions: Readonly<Record<string, string | number>> = {
  "group.initial.rebalance.delay.ms": 0,
  "log.segment.delete.delay.ms": 200,
};
