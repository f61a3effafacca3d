import type { Admin } from "@moldau/client";
import type { Command } from "commander";
import { CliError, describeError, usageError } from "../errors";
import { partitionName } from "../offsets";
import { parseBrokers, wholeNumber } from "../parse-options";
import { bytes, startProgress } from "../progress";
import { readClusterLoad } from "../rebalance/cluster-load";
import { planRebalance, type PlannedMove, type RebalancePlan } from "../rebalance/rebalance-plan";
import { plural, table } from "../render";
import { type ThrottledCopy, throttleCopies, unthrottleBrokers, unthrottleTopics } from "../replication-throttle";
import { examples, type Session } from "../session";

interface PlanOptions {
  brokers?: string;
  remove?: string;
}

interface ApplyOptions extends PlanOptions {
  throttle?: number;
  batch: number;
  dryRun?: boolean;
}

const LOOK_MS = 250;

export function rebalanceCommands(parent: Command, session: Session): void {
  planCommand(parent, session);
  applyCommand(parent, session);
  parent
    .command("unthrottle")
    .description("take away the throttle that an interrupted apply has left")
    .addHelpText("after", examples([["moldau rebalance unthrottle", "replication at full speed again"]]))
    .action(() => removeThrottle(session));
}

const choice = (command: Command): Command =>
  command
    .option("--brokers <ids>", "only these brokers are to hold replicas (default: all that are there)")
    .option("--remove <ids>", "brokers that are to be empty afterwards, e.g. before they are switched off");

function planCommand(parent: Command, session: Session): void {
  choice(parent.command("plan"))
    .description("show what would move for even replicas, leaders and bytes; changes nothing")
    .addHelpText(
      "after",
      examples([
        ["moldau rebalance plan", "after brokers were added"],
        ["moldau rebalance plan --remove 3", "before broker 3 is switched off"],
      ]),
    )
    .action(async (options: PlanOptions) => show(session, await session.withAdmin((admin) => planOf(admin, options))));
}

function applyCommand(parent: Command, session: Session): void {
  choice(parent.command("apply"))
    .description("make the plan and carry it out, a batch at a time")
    .option("--throttle <bytes/s>", "of what is copied, into and out of each broker", wholeNumber("--throttle", 1))
    .option("--batch <n>", "partitions that move at a time", wholeNumber("--batch", 1), 20)
    .option("--dry-run", "show the plan, change nothing")
    .addHelpText(
      "after",
      examples([
        ["moldau rebalance apply --throttle 50000000", "at 50 MB/s, with progress"],
        ["moldau rebalance apply --remove 3", "off broker 3"],
      ]),
    )
    .action((options: ApplyOptions) => apply(session, options));
}

async function planOf(admin: Admin, options: PlanOptions): Promise<RebalancePlan> {
  const { partitions, brokers } = await readClusterLoad(admin);
  const live = brokers.map(({ nodeId }) => nodeId);
  const removed = options.remove === undefined ? [] : parseBrokers(options.remove);
  const wanted = (options.brokers === undefined ? live : parseBrokers(options.brokers)).filter(
    (id) => !removed.includes(id),
  );
  const absent = wanted.filter((id) => !live.includes(id));
  if (absent.length > 0) throw new CliError(`no live broker ${absent.join(", ")}; there are ${live.join(", ")}`);
  const most = Math.max(0, ...partitions.map(({ replicas }) => replicas.length));
  if (wanted.length < most) {
    const name = partitionName(partitions.find(({ replicas }) => replicas.length === most)!);
    throw new CliError(
      `${name} has ${plural(most, "replica")}, and ${plural(wanted.length, "broker")} would be left; ` +
        "add brokers, or lower it with moldau partition set-replication",
    );
  }
  return planRebalance(
    partitions,
    brokers.filter(({ nodeId }) => wanted.includes(nodeId)),
  );
}

async function show(session: Session, plan: RebalancePlan, said = plannedText(plan)): Promise<void> {
  await session.print({
    data: plan,
    text: async () => {
      if (plan.moves.length === 0) return "nothing to move: replicas, leaders and bytes are even";
      const change = (from: number, to: number, text: (count: number) => string = String) =>
        from === to ? text(from) : `${text(from)} -> ${text(to)}`;
      return [
        await table(
          ["BROKER", "RACK", "REPLICAS", "LEADERS", "BYTES"],
          plan.brokers.map(({ nodeId, rack, before, after }) => [
            nodeId,
            rack ?? undefined,
            change(before.replicas, after.replicas),
            change(before.leaders, after.leaders),
            change(before.bytes, after.bytes, bytes),
          ]),
        ),
        "",
        said,
      ].join("\n");
    },
  });
}

const plannedText = ({ moves, bytesToMove }: RebalancePlan): string =>
  `${plural(moves.length, "partition")} would move, ${bytes(bytesToMove)} be copied; nothing was changed`;

async function apply(session: Session, options: ApplyOptions): Promise<void> {
  await session.withAdmin(async (admin) => {
    const plan = await planOf(admin, options);
    if (options.dryRun || plan.moves.length === 0) return show(session, plan);
    const { terminal } = session;
    const interrupted = terminal.interrupted();
    const progress = await startProgress(terminal.notes, {
      what: "rebalance",
      total: Math.max(1, plan.bytesToMove),
      unit: "bytes",
    });
    let moved: readonly PlannedMove[] = [];
    try {
      while (moved.length < plan.moves.length && !interrupted.aborted) {
        const batch = plan.moves.slice(moved.length, moved.length + options.batch);
        if (options.throttle !== undefined) await throttleCopies(admin, copiesOf(batch), options.throttle);
        await begin(admin, batch);
        const done = sizeOf(moved);
        if (!(await arrived(session, admin, batch, interrupted, (size) => progress.update(done + size)))) break;
        if (options.throttle !== undefined) await unthrottle(admin, copiesOf(batch));
        moved = plan.moves.slice(0, moved.length + batch.length);
      }
    } finally {
      progress.stop();
    }
    const isDone = moved.length === plan.moves.length;
    // Who leads follows the preferred replica sooner or later; now is better.
    if (isDone) await admin.electLeaders("preferred", null);
    else session.exitCode = 130;
    const rest = options.throttle === undefined ? "" : " at its throttle (moldau rebalance unthrottle takes it away)";
    await show(
      session,
      plan,
      isDone
        ? `${plural(moved.length, "partition")} moved, ${bytes(plan.bytesToMove)} copied`
        : `interrupted after ${moved.length} of ${plural(plan.moves.length, "partition")}; what is on its way moves on${rest}. ` +
            "Run it again to go on.",
    );
  });
}

/** What of these moves has to be copied; a change of the preferred leader alone has not. */
function copiesOf(moves: readonly PlannedMove[]): ThrottledCopy[] {
  return moves.flatMap(({ topic, partition, from, to }) => {
    const destinations = to.filter((id) => !from.includes(id));
    return destinations.length === 0 ? [] : [{ topic, partition, sources: from, destinations }];
  });
}

async function unthrottle(admin: Admin, copies: readonly ThrottledCopy[]): Promise<void> {
  const brokers = copies.flatMap(({ sources, destinations }) => [...sources, ...destinations]);
  await unthrottleBrokers(admin, new Set(brokers));
  await unthrottleTopics(admin, new Set(copies.map(({ topic }) => topic)));
}

const sizeOf = (moves: readonly PlannedMove[]): number => moves.reduce((sum, { bytes: size }) => sum + size, 0);

async function begin(admin: Admin, moves: readonly PlannedMove[]): Promise<void> {
  const answers = await admin.reassignPartitions(
    moves.map(({ topic, partition, to }) => ({ topic, partition, replicas: to })),
  );
  const refused = answers.find(({ error }) => error !== null);
  if (refused?.error) throw new CliError(`${partitionName(refused)} cannot move: ${describeError(refused.error)}`);
}

/** Whether all have arrived; false where a person had enough of waiting. */
async function arrived(
  session: Session,
  admin: Admin,
  moves: readonly PlannedMove[],
  interrupted: AbortSignal,
  progress: (size: number) => void,
): Promise<boolean> {
  for (;;) {
    const under = new Set((await admin.listReassignments()).map(partitionName));
    const left = moves.filter((move) => under.has(partitionName(move)));
    progress(sizeOf(moves) - sizeOf(left));
    if (left.length === 0) return true;
    if (interrupted.aborted) return false;
    await session.terminal.sleep(LOOK_MS, interrupted);
  }
}

async function removeThrottle(session: Session): Promise<void> {
  await session.withAdmin(async (admin) => {
    const { partitions, brokers } = await readClusterLoad(admin);
    if (brokers.length === 0) throw usageError("no broker is there");
    const ids = brokers.map(({ nodeId }) => nodeId);
    const topics = [...new Set(partitions.map(({ topic }) => topic))].sort();
    await unthrottleBrokers(admin, ids);
    await unthrottleTopics(admin, topics);
    await session.print({
      data: { brokers: ids, topics },
      text: () => `${plural(ids.length, "broker")} and ${plural(topics.length, "topic")} replicate without a throttle`,
    });
  });
}
