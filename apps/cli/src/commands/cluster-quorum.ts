import type { Admin, QuorumEndpoint, QuorumReplica } from "@moldau/client";
import type { Command } from "commander";
import { usageError } from "../errors";
import { fields, plural, table } from "../render";
import { examples, type Session } from "../session";

const UNKNOWN_DIRECTORY = "A".repeat(22);

/** The metadata quorum: who votes, who follows, and changes of that (KIP-853). */
export function clusterQuorum(parent: Command, session: Session): void {
  const quorum = parent.command("quorum").description("show and change the controllers that vote");
  quorum.addHelpText("after", examples([["moldau cluster quorum describe", "who leads, who is late"]]));
  quorum
    .command("describe")
    .description("show the voters and observers of the metadata log, and how far behind they are")
    .addHelpText("after", examples([["moldau cluster quorum describe", "who leads, who is late"]]))
    .action(() => describe(session));
  quorum
    .command("add")
    .description("make a controller that follows the metadata log a voter")
    .argument("<id>", "node id of the controller", nodeId)
    .requiredOption("--endpoint <name://host:port>", "where it answers the other controllers")
    .option("--directory-id <id>", "directory.id of its meta.properties; default: of the observer with that node id")
    .addHelpText(
      "after",
      examples([
        ["moldau cluster quorum add 204 --endpoint RPC://10.0.0.4:19393", "once 204 runs"],
        [
          "moldau cluster quorum add 4 --endpoint CONTROLLER://10.0.0.4:9093 --directory-id …",
          "of an Apache Kafka cluster",
        ],
      ]),
    )
    .action((id: number, options: { endpoint: string; directoryId?: string }) => add(session, id, options));
  quorum
    .command("remove")
    .description("let a controller vote no more; it goes on following while it runs")
    .argument("<id>", "node id of the controller", nodeId)
    .option("--directory-id <id>", "its directory.id; default: of the voter with that node id")
    .addHelpText(
      "after",
      examples([["moldau cluster quorum remove 203", "before it is taken away, or when it lost its disk"]]),
    )
    .action((id: number, options: { directoryId?: string }) => remove(session, id, options));
}

function nodeId(value: string): number {
  if (!/^\d+$/.test(value)) throw usageError(`"${value}" is not a node id, e.g. 201`);
  return Number(value);
}

/** `NAME://host:port` @throws CliError */
export function parseEndpoint(value: string): QuorumEndpoint {
  const match = /^([A-Za-z0-9_]+):\/\/(\[[^\]]*\]|[^:[\]]+):(\d+)$/.exec(value);
  if (match === null || Number(match[3]) > 65_535) {
    throw usageError(`--endpoint ${value}: give it as NAME://host:port, e.g. RPC://127.0.0.1:19393`);
  }
  return { name: match[1]!, host: match[2]!.replace(/^\[|\]$/g, ""), port: Number(match[3]) };
}

async function quorumOf(admin: Admin): Promise<NonNullable<Awaited<ReturnType<Admin["describeQuorum"]>>>> {
  const quorum = await admin.describeQuorum();
  if (quorum === undefined) throw usageError("this cluster has no metadata quorum: it is older than KRaft");
  return quorum;
}

async function describe(session: Session): Promise<void> {
  const quorum = await session.withAdmin(quorumOf);
  const { leaderId, leaderEpoch, highWatermark, voters, observers } = quorum;
  const leader = voters.find(({ id }) => id === leaderId);
  const row = (role: string) => (replica: QuorumReplica) => [
    replica.id,
    replica.id === leaderId ? "leader" : role,
    replica.directoryId === UNKNOWN_DIRECTORY ? undefined : replica.directoryId,
    replica.logEndOffset < 0 ? undefined : replica.logEndOffset,
    leader === undefined || replica.logEndOffset < 0
      ? undefined
      : Math.max(0, leader.logEndOffset - replica.logEndOffset),
    replica.lastFetchTimestamp < 0 || leader === undefined
      ? undefined
      : `${Math.max(0, leader.lastFetchTimestamp - replica.lastFetchTimestamp)} ms ago`,
    replica.endpoints.map(({ name, host, port }) => `${name}://${host}:${port}`).join(", ") || undefined,
  ];
  await session.print({
    data: quorum,
    text: async () => {
      const head = fields([
        ["Leader", leaderId < 0 ? "none" : leaderId],
        ["Epoch", leaderEpoch],
        ["Committed to", highWatermark],
        ["Voters", voters.length],
        ["Observers", observers.length],
      ]);
      const replicas = await table(
        ["NODE", "ROLE", "DIRECTORY", "LOG END", "BEHIND", "HEARD", "ENDPOINTS"],
        [...voters.map(row("voter")), ...observers.map(row("observer"))],
      );
      return `${head}\n\n${replicas}`;
    },
  });
}

async function add(session: Session, id: number, options: { endpoint: string; directoryId?: string }): Promise<void> {
  const endpoint = parseEndpoint(options.endpoint);
  const voters = await session.withAdmin(async (admin) => {
    const { observers } = await quorumOf(admin);
    const directoryId = options.directoryId ?? observers.find((each) => each.id === id)?.directoryId;
    if (directoryId === undefined) {
      const seen = observers.map((each) => each.id).join(", ") || "none";
      throw usageError(
        `controller ${id} does not follow the metadata log (observers: ${seen}); start it, or give --directory-id`,
      );
    }
    await admin.addRaftVoter({ id, directoryId, endpoints: [endpoint] });
    return (await quorumOf(admin)).voters;
  });
  await printChange(session, id, "added", voters);
}

async function remove(session: Session, id: number, options: { directoryId?: string }): Promise<void> {
  const voters = await session.withAdmin(async (admin) => {
    const before = (await quorumOf(admin)).voters;
    const directoryId = options.directoryId ?? before.find((each) => each.id === id)?.directoryId;
    if (directoryId === undefined) {
      throw usageError(`controller ${id} is no voter; the voters are ${before.map((each) => each.id).join(", ")}`);
    }
    await admin.removeRaftVoter({ id, directoryId });
    return (await quorumOf(admin)).voters;
  });
  await printChange(session, id, "removed", voters);
}

async function printChange(
  session: Session,
  id: number,
  change: "added" | "removed",
  voters: readonly QuorumReplica[],
): Promise<void> {
  const ids = voters.map((each) => each.id);
  await session.print({
    data: { nodeId: id, change, voters: ids },
    text: () => `${change} controller ${id}; ${plural(ids.length, "voter")}: ${ids.join(", ")}`,
  });
}
