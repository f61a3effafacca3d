import type { Command } from "commander";
import { describeGroup } from "../describe-group";
import type { GroupLag } from "../group-lag";
import { fields, table } from "../render";
import { examples, type Session } from "../session";
import { showSeconds, showTime } from "../times";

export function groupDescribe(parent: Command, session: Session): void {
  parent
    .command("describe")
    .description("show members, committed offsets, lag in records and seconds, and the last rebalances")
    .argument("<group...>", "ids")
    .addHelpText(
      "after",
      examples([
        ["moldau group describe billing", "who reads what, and how far behind"],
        ["moldau group describe billing --output json | jq '.[0].lag'", "the lag of the whole group"],
      ]),
    )
    .action((groups: string[]) => run(session, groups));
}

async function run(session: Session, ids: readonly string[]): Promise<void> {
  const groups = await session.withAdmin(async (admin) => {
    const all: GroupLag[] = [];
    for (const id of ids) all.push(await describeGroup(admin, id, session.terminal.wallMs()));
    return all;
  });
  await session.print({
    data: groups,
    text: async () => (await Promise.all(groups.map(textOf))).join("\n\n"),
  });
}

async function textOf(group: GroupLag): Promise<string> {
  const head = fields([
    ["Group", group.groupId],
    ["Type", group.type],
    ["State", group.state],
    ["Protocol", [group.protocolType, group.protocol].filter((name) => name !== "").join(" / ") || undefined],
    ["Coordinator", group.coordinator],
    ["Members", group.members.length],
    ["Lag", group.lag ?? undefined],
    ["Behind", group.lagSeconds === null ? undefined : showSeconds(group.lagSeconds)],
  ]);
  const parts = [head];
  if (group.partitions.length > 0) parts.push(await partitionsOf(group));
  if (group.rebalances.length > 0) parts.push(await rebalancesOf(group));
  return parts.join("\n\n");
}

function partitionsOf(group: GroupLag): Promise<string> {
  const rows = group.partitions.map((row) => [
    row.topic,
    row.partition,
    row.committed ?? undefined,
    row.end ?? undefined,
    row.lag ?? undefined,
    row.lagSeconds === null ? undefined : showSeconds(row.lagSeconds),
    row.memberId ?? undefined,
    row.clientId ?? undefined,
    row.host ?? undefined,
  ]);
  const columns = ["TOPIC", "PARTITION", "COMMITTED", "END", "LAG", "BEHIND", "MEMBER", "CLIENT", "HOST"];
  return table(columns, rows);
}

/** The newest first; of the members the slowest, for whom the others waited. */
function rebalancesOf({ rebalances }: GroupLag): Promise<string> {
  const rows = [...rebalances].reverse().map(({ startedAtMs, generation, tookMs, members, removed, reason }) => {
    const slowest = members.at(-1);
    return [
      showTime(startedAtMs),
      generation ?? undefined,
      tookMs === null ? "goes on" : showSeconds(tookMs / 1000),
      slowest === undefined ? undefined : `${slowest.memberId} ${showSeconds(slowest.tookMs / 1000)}`,
      removed.length === 0 ? undefined : removed.join(" "),
      reason,
    ];
  });
  return table(["REBALANCE", "GENERATION", "TOOK", "SLOWEST", "LOST", "BECAUSE"], rows);
}
