import { define, INT_MAX, LONG_MAX, splitList, type ConfigDefinition } from "./definition";

const high = { importance: "high" } as const;
const low = { importance: "low" } as const;
const perBroker = { mode: "per-broker" } as const;
const dynamic = { mode: "cluster-wide" } as const;
const oneThread = "one event loop does this work";

/** `NAME://host:port` items; an empty host means every interface. */
function listeners(value: string): string | undefined {
  const wrong = splitList(value).find((item) => {
    const match = /^[A-Za-z0-9_]+:\/\/(\[[^\]]*\]|[^:[\]]*):(\d+)$/.exec(item);
    return !match || Number(match[2]) > 65_535;
  });
  return wrong === undefined ? undefined : `"${wrong}" is not NAME://host:port, e.g. PLAINTEXT://127.0.0.1:9092`;
}

function protocolMap(value: string): string | undefined {
  const wrong = splitList(value).find((item) => !/^[A-Za-z0-9_]+:(PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL)$/i.test(item));
  return wrong === undefined ? undefined : `"${wrong}" is not NAME:PROTOCOL, e.g. INTERNAL:PLAINTEXT`;
}

function perAddress(value: string): string | undefined {
  const wrong = splitList(value).find((item) => !/^.+:\d+$/.test(item));
  return wrong === undefined ? undefined : `"${wrong}" is not address:count`;
}

/** Keys about listeners, connections and requests. Source: SocketServerConfigs, QuotaConfig, MetricConfigs of 4.0. */
export const brokerNetworkRows: readonly ConfigDefinition[] = [
  define(
    "string",
    "listeners",
    "PLAINTEXT://:9092",
    "Where this node listens: NAME://host:port, separated by commas. The one named RPC is for the other roles.",
    { ...high, ...perBroker, check: listeners },
  ),
  define("string", "advertised.listeners", null, "Addresses that clients are told, where they differ from listeners.", {
    ...high,
    check: listeners,
    synonyms: [{ key: "listeners", scale: 1 }],
  }),
  define(
    "string",
    "listener.security.protocol.map",
    "SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT",
    "Which security protocol each listener name stands for.",
    { ...low, ...perBroker, check: protocolMap },
  ),
  define(
    "string",
    "inter.broker.listener.name",
    null,
    "Listener that Kafka's brokers use among themselves; here the one that waits for no other's connections (max.connections).",
  ),
  define(
    "string",
    "security.inter.broker.protocol",
    "PLAINTEXT",
    "Security protocol that Kafka's brokers use among themselves.",
    { allowed: ["PLAINTEXT"], inert: "roles reach each other through the RPC listener" },
  ),
  define("string", "controller.listener.names", null, "Listeners that Kafka's controllers use.", {
    inert: "controllers use the RPC listener",
  }),
  define("string", "early.start.listeners", null, "Listeners that open before the broker is ready.", {
    ...high,
    inert: "listeners open when they can serve",
  }),
  // 102,400 in Kafka. So much still lies in a processor's cache when the client reads it, and costs half as many calls.
  define("int", "socket.send.buffer.bytes", 262_144, "SO_SNDBUF of client connections; -1 for the system's default.", {
    ...high,
    min: -1,
  }),
  // 102,400 in Kafka: it costs producers, and gains nothing.
  define("int", "socket.receive.buffer.bytes", -1, "SO_RCVBUF of client connections; -1 for the system's default.", {
    ...high,
    min: -1,
  }),
  define("int", "socket.request.max.bytes", 104_857_600, "Size of the largest request.", { ...high, min: 1 }),
  define("int", "socket.listen.backlog.size", 50, "Connections that may wait to be accepted.", { min: 1 }),
  define("int", "max.connections", INT_MAX, "Client connections at the same time.", { ...dynamic, min: 0 }),
  define("int", "max.connections.per.ip", INT_MAX, "Client connections at the same time from one address.", {
    ...dynamic,
    min: 0,
  }),
  define(
    "string",
    "max.connections.per.ip.overrides",
    "",
    "Other limits for single addresses: address:count, separated by commas.",
    { ...dynamic, check: perAddress },
  ),
  define("int", "max.connection.creation.rate", INT_MAX, "New client connections a second.", { ...dynamic, min: 0 }),
  define("long", "connections.max.idle.ms", 600_000, "Idle time after which a client connection is closed."),
  define("long", "connections.max.reauth.ms", 0, "How long a SASL login holds; 0 for as long as the connection."),
  define(
    "int",
    "connection.failed.authentication.delay.ms",
    100,
    "How long a failed login is kept open before it is closed.",
    { ...low, min: 0 },
  ),
  define("int", "queued.max.requests", 500, "Requests under way before a node stops reading from its sockets.", {
    ...high,
    min: 1,
  }),
  define(
    "long",
    "queued.max.request.bytes",
    -1,
    "Bytes of requests under way before a node stops reading from its sockets; -1 for no limit.",
  ),
  define("int", "num.network.threads", 3, "Threads for the network.", {
    ...dynamic,
    ...high,
    min: 1,
    inert: oneThread,
  }),
  define("int", "num.io.threads", 8, "Threads for requests.", { ...dynamic, ...high, min: 1, inert: oneThread }),
  define("int", "request.timeout.ms", 30_000, "How long a request to another node may take.", high),
  define(
    "long",
    "socket.connection.setup.timeout.ms",
    10_000,
    "How long a connection to another node may take to be made.",
  ),
  define(
    "long",
    "socket.connection.setup.timeout.max.ms",
    30_000,
    "The most that repeated failures let the setup timeout grow to.",
  ),
  define("int", "fetch.max.bytes", 57_671_680, "Bytes that one fetch answer carries at most.", { min: 1024 }),
  define("int", "max.incremental.fetch.session.cache.slots", 1000, "Fetch sessions that a node keeps.", { min: 0 }),
  define(
    "int",
    "max.request.partition.size.limit",
    2000,
    "Partitions that one DescribeTopicPartitions answer carries at most.",
    { min: 1 },
  ),
  define("int", "fetch.purgatory.purge.interval.requests", 1000, "How often Kafka sweeps its waiting fetches.", {
    inert: "waits are removed when they end",
  }),
  define("int", "producer.purgatory.purge.interval.requests", 1000, "How often Kafka sweeps its waiting produces.", {
    inert: "waits are removed when they end",
  }),
  define(
    "int",
    "delete.records.purgatory.purge.interval.requests",
    1,
    "How often Kafka sweeps its waiting deletions.",
    { inert: "waits are removed when they end" },
  ),

  define("int", "quota.window.num", 11, "Samples that client quotas are measured over.", { ...low, min: 1 }),
  define("int", "quota.window.size.seconds", 1, "Length of one sample of client quotas.", { ...low, min: 1 }),
  define("int", "controller.quota.window.num", 11, "Samples that the quota on cluster changes is measured over.", {
    ...low,
    min: 1,
  }),
  define("int", "controller.quota.window.size.seconds", 1, "Length of one sample of the quota on cluster changes.", {
    ...low,
    min: 1,
  }),
  define("long", "leader.replication.throttled.rate", LONG_MAX, "Bytes per second sent to throttled replicas.", {
    ...dynamic,
    onlyWhenSet: true,
    min: 0,
  }),
  define("long", "follower.replication.throttled.rate", LONG_MAX, "Bytes per second read for throttled replicas.", {
    ...dynamic,
    onlyWhenSet: true,
    min: 0,
  }),
  define(
    "long",
    "replica.alter.log.dirs.io.max.bytes.per.second",
    LONG_MAX,
    "Bytes per second that moving replicas between directories copies at most.",
    { ...dynamic, min: 0, onlyWhenSet: true },
  ),
  define("int", "replication.quota.window.num", 11, "Samples that replication throttles are measured over.", {
    ...low,
    min: 1,
  }),
  define("int", "replication.quota.window.size.seconds", 1, "Length of one sample of replication throttles.", {
    ...low,
    min: 1,
  }),
  define(
    "int",
    "alter.log.dirs.replication.quota.window.num",
    11,
    "Samples that throttles between directories are measured over.",
    { ...low, min: 1 },
  ),
  define(
    "int",
    "alter.log.dirs.replication.quota.window.size.seconds",
    1,
    "Length of one sample of throttles between directories.",
    { ...low, min: 1 },
  ),
  define("list", "metric.reporters", "", "Kafka's metrics plug-ins.", {
    ...low,
    ...dynamic,
    inert: "metrics are at /metrics",
  }),
  define("int", "metrics.num.samples", 2, "Samples that Kafka's metrics are computed over.", {
    ...low,
    min: 1,
    inert: "metrics are at /metrics",
  }),
  define("long", "metrics.sample.window.ms", 30_000, "Length of one sample of Kafka's metrics.", {
    ...low,
    min: 1,
    inert: "metrics are at /metrics",
  }),
  define("string", "metrics.recording.level", "INFO", "Which of Kafka's metrics are recorded.", {
    ...low,
    inert: "metrics are at /metrics",
  }),
  define("int", "telemetry.max.bytes", 1_048_576, "Size of the largest report of a client's own metrics.", {
    ...low,
    min: 1,
  }),
];
