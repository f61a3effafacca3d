import { define, splitList, type ConfigDefinition } from "./definition";

const high = { importance: "high" } as const;
const low = { importance: "low" } as const;

/** Of a list of `id@host:port`: what is wrong with it. */
export function voters(value: string): string | undefined {
  const wrong = splitList(value).find((item) => !/^\d+@(\[[^\]]*\]|[^:@[\]]+):\d+$/.test(item));
  return wrong === undefined ? undefined : `"${wrong}" is not id@host:port, e.g. 201@127.0.0.1:19293`;
}

function addresses(value: string): string | undefined {
  const wrong = splitList(value).find((item) => !/^(\[[^\]]*\]|[^:@[\]]+):\d+$/.test(item));
  return wrong === undefined ? undefined : `"${wrong}" is not host:port, e.g. 127.0.0.1:19293`;
}

/** Keys about nodes, replication and the quorum. Source: KRaftConfigs, QuorumConfig, ReplicationConfigs of 4.0. */
export const brokerClusterRows: readonly ConfigDefinition[] = [
  define("int", "node.id", null, "Id of this node, unique in the cluster.", {
    ...high,
    min: 0,
    synonyms: [{ key: "broker.id", scale: 1 }],
  }),
  define("int", "broker.id", -1, "Older name of node.id.", { ...high, synonyms: [{ key: "node.id", scale: 1 }] }),
  define("list", "process.roles", null, "Roles of this process.", {
    ...high,
    allowed: ["controller", "broker", "coordinator", "gateway"],
  }),
  define("string", "broker.rack", null, "Where this node stands; replicas of a partition are spread over racks."),
  define("int", "initial.broker.registration.timeout.ms", 60_000, "How long a starting broker tries to register."),
  define("int", "broker.heartbeat.interval.ms", 2000, "How often a node reports to the controller."),
  define("int", "broker.session.timeout.ms", 9000, "Silence after which the controller fences a node."),
  define("boolean", "controlled.shutdown.enable", true, "Whether a stopping broker first gives its leaders away."),
  define("long", "server.max.startup.time.ms", "9223372036854775807", "How long a start may take.", { min: 0 }),

  define("list", "controller.quorum.voters", "", "The controllers: id@host:port, separated by commas.", {
    ...high,
    check: voters,
  }),
  define("list", "controller.quorum.bootstrap.servers", "", "Addresses to find a quorum whose voters change.", {
    ...high,
    check: addresses,
  }),
  define(
    "boolean",
    "controller.quorum.auto.join.enable",
    false,
    "Whether a controller that is no voter becomes one by itself as soon as it holds the log.",
  ),
  define(
    "int",
    "controller.quorum.election.timeout.ms",
    1000,
    "Silence after which a controller stands for election.",
    high,
  ),
  define("int", "controller.quorum.fetch.timeout.ms", 2000, "How long a controller goes without its leader.", high),
  define("int", "controller.quorum.election.backoff.max.ms", 1000, "The longest wait between two elections.", high),
  define(
    "int",
    "controller.quorum.append.linger.ms",
    25,
    "How long the quorum's leader gathers records before it writes.",
  ),
  define("int", "controller.quorum.request.timeout.ms", 2000, "How long a request within the quorum may take."),
  define(
    "int",
    "controller.quorum.retry.backoff.ms",
    20,
    "Wait before a request within the quorum is made again.",
    low,
  ),
  define("int", "controller.socket.timeout.ms", 30_000, "How long a request to the controller may take."),
  define(
    "string",
    "metadata.log.dir",
    null,
    "Directory of the metadata log; the first of log.dirs where it is not given.",
    {
      ...high,
      synonyms: [
        { key: "log.dirs", scale: 1 },
        { key: "log.dir", scale: 1 },
      ],
    },
  ),
  define("int", "metadata.log.segment.bytes", 1_073_741_824, "Size at which a segment of the metadata log is closed.", {
    ...high,
    min: 12,
  }),
  define("long", "metadata.log.segment.ms", 604_800_000, "Age at which a segment of the metadata log is closed.", high),
  define(
    "long",
    "metadata.log.max.record.bytes.between.snapshots",
    20_971_520,
    "Bytes of metadata log after which a snapshot is taken.",
    { ...high, min: 1 },
  ),
  define("long", "metadata.log.max.snapshot.interval.ms", 3_600_000, "Time after which a snapshot is taken.", {
    ...high,
    min: 0,
  }),
  define(
    "long",
    "metadata.max.retention.bytes",
    104_857_600,
    "Size of metadata log and snapshots above which the oldest go.",
    high,
  ),
  define("long", "metadata.max.retention.ms", 604_800_000, "Age at which metadata log and snapshots go.", high),
  define(
    "int",
    "metadata.max.idle.interval.ms",
    500,
    "How often an idle quorum writes, so that followers know it lives; 0 for never.",
    { ...low, min: 0 },
  ),

  define("long", "replica.lag.time.max.ms", 30_000, "How long a follower may lag before it leaves the ISR.", high),
  define("int", "replica.socket.timeout.ms", 30_000, "How long a follower's read may take.", high),
  define("int", "replica.socket.receive.buffer.bytes", 65_536, "SO_RCVBUF of followers' connections.", {
    ...high,
    inert: "roles reach each other through gRPC",
  }),
  define("int", "replica.fetch.max.bytes", 1_048_576, "Bytes of one partition that a follower reads at a time.", {
    min: 0,
  }),
  define("int", "replica.fetch.wait.max.ms", 500, "How long a follower's read waits for new records.", high),
  define("int", "replica.fetch.min.bytes", 1, "Bytes that a follower's read waits for.", high),
  define("int", "replica.fetch.backoff.ms", 1000, "Wait before a failed read is made again.", { min: 0 }),
  define("int", "replica.fetch.response.max.bytes", 10_485_760, "Bytes of one answer to a follower.", { min: 0 }),
  define("int", "num.replica.fetchers", 1, "Readers that a follower has for each leader.", {
    ...high,
    mode: "cluster-wide",
    min: 1,
    inert: "one reader for each leader has all of them under way",
  }),
  define(
    "long",
    "replica.high.watermark.checkpoint.interval.ms",
    5000,
    "How often high watermarks are written down.",
    high,
  ),
  define("string", "replica.selector.class", null, "How a replica near the consumer is chosen.", {
    check: (value) =>
      value === "" || /(^|\.)(RackAwareReplicaSelector|LeaderSelector)$/.test(value)
        ? undefined
        : `"${value}" is not org.apache.kafka.common.replica.RackAwareReplicaSelector or LeaderSelector`,
  }),
  define(
    "boolean",
    "auto.leader.rebalance.enable",
    true,
    "Whether leadership returns to preferred replicas by itself.",
    high,
  ),
  define("long", "leader.imbalance.check.interval.seconds", 300, "How often leadership is checked for balance.", {
    ...high,
    min: 1,
  }),
  define(
    "int",
    "leader.imbalance.per.broker.percentage",
    10,
    "Share of the partitions that prefer a broker which may be led elsewhere before leadership returns.",
    { ...high, min: 0, max: 100 },
  ),
  define(
    "long",
    "unclean.leader.election.interval.ms",
    300_000,
    "How often the controller looks for partitions to elect uncleanly.",
    { min: 1 },
  ),
];
