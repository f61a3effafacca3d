// What a client knows of its cluster: nodes, topics with their leaders, group coordinators, and the connections to them.
import { setMaxListeners } from "node:events";
import { KafkaError, type Uuid } from "@moldau/base";
import type { MetadataResponse } from "@moldau/protocol";
import type { ClientOptions } from "./api";
import { type Call, calls, type RequestFor } from "./calls";
import { check, isClientError, KafkaClientError, refused } from "./client-error";
import { Connection } from "./connection";
import { type RetryOptions, withRetries } from "./retry";
import { mergeTopic, type TopicInfo } from "./topic-info";
import { Traffic } from "./traffic";

export interface NodeInfo {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

/**
 * What a connection is for. Answers come in the order of requests, so what waits at the broker (a fetch, a join) has a
 * connection of its own and holds nothing else up.
 */
export type Lane = "main" | "fetch" | "group";

/** What a coordinator coordinates. */
export type CoordinatorOf = "group" | "transaction";
const coordinatorTypes = { group: 0, transaction: 1 } as const;

export interface CallOptions {
  lane?: Lane;
  timeoutMs?: number;
}

/** Sends one request to the node that it is for. */
export type Ask = <Q, S>(call: Call<Q, S>, request: RequestFor<Q>, options?: CallOptions) => Promise<S>;

interface Address {
  host: string;
  port: number;
}

/** Rounds through all addresses before a client that never reached anybody gives up: about a second and a half. */
const FIRST_CONTACT_ROUNDS = 5;
const DEFAULT_TIMEOUT_MS = 30_000;
/** A request may take as long as it says it waits at the broker, and this much more. */
export const ANSWER_SLACK_MS = 5_000;

/** Errors after which the group's coordinator is looked up again. */
const coordinatorMoved: readonly number[] = [
  KafkaError.NOT_COORDINATOR,
  KafkaError.COORDINATOR_NOT_AVAILABLE,
  KafkaError.NETWORK_EXCEPTION,
  KafkaError.REQUEST_TIMED_OUT,
];

export class Cluster {
  readonly clientId: string;
  /** How long a call of the client's user may take altogether, milliseconds. */
  readonly timeoutMs: number;
  /** Of all its connections. */
  readonly traffic = new Traffic();
  private readonly bootstrap: Address[];
  private readonly nodesById = new Map<number, NodeInfo>();
  private readonly topics = new Map<string, TopicInfo>();
  private readonly coordinators = new Map<string, NodeInfo>();
  private readonly connections = new Map<string, { connection: Connection; ready: Promise<Connection> }>();
  private readonly refreshes = new Map<string, Promise<MetadataResponse>>();
  private readonly ended = new AbortController();
  private reached = false;
  private features: { epoch: number; levels: ReadonlyMap<string, number> } = { epoch: -1, levels: new Map() };

  constructor(options: ClientOptions) {
    if (options.bootstrap.length === 0) {
      throw new KafkaClientError("no bootstrap address; give at least one host:port", KafkaError.INVALID_REQUEST);
    }
    this.bootstrap = options.bootstrap.map(parseAddress);
    this.clientId = options.clientId ?? "moldau-client";
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    // Everything that waits listens to it.
    setMaxListeners(0, this.ended.signal);
  }

  /** Fires when the client is closed. */
  get signal(): AbortSignal {
    return this.ended.signal;
  }

  nodes(): NodeInfo[] {
    return [...this.nodesById.values()].sort((a, b) => a.nodeId - b.nodeId);
  }

  /** Finalized level of a feature, as the connections made so far tell; 0 where the cluster is too old for it. Source: KIP-584. */
  featureLevel(name: string): number {
    return this.features.levels.get(name) ?? 0;
  }

  /** What is known of a topic; undefined before its first metadata and after it was found to be gone. */
  topic(name: string): TopicInfo | undefined {
    return this.topics.get(name);
  }

  /** The name of the topic with this id, where it is known; a topic that was made anew has another one. */
  topicName(topicId: Uuid): string | undefined {
    for (const topic of this.topics.values()) if (topic.topicId === topicId) return topic.name;
    return undefined;
  }

  /** Asks some node for the topics with these ids (KIP-516) and remembers them; those that are gone are left out. One attempt. */
  async metadataById(topicIds: readonly Uuid[]): Promise<void> {
    this.remember(
      await this.callAny(calls.metadata, {
        topics: topicIds.map((topicId) => ({ topicId, name: null })),
        allowAutoTopicCreation: false,
      }),
    );
  }

  /** Runs `attempt` again after retriable errors until `timeoutMs` (the client's by default) is over. */
  retry<T>(attempt: (number: number) => Promise<T>, options: Partial<RetryOptions> = {}): Promise<T> {
    const again = options.again ?? ((error): boolean => error.retriable);
    return withRetries(
      {
        deadlineMs: options.deadlineMs ?? performance.now() + this.timeoutMs,
        signal: options.signal ?? this.ended.signal,
        again: (error, number) => again(error, number) && (this.reached || number < FIRST_CONTACT_ROUNDS),
        pauseMs: options.pauseMs,
      },
      attempt,
    );
  }

  /**
   * Asks some node for metadata of these topics (null: all) and remembers it. One attempt at each address; topics' errors
   * are in the answer.
   */
  metadata(topics: readonly string[] | null, options: { autoCreate?: boolean } = {}): Promise<MetadataResponse> {
    const { autoCreate = false } = options;
    const key = topics === null ? "*" : `${autoCreate}:${[...topics].sort().join(",")}`;
    let running = this.refreshes.get(key);
    if (running === undefined) {
      running = this.fetchMetadata(topics, autoCreate).finally(() => this.refreshes.delete(key));
      this.refreshes.set(key, running);
    }
    return running;
  }

  /** Metadata of one topic; rejects with the topic's error. One attempt. */
  async topicMetadata(name: string, options: { autoCreate?: boolean } = {}): Promise<TopicInfo> {
    const answer = await this.metadata([name], options);
    const topic = answer.topics.find((candidate) => candidate.name === name);
    if (topic === undefined) throw refused(`topic ${name}`, KafkaError.UNKNOWN_TOPIC_OR_PARTITION);
    check(`topic ${name}`, topic.errorCode);
    return this.topics.get(name)!;
  }

  /** Sends a request to a node, connecting first where need be. One attempt. */
  async call<Q, S>(
    nodeId: number,
    call: Call<Q, S>,
    request: RequestFor<Q>,
    { lane = "main", timeoutMs = this.timeoutMs }: CallOptions = {},
  ): Promise<S> {
    const connection = await this.connectionTo(nodeId, lane);
    return connection.request(call, request, timeoutMs);
  }

  /** Sends a request that has no answer; resolves when the socket has taken it. */
  async tell<Q, S>(nodeId: number, call: Call<Q, S>, request: RequestFor<Q>): Promise<void> {
    const connection = await this.connectionTo(nodeId, "main");
    return connection.requestWithoutAnswer(call, request);
  }

  /** Sends a request to whichever node answers. Each address is tried once. */
  async callAny<Q, S>(call: Call<Q, S>, request: RequestFor<Q>): Promise<S> {
    return (await this.anyConnection()).request(call, request, this.timeoutMs);
  }

  /** A connection to whichever node can be reached. */
  async anyConnection(): Promise<Connection> {
    const failures: string[] = [];
    const tried = new Set<string>();
    for (const address of this.candidates()) {
      const key = laneKey("main", address);
      if (tried.has(key)) continue;
      tried.add(key);
      try {
        return await this.connection(key, address);
      } catch (error) {
        if (!isClientError(error)) throw error;
        failures.push(error.message);
      }
    }
    throw new KafkaClientError(failures.join("; "), KafkaError.NETWORK_EXCEPTION);
  }

  /**
   * Runs `work` with the means to ask the coordinator of a group (or of a transactional id), looks it up anew when it moved, and
   * retries what is worth it. `work` throws what the coordinator refused.
   */
  withCoordinator<T>(
    id: string,
    work: (ask: Ask) => Promise<T>,
    options: Partial<RetryOptions> & { of?: CoordinatorOf } = {},
  ): Promise<T> {
    const { of = "group" } = options;
    return this.retry(async () => {
      const node = await this.coordinator(id, of);
      try {
        return await work(async (call, request, { lane = "group", timeoutMs = this.timeoutMs } = {}) => {
          const connection = await this.connection(laneKey(lane, node, node.nodeId), node);
          return connection.request(call, request, timeoutMs);
        });
      } catch (error) {
        const key = `${of}:${id}`;
        if (isClientError(error, ...coordinatorMoved) && this.coordinators.get(key) === node) {
          this.coordinators.delete(key);
        }
        throw error;
      }
    }, options);
  }

  /** The coordinator of a group or transactional id; looked up once, then remembered. One attempt. */
  async coordinator(id: string, of: CoordinatorOf = "group"): Promise<NodeInfo> {
    const known = this.coordinators.get(`${of}:${id}`);
    if (known !== undefined) return known;
    const keyType = coordinatorTypes[of];
    const answer = await this.callAny(calls.findCoordinator, (version) =>
      version >= 4 ? { keyType, coordinatorKeys: [id] } : { keyType: version >= 1 ? keyType : 0, key: id },
    );
    const found = answer.coordinators.find(({ key }) => key === id) ?? answer;
    check(`coordinator of ${of} ${id}`, found.errorCode, found.errorMessage);
    const node = { nodeId: found.nodeId, host: found.host, port: found.port, rack: null };
    this.coordinators.set(`${of}:${id}`, node);
    return node;
  }

  /** Closes every connection; calls under way reject. */
  close(): Promise<void> {
    this.ended.abort();
    for (const { connection } of [...this.connections.values()]) connection.close();
    return Promise.resolve();
  }

  private async fetchMetadata(topics: readonly string[] | null, autoCreate: boolean): Promise<MetadataResponse> {
    const answer = await this.callAny(calls.metadata, (version) => ({
      // Version 0 has an empty list for all topics; nobody asks it for none.
      topics: topics === null ? (version === 0 ? [] : null) : topics.map((name) => ({ name })),
      // Older versions cannot say no.
      allowAutoTopicCreation: version >= 4 ? autoCreate : true,
    }));
    if (topics === null) this.topics.clear();
    this.remember(answer);
    return answer;
  }

  private remember(answer: MetadataResponse): void {
    this.nodesById.clear();
    for (const { nodeId, host, port, rack } of answer.brokers) this.nodesById.set(nodeId, { nodeId, host, port, rack });
    for (const topic of answer.topics) {
      if (topic.name === null) continue;
      if (topic.errorCode === 0) this.topics.set(topic.name, mergeTopic(this.topics.get(topic.name), topic));
      else this.topics.delete(topic.name);
    }
  }

  private async connectionTo(nodeId: number, lane: Lane): Promise<Connection> {
    if (!this.nodesById.has(nodeId)) await this.metadata([]);
    const node = this.nodesById.get(nodeId);
    if (node === undefined) {
      throw new KafkaClientError(`node ${nodeId} is not in the cluster now`, KafkaError.NETWORK_EXCEPTION);
    }
    return this.connection(laneKey(lane, node, nodeId), node);
  }

  private connection(key: string, { host, port }: Address): Promise<Connection> {
    if (this.ended.signal.aborted) return Promise.reject(closedError());
    const known = this.connections.get(key);
    if (known !== undefined) return known.ready;
    const { clientId, traffic } = this;
    const opened = Connection.open({ host, port, clientId, traffic }, () => {
      if (this.connections.get(key) === opened) this.connections.delete(key);
    });
    this.connections.set(key, opened);
    opened.ready.then(
      ({ apiVersions }) => {
        this.reached = true;
        // A node that lags behind tells of an older epoch.
        if (apiVersions === undefined || apiVersions.finalizedFeaturesEpoch < this.features.epoch) return;
        const { finalizedFeaturesEpoch: epoch, finalizedFeatures } = apiVersions;
        this.features = { epoch, levels: new Map(finalizedFeatures.map((f) => [f.name, f.maxVersionLevel])) };
      },
      () => undefined,
    );
    return opened.ready;
  }

  /** Where metadata may be asked: nodes, those with a connection first, then the addresses we began with. */
  private candidates(): Address[] {
    const nodes = [...this.nodesById.values()];
    const connected = nodes.filter((node) => this.connections.has(laneKey("main", node)));
    return [...connected, ...nodes, ...this.bootstrap];
  }
}

export function closedError(): KafkaClientError {
  // Not retriable: nothing can be asked any more.
  return new KafkaClientError("the client is closed", KafkaError.INVALID_REQUEST);
}

/** Requests of the main lane share a connection by address; the other lanes have one a node. */
function laneKey(lane: Lane, { host, port }: Address, nodeId = -1): string {
  return lane === "main" ? `main@${host}:${port}` : `${lane}/${nodeId}@${host}:${port}`;
}

function parseAddress(text: string): Address {
  const match = /^(?:[A-Z_]+:\/\/)?\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text.trim());
  if (match === null) {
    throw new KafkaClientError(`not a host:port: ${JSON.stringify(text)}`, KafkaError.INVALID_REQUEST);
  }
  return { host: match[1]!, port: Number(match[2]) };
}
