import type { Admin } from "@moldau/client";
import { isKafkaClientError } from "../../errors";
import { toText } from "../java-error";
import type { ToolRun } from "../tool";

/** `--delete`: each group for itself; what could not be deleted is told with its reason. */
export async function deleteGroups({ print }: ToolRun, admin: Admin, ids: readonly string[]): Promise<void> {
  const failed = new Map<string, unknown>();
  const deleted: string[] = [];
  await Promise.all(
    ids.map(async (id) => {
      try {
        await admin.deleteGroup(id);
        deleted.push(id);
      } catch (error) {
        if (!isKafkaClientError(error)) throw error;
        failed.set(id, error);
      }
    }),
  );
  const quoted = ids.filter((id) => deleted.includes(id)).map((id) => `'${id}'`);
  if (failed.size === 0) {
    print(`Deletion of requested consumer groups (${quoted.join(", ")}) was successful.`);
    return;
  }
  print("\nError: Deletion of some consumer groups failed:");
  for (const [id, error] of failed) print(`* Group '${id}' could not be deleted due to: ${toText(error)}`);
  if (quoted.length > 0) print(`\nThese consumer groups were deleted successfully: ${quoted.join(", ")}`);
}
