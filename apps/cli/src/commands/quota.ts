import type { QuotaEntity } from "@moldau/client";
import type { Command } from "commander";
import { usageError } from "../errors";
import { table } from "../render";
import { examples, type Session } from "../session";

interface Who {
  user?: string;
  clientId?: string;
  ip?: string;
}

/** Who gets what nobody set for him; Kafka names it by null. */
const DEFAULT = "default";

/** Kafka's quotas, with what a value means. Source: QuotaConfig. */
const keys: ReadonlyMap<string, string> = new Map([
  ["producer_byte_rate", "bytes/s written to each broker"],
  ["consumer_byte_rate", "bytes/s read from each broker"],
  ["request_percentage", "per cent of a core's time at each broker"],
  ["controller_mutation_rate", "partitions/s created or deleted"],
  ["connection_creation_rate", "connections/s accepted by each broker, of an IP"],
]);

export function quotaCommands(parent: Command, session: Session): void {
  parent
    .command("list")
    .description("list all quotas")
    .addHelpText("after", examples([["moldau quota list --output json", "for scripts"]]))
    .action(async () => {
      const all = await session.withAdmin((admin) => admin.describeClientQuotas({}));
      const data = all.flatMap(({ entity, quotas }) =>
        Object.entries(quotas).map(([quota, value]) => ({ entity, quota, value })),
      );
      await session.print({
        data,
        text: () =>
          data.length === 0
            ? "no quota is set"
            : table(
                ["FOR", "QUOTA", "VALUE"],
                data.map(({ entity, quota, value }) => [nameOf(entity), quota, value]),
              ),
      });
    });
  changing(parent.command("set"), "<quota=value...>", "limit what a client may use; other quotas of it stay")
    .addHelpText(
      "after",
      examples([
        ["moldau quota set --client-id batch producer_byte_rate=10000000", "10 MB/s to each broker"],
        ["moldau quota set --client-id default consumer_byte_rate=50000000", "for each client id without its own"],
        ["moldau quota set --ip 10.0.0.7 connection_creation_rate=20", "new connections"],
      ]),
    )
    .action((texts: string[], options: Who & { dryRun?: boolean }) => change(session, options, valuesOf(texts)));
  changing(parent.command("unset"), "<quota...>", "take quotas away")
    .addHelpText(
      "after",
      examples([["moldau quota unset --client-id batch producer_byte_rate", "no limit of its own"]]),
    )
    .action((names: string[], options: Who & { dryRun?: boolean }) => {
      for (const name of names) checkKey(name);
      return change(session, options, Object.fromEntries(names.map((name) => [name, null])));
    });
}

const changing = (command: Command, what: string, description: string): Command =>
  command
    .description(description)
    .argument(what, [...keys.keys()].join(", "))
    .option("--user <name>", `of this user; ${DEFAULT} for all without their own`)
    .option("--client-id <id>", `of this client id, with --user of that user's; ${DEFAULT} for all without their own`)
    .option("--ip <address>", `of this address; ${DEFAULT} for all without their own`)
    .option("--dry-run", "let the cluster check it, change nothing");

async function change(
  session: Session,
  { dryRun = false, ...who }: Who & { dryRun?: boolean },
  changes: Readonly<Record<string, number | null>>,
): Promise<void> {
  const entity = entityOf(who);
  await session.withAdmin((admin) => admin.alterClientQuotas(entity, changes, { validateOnly: dryRun }));
  const said = Object.entries(changes).map(([key, value]) => (value === null ? `${key} unset` : `${key}=${value}`));
  await session.print({
    data: { entity, changes, dryRun },
    text: () => `${dryRun ? "would be set" : "set"} for ${nameOf(entity)}: ${said.join(", ")}`,
  });
}

function entityOf({ user, clientId, ip }: Who): QuotaEntity {
  if (user === undefined && clientId === undefined && ip === undefined) {
    throw usageError("say whose quota it is: --user, --client-id, both, or --ip");
  }
  if (ip !== undefined && (user !== undefined || clientId !== undefined)) {
    throw usageError("--ip goes alone: an address has quotas for connections only");
  }
  const named = (name: string): string | null => (name === DEFAULT ? null : name);
  return {
    ...(user === undefined ? {} : { user: named(user) }),
    ...(clientId === undefined ? {} : { clientId: named(clientId) }),
    ...(ip === undefined ? {} : { ip: named(ip) }),
  };
}

function valuesOf(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = "", value = ""] = text.split("=", 2);
      checkKey(name);
      if (!/^\d+(\.\d+)?$/.test(value)) throw usageError(`${text} is not quota=number (${keys.get(name)})`);
      return [name, Number(value)];
    }),
  );
}

function checkKey(name: string): void {
  if (!keys.has(name)) throw usageError(`${name} is no quota; there are ${[...keys.keys()].join(", ")}`);
}

function nameOf({ user, clientId, ip }: QuotaEntity): string {
  const part = (what: string, name: string | null | undefined): string[] =>
    name === undefined ? [] : [`${what} ${name ?? DEFAULT}`];
  return [...part("user", user), ...part("client-id", clientId), ...part("ip", ip)].join(", ");
}
