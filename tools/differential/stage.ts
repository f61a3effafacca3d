// One of the two clusters, and what it was asked and answered.
import { ApiKey, apis, Reader, readResponseHeader } from "@moldau/protocol";
import { Connection, type Outcome } from "./connection";
import { Normaliser } from "./normalise";
import { requestBytes } from "./request";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of any API; scenarios pick what they need
export type Answer = any;

export interface Exchange {
  /** API's name, or "bytes" for what is no request of any. */
  readonly api: string;
  readonly version: number;
  readonly label: string;
  readonly answer: unknown;
}

export type VersionRange = { readonly min: number; readonly max: number };
export type Body = object | ((version: number) => object | undefined);

export class Stage {
  readonly exchanges: Exchange[] = [];
  readonly topicIds = new Map<string, string>();
  private readonly normaliser = new Normaliser();
  private readonly connection: Connection;
  private correlationId = 0;

  constructor(
    readonly name: "apache" | "moldau",
    address: string,
    /** What both clusters serve. */
    readonly versions: ReadonlyMap<number, VersionRange>,
  ) {
    this.connection = new Connection(address);
  }

  /** Whether both serve it. */
  serves(key: number, version = this.versions.get(key)?.max ?? 0): boolean {
    const range = this.versions.get(key);
    return range !== undefined && version >= range.min && version <= range.max;
  }

  maxOf(key: number): number {
    return this.versions.get(key)!.max;
  }

  /** The newest version of `key` that both serve, `limit` at most. */
  newest(key: number, limit = Infinity): number {
    return Math.min(limit, this.maxOf(key));
  }

  /** Asks and records; the decoded answer, or undefined where there was none. */
  async ask(
    key: number,
    version: number,
    label: string,
    body: object,
    options: { waitMs?: number } = {},
  ): Promise<Answer> {
    if (!this.serves(key, version)) return undefined;
    const bytes = requestBytes(key, version, body, ++this.correlationId);
    if (bytes === undefined) return undefined;
    const outcome = await this.connection.send(bytes, options);
    const { value, plain } = this.decode(key, version, outcome);
    this.exchanges.push({ api: apis.get(key)!.name, version, label, answer: plain });
    return value;
  }

  /** Asks in each version that both serve. `body` may be made for the version; undefined leaves the version out. */
  async each(
    key: number,
    label: string,
    body: Body,
    options: { from?: number; to?: number; waitMs?: number } = {},
  ): Promise<void> {
    const range = this.versions.get(key);
    if (range === undefined) return;
    const { from = range.min, to = range.max } = options;
    for (let version = Math.max(from, range.min); version <= Math.min(to, range.max); version++) {
      const draft = typeof body === "function" ? body(version) : body;
      if (draft !== undefined) await this.ask(key, version, label, draft, options);
    }
  }

  /** Asks, outside of the comparison, until `isDone`; for what takes a moment in a cluster. */
  async until(key: number, version: number, body: object, isDone: (answer: Answer) => boolean): Promise<Answer> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const bytes = requestBytes(key, version, body, ++this.correlationId)!;
      const { value } = this.decode(key, version, await this.connection.send(bytes));
      if (value !== undefined && isDone(value)) return value;
      if (Date.now() > deadline)
        throw new Error(`${this.name}: ${apis.get(key)!.name} v${version} said in vain: ${JSON.stringify(value)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Bytes as they are, with a length that may be wrong; recorded is only whether an answer came and its first fields. */
  async bytes(label: string, bytes: Uint8Array, options: { length?: number; waitMs?: number } = {}): Promise<void> {
    const outcome = await this.connection.send(bytes, options);
    const answer = "frame" in outcome ? { answered: outcome.frame.subarray(4, 12).toString("hex") } : outcome;
    this.exchanges.push({ api: "bytes", version: 0, label, answer });
  }

  /** A topic that everybody knows of, with all of its partitions on the first broker. */
  async topic(name: string, partitions = 1, configs: Record<string, string> = {}): Promise<string> {
    const assignments = Array.from({ length: partitions }, (_, partitionIndex) => ({ partitionIndex, brokerIds: [1] }));
    const topic = {
      name,
      numPartitions: -1,
      replicationFactor: -1,
      assignments,
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    };
    await this.until(ApiKey.CreateTopics, 7, { topics: [topic] }, ({ topics }) =>
      [0, 36].includes(topics[0].errorCode),
    );
    return this.known(name);
  }

  /** Waits until the topic has leaders; its id. */
  async known(name: string): Promise<string> {
    const { topics } = await this.until(
      ApiKey.Metadata,
      12,
      { topics: [{ name }], allowAutoTopicCreation: false },
      (answer) =>
        answer.topics[0].errorCode === 0 && answer.topics[0].partitions.every((each: Answer) => each.leaderId > 0),
    );
    this.topicIds.set(name, topics[0].topicId);
    return topics[0].topicId;
  }

  close(): void {
    this.connection.close();
  }

  private decode(key: number, version: number, outcome: Outcome): { value: Answer; plain: unknown } {
    if (!("frame" in outcome)) return { value: undefined, plain: outcome };
    const reader = new Reader(outcome.frame);
    readResponseHeader(reader, key, version);
    const value = apis.get(key)!.readResponse(reader, version);
    this.normaliser.learnTopics(value);
    const left = reader.remaining > 0 ? { bytesLeft: reader.remaining } : {};
    return { value, plain: { ...(this.normaliser.plain(value) as object), ...left } };
  }
}
