/** How many connections there may be; may change while the server runs. */
export interface ConnectionLimits {
  /**
   * Connections in all (max.connections), above which new ones wait, and of one client address (max.connections.per.ip), above
   * which they are closed. Source: kafka.network.ConnectionQuotas.
   */
  maxConnections: number;
  maxConnectionsPerIp: number;
  /** Of single addresses instead (max.connections.per.ip.overrides). */
  maxConnectionsOf: ReadonlyMap<string, number>;
}

/** What one process takes from its clients, shared by all its listening ports. */
export interface Limits extends ConnectionLimits {
  /** Longest request (socket.request.max.bytes). */
  maxFrameBytes: number;
  /** A connection without traffic and without a request under way is closed after this (connections.max.idle.ms). */
  maxIdleMs: number;
  /** A connection whose peer stops in the middle of a frame, or stops reading, is closed after this. */
  maxStallMs: number;
  /** Requests of one connection that may be under way at once; the next ones wait in the socket. */
  maxInFlight: number;
  /** Bytes of those requests; one request may be longer. */
  maxInFlightBytes: number;
  /** Answers waiting for the peer to read: above this, no request of the connection is taken up. */
  maxUnsentBytes: number;
  /** What the kernel may hold of a connection's answers and requests (socket.send.buffer.bytes, …); -1: as it sees fit. */
  sendBufferBytes: number;
  receiveBufferBytes: number;
  /** Requests under way in the whole process, in bytes (queued.max.request.bytes). Must be above maxFrameBytes. */
  maxQueuedBytes: number;
}

export const defaultLimits: Limits = {
  maxFrameBytes: 100 * 1024 * 1024,
  maxConnections: Number.MAX_SAFE_INTEGER,
  maxConnectionsPerIp: Number.MAX_SAFE_INTEGER,
  maxConnectionsOf: new Map(),
  maxIdleMs: 10 * 60 * 1000,
  maxStallMs: 60 * 1000,
  maxInFlight: 32,
  maxInFlightBytes: 32 * 1024 * 1024,
  maxUnsentBytes: 1024 * 1024,
  sendBufferBytes: -1,
  receiveBufferBytes: -1,
  maxQueuedBytes: 256 * 1024 * 1024,
};
