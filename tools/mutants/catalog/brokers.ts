import type { Mutant } from "../mutant";

const fetchers = "libs/roles/broker/src/replica-fetchers.ts";

/** Faults in brokers and in what they keep on disk. */
export const brokerMutants: readonly Mutant[] = [
  {
    name: "leader-does-not-report-divergence",
    arena: "cluster",
    file: "libs/roles/broker/src/read.ts",
    find: "if (asked.lastFetchedEpoch >= 0) {",
    replace: "if (asked.lastFetchedEpoch >= Infinity) {",
    breaks: ["log-prefix", "inconsistent-offsets"],
    why: "a follower that holds records of a former leader keeps them (KIP-101, KIP-279)",
  },
  {
    name: "follower-truncates-to-its-high-watermark",
    arena: "cluster",
    file: "libs/roles/broker/src/apply-metadata.ts",
    find: "fetchers.follow(hosted, leaderId, leaderEpoch);",
    replace:
      "return hosted\n            .truncate((log) => log.truncateTo(hosted.replica.highWatermark))\n            .then(() => fetchers.follow(hosted, leaderId, leaderEpoch));",
    breaks: ["lost-write", "inconsistent-offsets"],
    why: "a follower learns the high watermark one fetch late and cuts off what is committed (KIP-101)",
  },
  {
    name: "follower-reports-what-is-not-written",
    arena: "cluster",
    file: fetchers,
    find: "fetchOffset: replica.logEndOffset,",
    replace: "fetchOffset: replica.assignedEndOffset,",
    breaks: ["lost-write"],
    why: "a fetch offset is the promise that everything below it is written",
  },
  {
    name: "ineligible-followers-count",
    arena: "cluster",
    file: "libs/roles/broker/src/read.ts",
    find: "const eligible = isActive(node) && node?.epoch === replicaEpoch;",
    replace: "const eligible = true;",
    breaks: ["lost-write", "unseen-after-heal"],
    why: "a leader proposes members that are fenced or of a former life (KIP-841, KIP-903)",
  },
  {
    name: "producers-not-restored",
    arena: "cluster",
    file: "libs/roles/broker/src/producer-snapshots.ts",
    find: "const aborted = replica.replay(header, marker, nowMs);",
    replace: "const aborted = undefined;",
    also: [
      {
        find: "replica.importProducers(snapshot?.entries ?? [], nowMs);",
        replace: "replica.importProducers([], nowMs);",
      },
    ],
    breaks: ["duplicate"],
    why: "after a restart a batch that is sent again is a second copy",
  },
  {
    name: "producer-snapshot-ignored",
    arena: "cluster",
    file: "libs/roles/broker/src/producer-snapshots.ts",
    find: "replica.importProducers(snapshot?.entries ?? [], nowMs);",
    replace: "replica.importProducers([], nowMs);",
    breaks: ["duplicate"],
    why: "producers whose last batch lies behind the snapshot are forgotten",
  },
  {
    name: "fsync-not-waited-for",
    arena: "cluster",
    file: "libs/roles/broker/src/append.ts",
    find: "(core.fsync ? written",
    replace: "(core.fsync && false ? written",
    breaks: ["lost-write", "inconsistent-offsets"],
    why: "durability=fsync promises that a power cut of all replicas loses nothing",
  },
  {
    name: "log-flush-without-sync",
    arena: "cluster",
    file: "libs/segment-store/src/log-flusher.ts",
    find: "await disk.sync(file.descriptor);",
    replace: "",
    breaks: ["lost-write", "inconsistent-offsets"],
    why: "what counts as flushed is in the page cache only",
  },
  {
    name: "unclean-stop-taken-for-clean",
    arena: "cluster",
    file: "libs/segment-store/src/log-directory.ts",
    find: "if (isMissing(error)) return false;",
    replace: "if (isMissing(error)) return true;",
    breaks: ["log-prefix", "lost-write", "inconsistent-offsets"],
    why: "a torn tail is taken for records, and replicated (rule 31)",
  },
];
