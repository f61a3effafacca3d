// Which entities a kafka-configs command line names, and what is wrong with it. Source: kafka.admin.ConfigCommand of Kafka 4.1.
import type { Options } from "../options";
import { ToolError, ToolUsageError } from "../tool-error";

export interface Entities {
  types: string[];
  /** In the order of types; empty for the default entity. May be fewer than types: all entities of that type. */
  names: string[];
}

const known = ["topics", "clients", "users", "brokers", "ips", "client-metrics", "groups", "broker-loggers"] as const;

const named: readonly (readonly [flag: string, type: string])[] = [
  ["topic", "topics"],
  ["client", "clients"],
  ["user", "users"],
  ["broker", "brokers"],
  ["broker-logger", "broker-loggers"],
  ["ip", "ips"],
  ["client-metrics", "client-metrics"],
  ["group", "groups"],
];
const defaults: readonly (readonly [flag: string, type: string])[] = [
  ["client-defaults", "clients"],
  ["user-defaults", "users"],
  ["broker-defaults", "brokers"],
  ["ip-defaults", "ips"],
];
/** Types whose default entity can be configured. */
const withDefault = ["users", "clients", "brokers", "ips"];

export function entitiesOf(options: Options): Entities {
  const present = (pairs: typeof named): typeof named => pairs.filter(([flag]) => options.has(flag));
  const general = options.given.flatMap(({ flag, value }) =>
    flag === "entity-name" ? [value ?? ""] : flag === "entity-default" ? [""] : [],
  );
  return {
    types: [...options.values("entity-type"), ...[...present(named), ...present(defaults)].map(([, type]) => type)],
    names: [...general, ...present(named).map(([flag]) => options.required(flag)), ...present(defaults).map(() => "")],
  };
}

/** Throws what Kafka's tool says of a wrong command line. */
export function checkEntities(options: Options, { types, names }: Entities): void {
  if (Number(options.has("alter")) + Number(options.has("describe")) !== 1) {
    throw new ToolUsageError("Command must include exactly one action: --describe, --alter");
  }
  for (const flag of ["add-config", "delete-config"]) {
    if (options.has("describe") && options.has(flag)) {
      throw new ToolUsageError(`Option "[describe]" can't be used with option "[${flag}]"`);
    }
  }
  const twice = types.filter((type, index) => types.indexOf(type) !== index);
  if (twice.length > 0) throw new ToolError(`Duplicate entity type(s) specified: ${twice.join(",")}`);
  const servers = ["bootstrap-server", "bootstrap-controller"].filter((flag) => options.has(flag));
  if (servers.length === 0) {
    throw new ToolError("Either --bootstrap-server or --bootstrap-controller must be specified.");
  }
  const unknown = types.find((type) => !(known as readonly string[]).includes(type));
  if (unknown !== undefined) {
    throw new ToolError(
      `Invalid entity type ${unknown}, the entity type must be one of ${known.join(", ")} with a --bootstrap-server or ` +
        "--bootstrap-controller argument",
    );
  }
  if (types.length === 0) throw new ToolError("At least one entity type must be specified");
  if (types.length > 1 && !(types.length === 2 && types.includes("users") && types.includes("clients"))) {
    throw new ToolError("Only 'users' and 'clients' entity types may be specified together");
  }
  const general = ["entity-name", "entity-type", "entity-default"].some((flag) => options.has(flag));
  if (general && [...named, ...defaults].some(([flag]) => options.has(flag))) {
    throw new ToolError("--entity-{type,name,default} should not be used in conjunction with specific entity flags");
  }
  if (servers.length > 1) {
    throw new ToolError("Only one of --bootstrap-server or --bootstrap-controller can be specified");
  }
  checkNames(types, names);
  if (options.has("describe")) checkDescribe(options, types, names);
  else checkAlter(options, types, names);
}

function checkNames(types: readonly string[], names: readonly string[]): void {
  if (types.includes("brokers") || types.includes("broker-loggers")) {
    const bad = names.find((name) => name !== "" && !/^-?\d+$/.test(name));
    if (bad !== undefined) {
      throw new ToolError(`The entity name for ${types[0]} must be a valid integer broker id, but it is: ${bad}`);
    }
  }
}

function checkDescribe(options: Options, types: readonly string[], names: readonly string[]): void {
  if (options.has("entity-default") && !types.some((type) => withDefault.includes(type))) {
    throw new ToolError(`--entity-default must not be specified with --describe of ${types.join(",")}`);
  }
  if (types.includes("broker-loggers") && !names.some((name) => name !== "")) {
    throw new ToolError(`An entity name must be specified with --describe of ${types.join(",")}`);
  }
}

function checkAlter(options: Options, types: readonly string[], names: readonly string[]): void {
  if (types.some((type) => withDefault.includes(type))) {
    if (names.length === 0) {
      throw new ToolError(
        "An entity-name or default entity must be specified with --alter of users, clients, brokers or ips",
      );
    }
  } else if (!names.some((name) => name !== "")) {
    throw new ToolError(`An entity name must be specified with --alter of ${types.join(",")}`);
  }
  if (options.has("add-config") && options.has("add-config-file")) {
    throw new ToolError("Only one of --add-config or --add-config-file must be specified");
  }
  if (!["add-config", "add-config-file", "delete-config"].some((flag) => options.has(flag))) {
    throw new ToolError(
      "At least one of --add-config, --add-config-file, or --delete-config must be specified with --alter",
    );
  }
  if (types.length !== names.length) throw new ToolError("An entity name must be specified for every entity type");
}
