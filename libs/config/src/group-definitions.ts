import { define, type ConfigDefinition } from "./definition";

/** Keys of one group, with the broker keys that set their defaults. Source: GroupConfig of 4.0 (KIP-848, KIP-932). */
export const groupRows: readonly ConfigDefinition[] = [
  define(
    "int",
    "consumer.heartbeat.interval.ms",
    5000,
    "How often the members of this consumer group report to the coordinator.",
    {
      min: 1,
      synonyms: [{ key: "group.consumer.heartbeat.interval.ms", scale: 1 }],
    },
  ),
  define(
    "int",
    "consumer.session.timeout.ms",
    45_000,
    "Silence after which a member of this consumer group is taken for dead.",
    {
      min: 1,
      synonyms: [{ key: "group.consumer.session.timeout.ms", scale: 1 }],
    },
  ),
  define("string", "share.auto.offset.reset", "latest", "Where a share group begins on a partition it has not read.", {
    check: (value) =>
      /^(earliest|latest|by_duration:P.+)$/.test(value)
        ? undefined
        : `"${value}" is not earliest, latest or by_duration:PnDTnHnMn.nS`,
    inert: "there are no share groups",
  }),
  define(
    "int",
    "share.heartbeat.interval.ms",
    5000,
    "How often the members of this share group report to the coordinator.",
    {
      min: 1,
      inert: "there are no share groups",
    },
  ),
  define("int", "share.record.lock.duration.ms", 30_000, "How long a share group's member may hold a record.", {
    min: 1000,
    inert: "there are no share groups",
  }),
  define(
    "int",
    "share.session.timeout.ms",
    45_000,
    "Silence after which a member of this share group is taken for dead.",
    {
      min: 1,
      inert: "there are no share groups",
    },
  ),
];
