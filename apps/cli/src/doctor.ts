import type { BrokerLogDirs, TopicDescription } from "@moldau/client";
import { bytes } from "./progress";

/** One thing that was looked at. */
export interface Finding {
  check: string;
  /** skipped: it could not be looked at, and `message` says why. */
  level: "ok" | "warning" | "error" | "skipped";
  message: string;
  /** What to do about it. */
  fix?: string;
}

/** What a process tells at its admin port. */
export interface ProcessFacts {
  address: string;
  /** Milliseconds by which its clock is ahead of ours; to the second. */
  clockAheadMs?: number;
  openFiles?: number;
  openFilesMax?: number;
  /** Why nothing was told. */
  problem?: string;
}

export interface DoctorFacts {
  /** Of the addresses given and of every node: undefined where it accepts connections, else why not. */
  bootstrap: readonly { address: string; problem: string | undefined }[];
  nodes: readonly { nodeId: number; address: string; problem: string | undefined }[];
  /** Milliseconds by which the active controller's clock is ahead of ours; undefined where the cluster does not tell. */
  controllerAheadMs: number | undefined;
  logDirs: readonly BrokerLogDirs[];
  topics: readonly TopicDescription[];
  /** `min.insync.replicas`, by topic. */
  minInSync: ReadonlyMap<string, number>;
  brokers: number;
  processes: readonly ProcessFacts[];
}

/** Clocks that differ by more make timestamps, retention and transactions' time-outs hard to explain. */
const CLOCK_WARNING_MS = 2_000;
/** Kafka refuses records more than an hour ahead of the broker's clock. */
const CLOCK_ERROR_MS = 60_000;
const DISK_WARNING = 0.15;
const DISK_ERROR = 0.05;
/** Each segment is up to three open files, each client a socket. */
const OPEN_FILES_MIN = 10_000;
const OPEN_FILES_USED = 0.8;
const NAMED_MAX = 5;

/** The usual mistakes, from what any client may ask; what is well is said too. */
export function diagnose(facts: DoctorFacts): Finding[] {
  return [
    ...reachability(facts),
    ...clocks(facts),
    ...disks(facts),
    ...replication(facts),
    ...openFiles(facts.processes),
  ];
}

function reachability({ bootstrap, nodes }: DoctorFacts): Finding[] {
  const check = "listeners";
  const findings: Finding[] = bootstrap.flatMap(({ address, problem }) =>
    problem === undefined
      ? []
      : {
          check,
          level: "warning" as const,
          message: `bootstrap ${address}: ${problem}`,
          fix: "start it or leave the address out of --bootstrap",
        },
  );
  for (const { nodeId, address, problem } of nodes) {
    if (problem === undefined) continue;
    findings.push({
      check,
      level: "error",
      message: `the cluster tells clients to find node ${nodeId} at ${address}, which they cannot from here: ${problem}`,
      fix: "set advertised.listeners of that node (or of the gateways) to an address that clients can reach",
    });
  }
  return findings.some(({ level }) => level === "error")
    ? findings
    : [...findings, { check, level: "ok", message: `all ${nodes.length} advertised addresses can be reached` }];
}

function clocks({ controllerAheadMs, processes }: DoctorFacts): Finding[] {
  const check = "clocks";
  const known = [
    ...(controllerAheadMs === undefined ? [] : [{ who: "the active controller", aheadMs: controllerAheadMs }]),
    ...processes.flatMap(({ address, clockAheadMs }) =>
      clockAheadMs === undefined ? [] : [{ who: address, aheadMs: clockAheadMs }],
    ),
  ];
  if (known.length === 0) {
    return [{ check, level: "skipped", message: "the cluster does not tell the time; give --admin for each process" }];
  }
  const apart = known.filter(({ aheadMs }) => Math.abs(aheadMs) > CLOCK_WARNING_MS);
  if (apart.length === 0) {
    return [
      {
        check,
        level: "ok",
        message: `${known.length === 1 ? known[0]!.who : `${known.length} clocks`} within 2 s of here`,
      },
    ];
  }
  return apart.map(({ who, aheadMs }) => ({
    check,
    level: Math.abs(aheadMs) > CLOCK_ERROR_MS ? "error" : "warning",
    message: `the clock of ${who} is ${(Math.abs(aheadMs) / 1000).toFixed(1)} s ${aheadMs > 0 ? "ahead of" : "behind"} this machine's`,
    fix: "let chrony or systemd-timesyncd set the clocks of all machines",
  }));
}

function disks({ logDirs }: DoctorFacts): Finding[] {
  const check = "disks";
  const findings: Finding[] = [];
  let unknown = 0;
  for (const { brokerId, dirs } of logDirs) {
    for (const { path, error, totalBytes, usableBytes } of dirs) {
      const where = `${path} of broker ${brokerId}`;
      if (error !== null) {
        findings.push({
          check,
          level: "error",
          message: `${where} is offline: ${error.message}`,
          fix: "look at the disk and the broker's log, then restart the broker",
        });
      } else if (totalBytes <= 0) unknown++;
      else if (usableBytes / totalBytes < DISK_WARNING) {
        findings.push({
          check,
          level: usableBytes / totalBytes < DISK_ERROR ? "error" : "warning",
          message: `${where} has ${bytes(usableBytes)} of ${bytes(totalBytes)} left`,
          fix: "lower retention (moldau config set topic NAME retention.bytes=…), add a disk, or move partitions away (moldau rebalance)",
        });
      }
    }
  }
  if (unknown > 0)
    findings.push({ check, level: "skipped", message: `${unknown} volumes do not tell how full they are` });
  const count = logDirs.reduce((sum, { dirs }) => sum + dirs.length, 0);
  return findings.length > 0
    ? findings
    : [{ check, level: "ok", message: `${count} log directories online, each with more than 15 % left` }];
}

function replication({ topics, minInSync, brokers }: DoctorFacts): Finding[] {
  const check = "replication";
  const findings: Finding[] = [];
  const partitions = topics.flatMap(({ name, partitions }) =>
    partitions.map((partition) => ({ name: `${name}-${partition.partition}`, ...partition })),
  );
  const offline = partitions.filter(({ leader }) => leader < 0);
  const lacking = partitions.filter(({ leader, isr, replicas }) => leader >= 0 && isr.length < replicas.length);
  if (offline.length > 0) {
    findings.push({
      check,
      level: "error",
      message: `nobody leads ${some(offline)}`,
      fix: "start the brokers that hold them; moldau topic describe NAME names them",
    });
  }
  if (lacking.length > 0) {
    findings.push({
      check,
      level: "warning",
      message: `fewer replicas in sync than there should be: ${some(lacking)}`,
      fix: "start the missing brokers, or see in the brokers' logs why they do not catch up",
    });
  }
  const factorOf = (topic: TopicDescription) => Math.max(0, ...topic.partitions.map(({ replicas }) => replicas.length));
  const single = topics.filter((topic) => brokers >= 3 && factorOf(topic) === 1);
  if (single.length > 0) {
    findings.push({
      check,
      level: "warning",
      message: `one replica only, although there are ${brokers} brokers: ${some(single)}`,
      fix: "moldau partition set-replication 3 NAME…",
    });
  }
  const brittle = topics.filter((topic) => factorOf(topic) > 1 && minInSync.get(topic.name) === factorOf(topic));
  if (brittle.length > 0) {
    findings.push({
      check,
      level: "warning",
      message: `min.insync.replicas is as high as the number of replicas, so that one broker's restart stops acks=all: ${some(brittle)}`,
      fix: "one less than the number of replicas",
    });
  }
  return findings.length > 0
    ? findings
    : [{ check, level: "ok", message: `${partitions.length} partitions have all of their replicas in sync` }];
}

function openFiles(processes: readonly ProcessFacts[]): Finding[] {
  const check = "open files";
  if (processes.length === 0) {
    return [{ check, level: "skipped", message: "give --admin host:port of each process, as moldau up prints it" }];
  }
  const findings = processes.flatMap((process): Finding[] => {
    const { address, openFiles: open, openFilesMax: max, problem } = process;
    if (problem !== undefined) return [{ check, level: "skipped", message: `${address}: ${problem}` }];
    if (open === undefined || max === undefined) {
      return [{ check, level: "skipped", message: `${address} does not tell how many files it has open` }];
    }
    const fix = "raise it: LimitNOFILE=100000 of its systemd unit, or ulimit -n 100000 before it is started";
    if (open > max * OPEN_FILES_USED) {
      return [{ check, level: "error", message: `${address} has ${open} of ${max} files open`, fix }];
    }
    if (max < OPEN_FILES_MIN)
      return [{ check, level: "warning", message: `${address} may open ${max} files only`, fix }];
    return [];
  });
  return findings.length > 0
    ? findings
    : [{ check, level: "ok", message: `${processes.length} processes are far from their limit` }];
}

function some(items: readonly { name: string }[]): string {
  const names = items.slice(0, NAMED_MAX).map(({ name }) => name);
  return items.length <= NAMED_MAX ? names.join(", ") : `${names.join(", ")} and ${items.length - NAMED_MAX} more`;
}
