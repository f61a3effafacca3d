import type { Command } from "commander";
import { table } from "../render";
import { examples, type Session } from "../session";

export function groupList(parent: Command, session: Session): void {
  parent
    .command("list")
    .description("list consumer groups")
    .addHelpText("after", examples([["moldau group list", "every group, its state and who coordinates it"]]))
    .action(() => run(session));
}

async function run(session: Session): Promise<void> {
  const groups = (await session.withAdmin((admin) => admin.listGroups()))
    .map(({ groupId, state, protocolType, coordinator }) => ({ groupId, state, protocolType, coordinator }))
    .sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
  if (groups.length === 0) await session.note("no groups yet; one appears with moldau consume TOPIC -g GROUP");
  await session.print({
    data: groups,
    text: () =>
      table(
        ["GROUP", "STATE", "TYPE", "COORDINATOR"],
        groups.map((group) => [group.groupId, group.state, group.protocolType || undefined, group.coordinator]),
      ),
  });
}
