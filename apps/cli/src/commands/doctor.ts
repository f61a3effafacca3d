import type { Admin } from "@moldau/client";
import type { Command } from "commander";
import { diagnose, type DoctorFacts, type Finding } from "../doctor";
import { CliError } from "../errors";
import { collect } from "../parse-options";
import { readProcessFacts } from "../process-facts";
import { examples, type Session } from "../session";

export function doctor(program: Command, session: Session): void {
  program
    .command("doctor")
    .description(
      "look for the usual mistakes: listeners, clocks, disks, replication, open files; exit status 1 on errors",
    )
    .option("--admin <host:port>", "admin port of a process, for its clock and open files; may be repeated", collect)
    .addHelpText(
      "after",
      examples([
        ["moldau doctor --bootstrap kafka.example.org:9092", "from where the clients are"],
        ["moldau doctor --admin 127.0.0.1:9644", "with what a process tells about itself"],
      ]),
    )
    .action((options: { admin?: string[] }) => run(session, options.admin ?? []));
}

async function run(session: Session, adminPorts: readonly string[]): Promise<void> {
  const findings = diagnose(await session.withAdmin((admin) => examine(session, admin, adminPorts)));
  if (findings.some(({ level }) => level === "error")) session.exitCode = 1;
  await session.print({ data: findings, text: () => findings.map(lineOf).join("\n") });
}

const marks: Readonly<Record<Finding["level"], string>> = {
  ok: "ok      ",
  warning: "WARNING ",
  error: "ERROR   ",
  skipped: "skipped ",
};

function lineOf({ check, level, message, fix }: Finding): string {
  const indent = " ".repeat(marks.ok.length);
  return `${marks[level]}${check}: ${message}${fix === undefined ? "" : `\n${indent}-> ${fix}`}`;
}

async function examine(session: Session, admin: Admin, adminPorts: readonly string[]): Promise<DoctorFacts> {
  const { terminal } = session;
  const knock = async (address: string): Promise<string | undefined> => {
    try {
      await terminal.reach([address]);
      return undefined;
    } catch (error) {
      return error instanceof CliError ? (error.reason ?? error.message) : String(error);
    }
  };
  const cluster = await admin.describeCluster();
  const [bootstrap, nodes, quorum, logDirs, topics, processes] = await Promise.all([
    Promise.all(session.settings().bootstrap.map(async (address) => ({ address, problem: await knock(address) }))),
    Promise.all(
      cluster.nodes.map(async ({ nodeId, host, port }) => {
        const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
        return { nodeId, address, problem: await knock(address) };
      }),
    ),
    // Clusters before KRaft have none.
    admin.describeQuorum().catch(() => undefined),
    admin.describeLogDirs(),
    admin.describeTopics(),
    Promise.all(adminPorts.map((address) => readProcessFacts(address, () => terminal.wallMs()))),
  ]);
  const nowMs = terminal.wallMs();
  const leader = quorum?.voters.find(({ id }) => id === quorum.leaderId);
  const minInSync = new Map<string, number>();
  await Promise.all(
    topics.map(async ({ name }) => {
      const entries = await admin.describeConfigs({ type: "topic", name }).catch(() => []);
      const value = entries.find((entry) => entry.name === "min.insync.replicas")?.value;
      if (value) minInSync.set(name, Number(value));
    }),
  );
  return {
    bootstrap,
    nodes,
    // The leader hears itself all the time, by its own clock.
    controllerAheadMs: leader && leader.lastFetchTimestamp >= 0 ? leader.lastFetchTimestamp - nowMs : undefined,
    logDirs,
    topics,
    minInSync,
    brokers: logDirs.filter(({ dirs }) => dirs.length > 0).length,
    processes,
  };
}
