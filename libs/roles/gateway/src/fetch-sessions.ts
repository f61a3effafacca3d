import { KafkaError, partitionKey } from "@moldau/base";

/** One partition that a consumer wants, as a fetch request names it. */
export interface WantedPartition {
  topicId: string;
  topicName: string;
  partition: number;
  currentLeaderEpoch: number;
  fetchOffset: number;
  lastFetchedEpoch: number;
  logStartOffset: number;
  partitionMaxBytes: number;
}

/** What the session remembers having answered, to leave out of the next answer what did not change. */
interface Answered {
  highWatermark: number;
  lastStableOffset: number;
  logStartOffset: number;
}

interface SessionPartition {
  wanted: WantedPartition;
  answered: Answered | undefined;
}

interface Session {
  id: number;
  /** The epoch that the client's next request must carry. */
  nextEpoch: number;
  /** In the order in which they are served; a partition that returned records goes to the end. */
  partitions: Map<string, SessionPartition>;
  usesTopicIds: boolean;
  lastUsedMs: number;
}

const FINAL_EPOCH = -1;
const INITIAL_EPOCH = 0;

export interface FetchSessionLimits {
  /** `max.incremental.fetch.session.cache.slots`. */
  slots: number;
  /** A session this long unused may make room for a new one. */
  evictionMs: number;
}

/** The partitions to read, and how to answer. */
export interface FetchContext {
  sessionId: number;
  partitions: readonly WantedPartition[];
  /** Whether a partition's result belongs into an incremental answer; remembers it as answered. */
  include(
    partition: WantedPartition,
    result: Answered & { errorCode: number; recordBytes: number; diverging: boolean; redirected: boolean },
  ): boolean;
  /**
   * The answer is empty: nothing counts as answered, and a session that would begin with it does not. Returns the session id
   * that the answer carries.
   */
  emptyAnswer(): number;
}

export interface FetchSessionRequest {
  sessionId: number;
  sessionEpoch: number;
  wanted: readonly WantedPartition[];
  forgotten: readonly { topicId: string; topicName: string; partition: number }[];
  usesTopicIds: boolean;
}

/**
 * Incremental fetch sessions (KIP-227): a consumer names a partition once and afterwards only changes. Sessions are a
 * cache: a gateway that lost them answers FETCH_SESSION_ID_NOT_FOUND and the client starts over with a full fetch.
 * Source: kafka.server.FetchSession.
 */
export class FetchSessions {
  private readonly sessions = new Map<number, Session>();

  constructor(
    private readonly limits: FetchSessionLimits,
    private readonly random: () => number,
  ) {}

  get size(): number {
    return this.sessions.size;
  }

  get partitionCount(): number {
    let count = 0;
    for (const session of this.sessions.values()) count += session.partitions.size;
    return count;
  }

  /** Resolves a request to the partitions it means; or an error code that ends the request. */
  resolve(request: FetchSessionRequest, nowMs: number): FetchContext | { error: number } {
    const { sessionId, sessionEpoch } = request;
    if (sessionEpoch === INITIAL_EPOCH || sessionEpoch === FINAL_EPOCH) {
      if (sessionId !== 0) this.sessions.delete(sessionId);
      if (sessionEpoch === FINAL_EPOCH) return fullContext(0, request.wanted);
      return this.create(request, nowMs);
    }
    const session = this.sessions.get(sessionId);
    if (!session) return { error: KafkaError.FETCH_SESSION_ID_NOT_FOUND };
    if (session.nextEpoch !== sessionEpoch) return { error: KafkaError.INVALID_FETCH_SESSION_EPOCH };
    if (session.usesTopicIds !== request.usesTopicIds) return { error: KafkaError.FETCH_SESSION_TOPIC_ID_ERROR };
    session.nextEpoch = nextEpoch(sessionEpoch);
    session.lastUsedMs = nowMs;
    for (const item of request.forgotten) session.partitions.delete(keyOf(item, session.usesTopicIds));
    for (const wanted of request.wanted) {
      const key = keyOf(wanted, session.usesTopicIds);
      const known = session.partitions.get(key);
      if (known) known.wanted = wanted;
      else session.partitions.set(key, { wanted, answered: undefined });
    }
    return {
      sessionId: session.id,
      partitions: [...session.partitions.values()].map((partition) => partition.wanted),
      include: (wanted, result) => include(session, keyOf(wanted, session.usesTopicIds), result),
      emptyAnswer: () => session.id,
    };
  }

  private create(request: FetchSessionRequest, nowMs: number): FetchContext {
    if (!this.makeRoom(nowMs)) return fullContext(0, request.wanted);
    const session: Session = {
      id: this.newId(),
      nextEpoch: 1,
      partitions: new Map(
        request.wanted.map((wanted) => [keyOf(wanted, request.usesTopicIds), { wanted, answered: undefined }]),
      ),
      usesTopicIds: request.usesTopicIds,
      lastUsedMs: nowMs,
    };
    this.sessions.set(session.id, session);
    return {
      sessionId: session.id,
      partitions: request.wanted,
      include: (wanted, result) => {
        include(session, keyOf(wanted, session.usesTopicIds), result);
        return true;
      },
      emptyAnswer: () => {
        this.sessions.delete(session.id);
        return 0;
      },
    };
  }

  private makeRoom(nowMs: number): boolean {
    if (this.sessions.size < this.limits.slots) return true;
    let oldest: Session | undefined;
    for (const session of this.sessions.values()) {
      if (!oldest || session.lastUsedMs < oldest.lastUsedMs) oldest = session;
    }
    if (!oldest || nowMs - oldest.lastUsedMs < this.limits.evictionMs) return false;
    this.sessions.delete(oldest.id);
    return true;
  }

  private newId(): number {
    for (;;) {
      const id = 1 + Math.floor(this.random() * 0x7ffffffe);
      if (!this.sessions.has(id)) return id;
    }
  }
}

function include(
  session: Session,
  key: string,
  result: Answered & { errorCode: number; recordBytes: number; diverging: boolean; redirected: boolean },
): boolean {
  const partition = session.partitions.get(key);
  if (!partition) return true;
  const { answered } = partition;
  const changed =
    answered === undefined ||
    answered.highWatermark !== result.highWatermark ||
    answered.lastStableOffset !== result.lastStableOffset ||
    answered.logStartOffset !== result.logStartOffset;
  partition.answered =
    result.errorCode === KafkaError.NONE
      ? {
          highWatermark: result.highWatermark,
          lastStableOffset: result.lastStableOffset,
          logStartOffset: result.logStartOffset,
        }
      : // Answer it again next time, when the error may be gone.
        undefined;
  if (result.recordBytes > 0) {
    // Whoever got records waits for its turn behind the others.
    session.partitions.delete(key);
    session.partitions.set(key, partition);
  }
  const { recordBytes, errorCode, diverging, redirected } = result;
  return changed || recordBytes > 0 || errorCode !== KafkaError.NONE || diverging || redirected;
}

function fullContext(sessionId: number, partitions: readonly WantedPartition[]): FetchContext {
  return { sessionId, partitions, include: () => true, emptyAnswer: () => 0 };
}

function nextEpoch(epoch: number): number {
  return epoch === 0x7fffffff ? 1 : epoch + 1;
}

function keyOf(item: { topicId: string; topicName: string; partition: number }, byId: boolean): string {
  return partitionKey(byId ? item.topicId : item.topicName, item.partition);
}
