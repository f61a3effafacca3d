import type { Admin } from "@moldau/client";
import type { Command } from "commander";
import { groupLag, type GroupLag } from "../group-lag";
import { unknownGroup } from "../nearest";
import { endOffsetsWhereKnown } from "../offsets";
import { fields, table } from "../render";
import { examples, type Session } from "../session";

export function groupDescribe(parent: Command, session: Session): void {
  parent
    .command("describe")
    .description("show members, committed offsets and lag per partition")
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
    for (const id of ids) all.push(await describe(admin, id));
    return all;
  });
  await session.print({
    data: groups,
    text: async () => (await Promise.all(groups.map(textOf))).join("\n\n"),
  });
}

async function describe(admin: Admin, id: string): Promise<GroupLag> {
  const [[group], committed] = await Promise.all([admin.describeGroups([id]), admin.committedOffsets(id)]);
  // Kafka calls a group that it does not know dead.
  if (!group || (group.state === "Dead" && committed.length === 0)) throw await unknownGroup(admin, id);
  const assigned = group.members.flatMap((member) =>
    member.assignment.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition }))),
  );
  return groupLag(group, committed, await endOffsetsWhereKnown(admin, [...committed, ...assigned]));
}

async function textOf(group: GroupLag): Promise<string> {
  const head = fields([
    ["Group", group.groupId],
    ["State", group.state],
    ["Protocol", [group.protocolType, group.protocol].filter((name) => name !== "").join(" / ") || undefined],
    ["Coordinator", group.coordinator],
    ["Members", group.members.length],
    ["Lag", group.lag ?? undefined],
  ]);
  if (group.partitions.length === 0) return head;
  const rows = group.partitions.map((row) => [
    row.topic,
    row.partition,
    row.committed ?? undefined,
    row.end ?? undefined,
    row.lag ?? undefined,
    row.memberId ?? undefined,
    row.clientId ?? undefined,
    row.host ?? undefined,
  ]);
  const columns = ["TOPIC", "PARTITION", "COMMITTED", "END", "LAG", "MEMBER", "CLIENT", "HOST"];
  return `${head}\n\n${await table(columns, rows)}`;
}
