import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { loadConfig } from "@moldau/config";
import { isProcessAlive } from "@moldau/disk";
import {
  type AdminServer,
  type AdminSource,
  chooseFreePorts,
  type NodePlan,
  planTopology,
  type ProcessLife,
  runUntilStopped,
  startAdminServer,
  startHost,
  UsageError,
} from "@moldau/host";
import { createTelemetry } from "@moldau/telemetry";
import { allRoles } from "../all-roles";
import { Supervisor } from "./supervisor";
import { parseUpArguments, type UpArguments } from "./up-options";

/** What runs behind `moldau up`, in either shape. */
interface Cluster extends AdminSource {
  bootstrap(): Promise<string[]>;
  stop(): Promise<void>;
  /** Rejects when the cluster can never become ready as it was asked for. */
  refused: Promise<never>;
}

const readyPollMs = 25;

/** `moldau up`: a local cluster until SIGINT or SIGTERM. */
export async function upCommand(args: readonly string[]): Promise<void> {
  const options = parseUpArguments(args);
  if (!options) return;
  // What the user says wins over what the topology says, whichever way it was said.
  const said = loadConfig({ file: options.configFile, env: process.env, overrides: options.overrides });
  const plans = planTopology(await chooseFreePorts({ ...options, overrides: said.given() }));
  // Refuses a bad key before anything is written or started.
  const configs = plans.map((plan) => ({ plan, config: loadConfig({ overrides: plan.config }) }));
  const release = claimDataDirectory(options.dataDir);
  const telemetry = createTelemetry({
    config: configs[0]!.config,
    service: "moldau-up",
    nodeId: 0,
    file: join(options.dataDir, "log", options.split ? "up.log" : "standalone-1.log"),
    terminalLevel: "error",
  });
  for (const warning of said.warnings()) telemetry.log.warn(warning);
  try {
    await runUntilStopped(telemetry, async (life) => {
      const cluster = options.split ? startSplit(options, plans, life) : await startInProcess(configs, telemetry, life);
      let admin: AdminServer | undefined;
      const stop = async () => {
        await cluster.stop();
        await admin?.close();
        await telemetry.shutdown();
        release();
      };
      try {
        admin = await startAdminServer({ host: "127.0.0.1", port: options.adminPort, source: cluster });
        await Promise.race([becomeReady(cluster), cluster.refused, life.ended]);
        if (!life.isEnding()) {
          const bootstrap = (await cluster.bootstrap()).join(",");
          process.stdout.write(`moldau ready: bootstrap=${bootstrap} admin=http://${admin.host}:${admin.port}\n`);
          cluster.refused.catch((error: Error) => life.fatal(error));
        }
      } catch (error) {
        await stop();
        throw error;
      }
      return { stop };
    });
  } finally {
    release();
  }
}

async function becomeReady(cluster: Cluster): Promise<void> {
  while ((await cluster.notReady()).length > 0) await delay(readyPollMs);
}

async function startInProcess(
  configs: readonly { plan: NodePlan; config: ReturnType<typeof loadConfig> }[],
  telemetry: ReturnType<typeof createTelemetry>,
  life: ProcessLife,
): Promise<Cluster> {
  const host = await startHost({
    nodes: configs.map(({ plan, config }) => ({
      nodeId: plan.nodeId,
      config,
      roles: plan.roles.map((name) => allRoles.find((role) => role.name === name)!),
    })),
    telemetry,
    onFatal: life.fatal,
  });
  return {
    notReady: () => host.notReady(),
    bootstrap: async () => host.kafkaAddresses(),
    metrics: () => telemetry.metrics.render(),
    stop: () => host.stop(),
    refused: new Promise(() => undefined),
  };
}

function startSplit(options: UpArguments, plans: NodePlan[], life: ProcessLife): Cluster {
  const supervisor = new Supervisor({
    plans,
    dataDir: options.dataDir,
    restart: options.restart,
    programOf: (role) => join(__dirname, "..", "..", role, "dist", `${role}.cjs`),
    say: (line) => {
      if (!life.isEnding()) process.stderr.write(`${line}\n`);
    },
  });
  supervisor.start();
  return {
    notReady: () => supervisor.notReady(),
    bootstrap: () => supervisor.bootstrap(),
    metrics: () => supervisor.metrics(),
    stop: () => supervisor.stop(),
    refused: supervisor.refused,
  };
}

/**
 * Makes the directory, proves that it can be written, and claims it for this process; two clusters on one directory
 * would destroy each other's files. Returns how to release it.
 */
function claimDataDirectory(dataDir: string): () => void {
  const file = join(dataDir, "run", "up.pid");
  try {
    for (const folder of ["run", "log"]) mkdirSync(join(dataDir, folder), { recursive: true });
    const holder = readPid(file);
    if (holder !== undefined && holder !== process.pid && isProcessAlive(holder)) {
      throw new UsageError(
        `${dataDir} is in use by the cluster of process ${holder}: stop that one (kill ${holder}) or choose another directory with --data`,
      );
    }
    writeFileSync(file, `${process.pid}\n`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `cannot use ${dataDir} as the data directory: ${(error as Error).message}; choose another one with --data`,
    );
  }
  return () => {
    if (readPid(file) === process.pid) rmSync(file, { force: true });
  };
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
