import { parseArgs } from "node:util";
import { loadConfig } from "@moldau/config";
import { createTelemetry } from "@moldau/telemetry";
import { startAdminServer, type AdminServer } from "./admin-server";
import { startHost } from "./host";
import { linkToParent } from "./parent-link";
import { runUntilStopped, UsageError } from "./process-life";
import type { Role } from "./role";

export interface ServerCommandOptions {
  /** How a person starts it: `moldau server`, `moldau-broker`. */
  program: string;
  /** The roles that this program has on board. */
  roles: readonly Role[];
  /** What runs where neither --roles nor process.roles says. */
  defaultRoles: readonly Role["name"][];
}

const help = (options: ServerCommandOptions) => `Runs one process of a Moldau deployment.

Usage: ${options.program} --config FILE [--roles ${options.roles.map((role) => role.name).join(",")}] [-o key=value]…

  --config FILE   .properties or YAML file with Kafka's configuration keys
  --roles LIST    roles of this process; default: process.roles of the file${options.defaultRoles.length > 0 ? `, else ${options.defaultRoles.join(",")}` : ""}
  -o key=value    one configuration key; wins over environment (MOLDAU_…) and file

Examples:
  ${options.program} --config broker-1.properties
  ${options.program} --config node.yaml -o node.id=2 -o log.dirs=/var/lib/moldau
`;

/**
 * Runs one process of a deployment until it is told to stop. Exit status 0 after a clean stop, 1 when a role failed,
 * 2 when configuration, arguments, a port or a data directory do not allow it to start.
 */
export async function serverCommand(args: string[], options: ServerCommandOptions): Promise<void> {
  const { values } = (() => {
    try {
      return parseArgs({
        args,
        options: {
          config: { type: "string" },
          roles: { type: "string" },
          option: { type: "string", short: "o", multiple: true },
          help: { type: "boolean", short: "h" },
        },
        strict: true,
      });
    } catch (error) {
      throw new UsageError(`${(error as Error).message}; see ${options.program} --help`);
    }
  })();
  if (values.help) {
    process.stdout.write(help(options));
    return;
  }
  const overrides = new Map((values.option ?? []).map((item) => splitOption(item)));
  if (values.roles) overrides.set("process.roles", values.roles);
  const config = loadConfig({ file: values.config, env: process.env, overrides });
  const names = config.isSet("process.roles") ? config.list("process.roles") : [...options.defaultRoles];
  const roles = names.map((name) => {
    const role = options.roles.find((candidate) => candidate.name === name);
    if (!role) {
      throw new UsageError(
        `process.roles: "${name}" is not a role of ${options.program}; it has ${options.roles.map((r) => r.name).join(", ")}`,
      );
    }
    return role;
  });
  if (roles.length === 0)
    throw new UsageError(`no role to run: give --roles or process.roles; see ${options.program} --help`);
  if (!config.isSet("node.id"))
    throw new UsageError("node.id is not set: give each process of a cluster an id of its own");

  const nodeId = config.number("node.id");
  const telemetry = createTelemetry({ config, service: `moldau-${names.join("-")}`, nodeId });
  for (const warning of config.warnings()) telemetry.log.warn(warning);
  await runUntilStopped(telemetry, async (life) => {
    const host = await startHost({ nodes: [{ nodeId, config, roles }], telemetry, onFatal: life.fatal });
    let admin: AdminServer | undefined;
    const stop = async () => {
      await host.stop();
      await admin?.close();
      await telemetry.shutdown();
    };
    try {
      const listener = config.string("moldau.admin.listener");
      if (listener !== "") {
        const at = listener.lastIndexOf(":");
        admin = await startAdminServer({
          host: listener.slice(0, at),
          port: Number(listener.slice(at + 1)),
          source: { notReady: () => host.notReady(), metrics: () => telemetry.metrics.render() },
        });
      }
    } catch (error) {
      await stop();
      throw error;
    }
    const link = linkToParent({
      status: () => ({ notReady: host.notReady(), addresses: host.kafkaAddresses() }),
      metrics: () => telemetry.metrics.render(),
      stop: life.stop,
    });
    return { stop, failed: link.failed };
  });
}

/** Splits `key=value`. @throws UsageError */
export function splitOption(item: string): [string, string] {
  const at = item.indexOf("=");
  if (at < 1) throw new UsageError(`-o ${item}: give it as key=value, e.g. -o num.partitions=3`);
  return [item.slice(0, at).trim(), item.slice(at + 1).trim()];
}
