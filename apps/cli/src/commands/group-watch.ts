import type { Command } from "commander";
import { describeGroup } from "../describe-group";
import type { GroupLag } from "../group-lag";
import { wholeNumber } from "../parse-options";
import { plural } from "../render";
import { examples, type Session } from "../session";
import { showSeconds, showTime } from "../times";

interface Options {
  interval: number;
  count?: number;
}

export function groupWatch(parent: Command, session: Session): void {
  parent
    .command("watch")
    .description(
      "follow a group: a line each time with its state, members and lag, and every rebalance with its reason",
    )
    .argument("<group>", "id")
    .option("--interval <seconds>", "between two looks", wholeNumber("--interval", 1), 2)
    .option("--count <n>", "end after so many lines; without it on an interrupt", wholeNumber("--count", 1))
    .addHelpText(
      "after",
      examples([
        ["moldau group watch billing", "until Ctrl-C"],
        ["moldau group watch billing --output json | jq .lag", "an object a line"],
      ]),
    )
    .action((group: string, options: Options) => run(session, group, options));
}

async function run(session: Session, id: string, { interval, count = Infinity }: Options): Promise<void> {
  const { terminal } = session;
  const interrupted = terminal.interrupted();
  const over = AbortSignal.any([interrupted, terminal.output.gone]);
  await session.withAdmin(async (admin) => {
    let before: { group: GroupLag; atMs: number } | undefined;
    for (let shown = 0; shown < count && !over.aborted; shown++) {
      if (shown > 0) await terminal.sleep(interval * 1000, over);
      if (over.aborted) return;
      const atMs = terminal.wallMs();
      const group = await describeGroup(admin, id, atMs);
      await terminal.output.write(linesOf(session, group, atMs, before));
      before = { group, atMs };
    }
  });
}

function linesOf(
  session: Session,
  group: GroupLag,
  atMs: number,
  before: { group: GroupLag; atMs: number } | undefined,
): string {
  const { output } = session.settings();
  const seconds = before === undefined ? 0 : (atMs - before.atMs) / 1000;
  const rate =
    before === undefined || seconds <= 0 ? null : (sum(group, "committed") - sum(before.group, "committed")) / seconds;
  if (output !== "table") {
    const { groupId, state, lag, lagSeconds } = group;
    const members = group.members.length;
    return `${JSON.stringify({ timeMs: atMs, groupId, state, members, lag, lagSeconds, readPerSecond: rate })}\n`;
  }
  const known = before === undefined ? -Infinity : before.atMs;
  const rebalances = group.rebalances
    .filter(({ startedAtMs, tookMs }) => tookMs !== null && startedAtMs + tookMs >= known && before !== undefined)
    .map(({ generation, tookMs, reason }) => {
      const took = showSeconds((tookMs ?? 0) / 1000);
      return `${showTime(atMs)}  rebalanced to generation ${generation} in ${took}: ${reason}\n`;
    });
  const words = [
    showTime(atMs),
    group.state,
    plural(group.members.length, "member"),
    `lag ${group.lag ?? "-"}`,
    group.lagSeconds === null ? "-" : `${showSeconds(group.lagSeconds)} behind`,
    ...(rate === null ? [] : [`reads ${Math.round(rate)}/s`]),
  ];
  return `${rebalances.join("")}${words.join("  ")}\n`;
}

function sum({ partitions }: GroupLag, of: "committed"): number {
  return partitions.reduce((total, partition) => total + (partition[of] ?? 0), 0);
}
