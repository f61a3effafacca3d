import { KafkaError } from "@moldau/base";
import type { Command } from "commander";
import { hasCode } from "../errors";
import { unknownGroup } from "../nearest";
import { examples, type Session } from "../session";

export function groupDelete(parent: Command, session: Session): void {
  parent
    .command("delete")
    .description("delete groups and their committed offsets; they must be without members")
    .argument("<group...>", "ids")
    .addHelpText("after", examples([["moldau group delete billing", "its next member starts anew"]]))
    .action((groups: string[]) => run(session, groups));
}

async function run(session: Session, ids: readonly string[]): Promise<void> {
  await session.withAdmin(async (admin) => {
    for (const id of ids) {
      try {
        await admin.deleteGroup(id);
      } catch (error) {
        throw hasCode(error, KafkaError.GROUP_ID_NOT_FOUND) ? await unknownGroup(admin, id) : error;
      }
    }
  });
  await session.print({
    data: ids.map((groupId) => ({ groupId, deleted: true })),
    text: () => ids.map((id) => `deleted group ${id}`).join("\n"),
  });
}
