import type { Admin, QuotaEntity, QuotaFilter } from "@moldau/client";
import type { ToolRun } from "../tool";
import { ToolError } from "../tool-error";
import type { Changes } from "./changes";
import type { Entities } from "./entities";

const clientQuotas = ["producer_byte_rate", "consumer_byte_rate", "request_percentage", "controller_mutation_rate"];
const ipQuotas = ["connection_creation_rate"];

const partOf: Readonly<Record<string, "user" | "clientId" | "ip">> = { users: "user", clients: "clientId", ips: "ip" };
const titles = { user: "user-principal", clientId: "client-id", ip: "ip" } as const;

export async function describeQuotas({ print }: ToolRun, admin: Admin, { types, names }: Entities): Promise<void> {
  if (names.length > types.length) throw new ToolError("More entity names specified than entity types");
  const filter: QuotaFilter = {};
  for (const [index, type] of types.entries()) {
    const name = names[index];
    filter[partOf[type]!] = name === undefined ? true : name === "" ? null : name;
  }
  for (const { entity, quotas } of await admin.describeClientQuotas(filter, { strict: true })) {
    const whom = (["user", "clientId", "ip"] as const).flatMap((part) => {
      const name = entity[part];
      if (name === undefined) return [];
      return [name === null ? `the default ${titles[part]}` : `${titles[part]} '${name}'`];
    });
    const values = Object.entries(quotas)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${javaDouble(value)}`);
    print(`Quota configs for ${whom.join(", ")} are ${values.join(", ")}`);
  }
}

export async function alterQuotas(admin: Admin, { types, names }: Entities, { add, remove }: Changes): Promise<void> {
  const keys = [...add.keys(), ...remove];
  const scram = keys.filter((key) => key.startsWith("SCRAM-"));
  if (scram.length > 0 && types.length === 1 && types[0] === "users") {
    throw new ToolError(`${scram.join(", ")}: SCRAM credentials cannot be changed with this tool yet`);
  }
  checkKeys(types, add, remove);
  const entity: QuotaEntity = {};
  for (const [index, type] of types.entries()) entity[partOf[type]!] = names[index] === "" ? null : names[index]!;
  const changes: Record<string, number | null> = {};
  for (const [key, value] of add) {
    if (value.trim() === "" || Number.isNaN(Number(value))) {
      throw new ToolError(`Cannot parse quota configuration value for ${key}: ${value}`);
    }
    changes[key] = Number(value);
  }
  const [current] = await admin.describeClientQuotas(entity, { strict: true });
  const missing = remove.filter((key) => current?.quotas[key] === undefined);
  if (missing.length > 0) throw new ToolError(`Invalid config(s): ${missing.join(",")}`);
  for (const key of remove) changes[key] = null;
  await admin.alterClientQuotas(entity, changes);
}

function checkKeys(types: readonly string[], add: ReadonlyMap<string, string>, remove: readonly string[]): void {
  if (types[0] === "ips") {
    const unknown = [...add.keys(), ...remove].filter((key) => !ipQuotas.includes(key));
    if (unknown.length > 0) {
      throw new ToolError(
        `Only connection quota configs can be added for 'ips' using --bootstrap-server. Unexpected config names: ${unknown.join(",")}`,
      );
    }
    return;
  }
  const users = types.length === 1 && types[0] === "users";
  const [what, whom] = users ? ["quota and SCRAM credential configs", "users"] : ["quota configs", "clients"];
  const refuse = (verb: string, unknown: readonly string[], collection: string): void => {
    if (unknown.length === 0) return;
    throw new ToolError(
      `Only ${what} can be ${verb} for '${whom}' using --bootstrap-server. Unexpected config names: ${collection}(${unknown.join(", ")})`,
    );
  };
  const unknown = (names: Iterable<string>): string[] => [...names].filter((key) => !clientQuotas.includes(key));
  refuse("added", unknown(add.keys()), "Set");
  refuse("deleted", unknown(remove), "ArrayBuffer");
}

/** As Java prints a double: with a fraction always, from ten million on with an exponent. */
function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [digits, exponent] = value.toExponential().split("e") as [string, string];
    return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
