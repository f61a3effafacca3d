import type { Admin, Reassignment } from "@moldau/client";
import type { Command } from "commander";
import { CliError, describeError, usageError } from "../errors";
import { withTopic } from "../nearest";
import { partitionName } from "../offsets";
import { parseAssignments, parseBrokers, parsePartitions, wholeNumber } from "../parse-options";
import { startProgress } from "../progress";
import { planReassignment, type PlanPartition } from "../reassign-plan";
import { plural, table } from "../render";
import { examples, type Session } from "../session";

interface Options {
  brokers?: string;
  replicationFactor?: number;
  assign?: string;
  partitions?: string;
  dryRun?: boolean;
  wait?: boolean;
  status?: boolean;
  cancel?: boolean;
}

/** How often a reassignment that is waited for is looked at. */
const LOOK_MS = 250;

export function topicReassign(parent: Command, session: Session): void {
  parent
    .command("reassign")
    .description("move partitions to other brokers, change how many replicas they have")
    .argument("[topic...]", "names; with --status and --cancel all topics where left out")
    .option("--brokers <ids>", "spread the replicas over these brokers and their racks")
    .option("--replication-factor <n>", "replicas each partition is to have", wholeNumber("--replication-factor", 1))
    .option("--assign <ids;ids;…>", "replicas by hand, the preferred leader first: of partition 0, of partition 1, …")
    .option("--partitions <list>", "only these partitions, like 0,3")
    .option("--dry-run", "show the plan, change nothing")
    .option("--wait", "show progress until it is done; an interrupt leaves the cluster moving on")
    .option("--status", "show what is under way")
    .option("--cancel", "take back what is under way")
    .addHelpText(
      "after",
      examples([
        ["moldau topic reassign orders --brokers 1,2,4 --dry-run", "what would move"],
        ["moldau topic reassign orders --brokers 1,2,4 --wait", "off every other broker, with progress"],
        ["moldau topic reassign orders --replication-factor 3", "more replicas, on the brokers in use"],
        ["moldau topic reassign orders --assign '1,2;3,1'", "partition 0 on 1 and 2, partition 1 on 3 and 1"],
        ["moldau topic reassign --status", "what is under way, of all topics"],
        ["moldau topic reassign orders --cancel", "back to where it came from"],
      ]),
    )
    .action((topics: string[], options: Options) => reassignTopics(session, topics, options));
}

/** Moves partitions of these topics as the options of `moldau topic reassign` say. */
export async function reassignTopics(session: Session, topics: string[], options: Options): Promise<void> {
  checkOptions(topics, options);
  await session.withAdmin(async (admin) => {
    for (const name of topics) await withTopic(admin, name, () => admin.describeTopics([name]));
    if (options.status) return status(session, admin, await ongoing(admin, topics, options));
    if (options.cancel) return cancel(session, admin, await ongoing(admin, topics, options));
    return reassign(session, admin, await planOf(admin, topics, options), options);
  });
}

function checkOptions(topics: readonly string[], options: Options): void {
  const { brokers, replicationFactor, assign, partitions, status, cancel, dryRun, wait } = options;
  const plans = brokers !== undefined || replicationFactor !== undefined || assign !== undefined;
  if (status && cancel) throw usageError("--status only looks, --cancel takes back; say one of them");
  if (status || cancel) {
    if (plans || dryRun || wait)
      throw usageError(`--${status ? "status" : "cancel"} goes with topics and --partitions`);
    return;
  }
  if (topics.length === 0) throw usageError("name the topics to move; --status and --cancel can do without");
  if (!plans) throw usageError("say where to: --brokers, --replication-factor or --assign");
  if (assign === undefined) return;
  if (brokers !== undefined || replicationFactor !== undefined) {
    throw usageError("--assign names every replica; leave out --brokers and --replication-factor");
  }
  if (topics.length > 1) throw usageError("--assign is for one topic");
  if (partitions !== undefined && parsePartitions([partitions]).length !== parseAssignments(assign).length) {
    throw usageError("--assign needs one list of brokers for each of --partitions");
  }
}

interface Move {
  topic: string;
  partition: number;
  from: readonly number[];
  to: readonly number[];
}

/** What is to change; partitions that stay as they are are left out. */
async function planOf(admin: Admin, topics: readonly string[], options: Options): Promise<Move[]> {
  const [described, cluster, all, under] = await Promise.all([
    admin.describeTopics(topics),
    admin.describeCluster(),
    admin.describeTopics(),
    admin.listReassignments(),
  ]);
  const only = options.partitions === undefined ? undefined : parsePartitions([options.partitions]);
  const removing = new Map(under.map((each) => [partitionName(each), each.removing]));
  const present: PlanPartition[] = described.flatMap(({ name, partitions }) => {
    const unknown = only?.find((id) => !partitions.some(({ partition }) => partition === id));
    if (unknown !== undefined) {
      throw new CliError(`topic ${name} has no partition ${unknown}; it has 0 to ${partitions.length - 1}`);
    }
    return partitions
      .filter(({ partition }) => only?.includes(partition) ?? true)
      .sort((a, b) =>
        only === undefined ? a.partition - b.partition : only.indexOf(a.partition) - only.indexOf(b.partition),
      )
      .map(({ partition, replicas }) => {
        const leaving = removing.get(partitionName({ topic: name, partition })) ?? [];
        return { topic: name, partition, replicas: replicas.filter((id) => !leaving.includes(id)) };
      });
  });
  const targets = options.assign === undefined ? spread() : parseAssignments(options.assign);
  if (targets.length !== present.length) {
    throw new CliError(
      `--assign names replicas of ${plural(targets.length, "partition")}, topic ${topics[0]} has ${present.length}; --partitions says which are meant`,
    );
  }
  return present.flatMap(({ topic, partition, replicas: from }, index) => {
    const to = targets[index]!;
    return from.join() === to.join() ? [] : [{ topic, partition, from, to }];
  });

  function spread(): number[][] {
    // Nodes that only coordinate or only serve clients hold no replicas; who does, shows in what there is.
    const holders = new Set(all.flatMap((topic) => topic.partitions.flatMap(({ replicas }) => replicas)));
    const ids = options.brokers === undefined ? [...holders] : parseBrokers(options.brokers);
    const brokers = cluster.nodes.filter(({ nodeId }) => ids.includes(nodeId));
    const absent = ids.filter((id) => !brokers.some(({ nodeId }) => nodeId === id));
    if (options.brokers !== undefined && absent.length > 0) {
      throw new CliError(`no live broker ${absent.join(", ")}; see moldau cluster info`);
    }
    const most = options.replicationFactor ?? Math.max(0, ...present.map(({ replicas }) => replicas.length));
    if (most > brokers.length) {
      throw new CliError(
        `${plural(most, "replica")} need as many brokers, and there are ${brokers.length} to choose from; name more with --brokers`,
      );
    }
    return planReassignment(present, brokers, options.replicationFactor);
  }
}

async function reassign(session: Session, admin: Admin, moves: readonly Move[], options: Options): Promise<void> {
  const outcomes = options.dryRun ? moves.map((move) => ({ ...move, error: null })) : await begin(admin, moves);
  const refused = outcomes.filter(({ error }) => error !== null);
  if (refused.length > 0) session.exitCode = 1;
  const data = outcomes.map(({ topic, partition, from, to, error }) => ({
    topic,
    partition,
    from,
    to,
    error: error === null ? null : describeError(error),
  }));
  const begun = outcomes.filter(({ error }) => error === null);
  const done = options.wait && !options.dryRun ? await waitFor(session, admin, begun) : undefined;
  await session.print({
    data: { planned: options.dryRun ?? false, done: done ?? null, partitions: data },
    text: async () => {
      if (data.length === 0) return "nothing to move: every partition is where it should be";
      const rows = data.map((each) => [
        partitionName(each),
        each.from.join(","),
        each.to.join(","),
        ...(refused.length > 0 ? [each.error ?? ""] : []),
      ]);
      const head = ["PARTITION", "FROM", "TO", ...(refused.length > 0 ? ["REFUSED"] : [])];
      const count = plural(begun.length, "partition");
      const said = options.dryRun
        ? `${count} would move; nothing was changed`
        : done === undefined
          ? `${count} on the way; see moldau topic reassign --status`
          : done
            ? `${count} moved`
            : `interrupted; the cluster moves on, see moldau topic reassign --status`;
      return [await table(head, rows), "", said].join("\n");
    },
  });
}

async function begin(admin: Admin, moves: readonly Move[]) {
  if (moves.length === 0) return [];
  const answers = await admin.reassignPartitions(
    moves.map(({ topic, partition, to }) => ({ topic, partition, replicas: to })),
  );
  return moves.map((move, index) => ({ ...move, error: answers[index]?.error ?? null }));
}

/** Whether all have arrived; false where a person had enough of waiting. */
async function waitFor(session: Session, admin: Admin, moves: readonly Move[]): Promise<boolean> {
  if (moves.length === 0) return true;
  const { terminal } = session;
  const interrupted = terminal.interrupted();
  const names = new Set(moves.map(partitionName));
  const progress = await startProgress(terminal.notes, { what: "reassign", total: names.size, unit: "partitions" });
  try {
    for (;;) {
      const left = (await admin.listReassignments()).filter((each) => names.has(partitionName(each))).length;
      progress.update(names.size - left);
      if (left === 0) return true;
      if (interrupted.aborted) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        interrupted.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
      });
    }
  } finally {
    progress.stop();
  }
}

async function ongoing(admin: Admin, topics: readonly string[], options: Options): Promise<Reassignment[]> {
  const only = options.partitions === undefined ? undefined : parsePartitions([options.partitions]);
  return (await admin.listReassignments()).filter(
    ({ topic, partition }) =>
      (topics.length === 0 || topics.includes(topic)) && (only === undefined || only.includes(partition)),
  );
}

async function status(session: Session, admin: Admin, moves: readonly Reassignment[]): Promise<void> {
  const topics = moves.length === 0 ? [] : await admin.describeTopics([...new Set(moves.map(({ topic }) => topic))]);
  const data = moves.map((move) => {
    const partitions = topics.find(({ name }) => name === move.topic)?.partitions;
    const inSync = partitions?.find(({ partition }) => partition === move.partition)?.isr ?? [];
    return { ...move, missing: move.adding.filter((id) => !inSync.includes(id) && !move.removing.includes(id)) };
  });
  await session.print({
    data,
    text: () =>
      data.length === 0
        ? "no partition is on the move"
        : table(
            ["PARTITION", "REPLICAS", "ADDING", "REMOVING", "NOT IN SYNC YET"],
            data.map((each) => [
              partitionName(each),
              each.replicas.join(","),
              each.adding.join(",") || undefined,
              each.removing.join(",") || undefined,
              each.missing.join(",") || undefined,
            ]),
          ),
  });
}

async function cancel(session: Session, admin: Admin, moves: readonly Reassignment[]): Promise<void> {
  const answers =
    moves.length === 0
      ? []
      : await admin.reassignPartitions(moves.map(({ topic, partition }) => ({ topic, partition, replicas: null })));
  const data = answers.map(({ topic, partition, error }) => ({
    topic,
    partition,
    cancelled: error === null,
    error: error === null ? null : describeError(error),
  }));
  if (data.some(({ cancelled }) => !cancelled)) session.exitCode = 1;
  await session.print({
    data,
    text: () =>
      data.length === 0
        ? "no partition is on the move"
        : data.map((each) => `${partitionName(each)}: ${each.error ?? "cancelled"}`).join("\n"),
  });
}
