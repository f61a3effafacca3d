/**
 * AlterClientQuotas, versions 0–1: sets and removes quotas of users, client ids, both together, addresses, and their defaults
 * (KIP-546, KIP-612). Entities are answered one by one.
 */
import { alterClientQuotas as decideQuotas } from "@moldau/control";
import { QuotaEntityType } from "@moldau/metadata";
import {
  type AlterClientQuotasRequest,
  readAlterClientQuotasRequest,
  writeAlterClientQuotasResponse,
} from "@moldau/protocol";
import { controllerApi, type ControllerContext } from "./controller-api";

export const alterClientQuotas = controllerApi({
  read: readAlterClientQuotasRequest,
  write: writeAlterClientQuotasResponse,
  async answer(request, context) {
    const hosts = await hostsAmong(request, context);
    const { reply, offset } = await context.queue.decide((image) =>
      decideQuotas(image, request, (name) => hosts.has(name)),
    );
    return { response: { entries: reply }, offset };
  },
  refuse: (errorCode, errorMessage) => ({ entries: [{ errorCode, errorMessage, entity: [] }] }),
});

/** Names of addresses that are known ones; looked up before the decision, which waits for nothing. */
async function hostsAmong(
  { entries }: AlterClientQuotasRequest,
  context: Pick<ControllerContext, "isHost">,
): Promise<Set<string>> {
  const names = entries.flatMap(({ entity }) =>
    entity.flatMap(({ entityType, entityName }) =>
      entityType === QuotaEntityType.IP && entityName !== null && entityName !== "" ? [entityName] : [],
    ),
  );
  const known = await Promise.all(
    [...new Set(names)].map(async (name) => ((await context.isHost(name)) ? [name] : [])),
  );
  return new Set(known.flat());
}
