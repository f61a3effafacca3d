import { voters } from "./broker-cluster-definitions";
import { define, type ConfigDefinition } from "./definition";

const high = { importance: "high" } as const;

/** A port is set, or the listener is none: `host:port`, `:port`, or empty for off. */
function listener(value: string): string | undefined {
  return value === "" || /^(\[[^\]]*\]|[^:[\]]*):\d{1,5}$/.test(value)
    ? undefined
    : `"${value}" is not host:port, e.g. 127.0.0.1:9644, or empty for none`;
}

function url(value: string): string | undefined {
  return value === "" || /^https?:\/\/[^\s/]+/.test(value)
    ? undefined
    : `"${value}" is not a URL, e.g. http://127.0.0.1:4318`;
}

/** Keys that Kafka does not have. */
export const moldauRows: readonly ConfigDefinition[] = [
  define(
    "string",
    "moldau.cluster.id",
    "",
    "Id that the cluster must have; empty takes the one in the data directory, or a new one for a new cluster.",
    {
      ...high,
      check: (value) =>
        value === "" || /^[A-Za-z0-9_-]{22}$/.test(value) ? undefined : `"${value}" is not 22 characters of base64url`,
    },
  ),
  define(
    "list",
    "moldau.controller.initial.voters",
    "",
    "With controller.quorum.bootstrap.servers: the controllers that begin a new cluster, id@host:port. Whoever is not among them joins; without meaning once the cluster is there.",
    { ...high, check: voters },
  ),
  define(
    "string",
    "moldau.advertise",
    "self",
    "Addresses that clients are told: each broker's own (self), one port of the gateway for each node (ports), or one TLS host name for each node (sni).",
    {
      ...high,
      allowed: ["self", "ports", "sni"],
    },
  ),
  define(
    "int",
    "moldau.gateway.bootstrap.port",
    0,
    "First port of the gateway's range under moldau.advertise=ports; node n is at this port plus n. 0 takes the port of the first client listener.",
    { min: 0, max: 65_535 },
  ),
  define(
    "string",
    "moldau.durability",
    "buffer",
    "When an append counts as written: in the page cache (buffer, as in Kafka) or on disk (fsync).",
    {
      ...high,
      allowed: ["buffer", "fsync"],
    },
  ),
  define("string", "moldau.admin.listener", "", "host:port of /metrics, /livez and /readyz; empty for none.", {
    check: listener,
  }),
  define(
    "string",
    "moldau.otlp.endpoint",
    "",
    "Where traces go, as OTLP over HTTP; empty for nowhere. OTEL_EXPORTER_OTLP_ENDPOINT stands in for it.",
    { check: url },
  ),
  define(
    "double",
    "moldau.trace.sample.ratio",
    0.01,
    "Share of new traces that are recorded, where traces go somewhere.",
    { min: 0, max: 1 },
  ),
  define(
    "int",
    "moldau.group.lag.interval.ms",
    10_000,
    "How often a coordinator asks where the partitions end that its groups read, for the metrics of lag; 0 for never.",
    { min: 0 },
  ),
  define("string", "moldau.log.level", "info", "What is logged at least.", {
    allowed: ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
  }),
];
