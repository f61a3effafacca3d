import type { Command } from "commander";
import { collect } from "../parse-options";
import { table } from "../render";
import { examples, type Session } from "../session";

interface Options {
  state?: string[];
  type?: string[];
}

export function groupList(parent: Command, session: Session): void {
  parent
    .command("list")
    .description("list consumer groups")
    .option("--state <state>", "only groups in it, such as Stable or Empty; may be repeated", collect)
    .option("--type <type>", "only classic or consumer (KIP-848) groups; may be repeated", collect)
    .addHelpText(
      "after",
      examples([
        ["moldau group list", "every group, its state and who coordinates it"],
        ["moldau group list --state Empty", "those that nobody is in"],
      ]),
    )
    .action((options: Options) => run(session, options));
}

async function run(session: Session, options: Options): Promise<void> {
  const filter = { states: options.state ?? [], types: options.type ?? [] };
  const groups = (await session.withAdmin((admin) => admin.listGroups(filter)))
    .map(({ groupId, state, type, protocolType, coordinator }) => ({ groupId, state, type, protocolType, coordinator }))
    .sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
  const filtered = filter.states.length > 0 || filter.types.length > 0;
  if (groups.length === 0) {
    await session.note(filtered ? "no such groups" : "no groups yet; one appears with moldau consume TOPIC -g GROUP");
  }
  await session.print({
    data: groups,
    text: () =>
      table(
        ["GROUP", "STATE", "TYPE", "PROTOCOL", "COORDINATOR"],
        groups.map((group) => [
          group.groupId,
          group.state || undefined,
          group.type || undefined,
          group.protocolType || undefined,
          group.coordinator,
        ]),
      ),
  });
}
