// kafka-metadata-quorum. Source: org.apache.kafka.tools.MetadataQuorumCommand of Kafka 4.1.
import type { Admin, QuorumReplica } from "@moldau/client";
import { tabbedTable } from "../columns";
import { toText } from "../java-error";
import { bootstrapController, bootstrapServer, commandConfig } from "../options";
import type { ClientSettings, KafkaTool, ToolRun } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";
import { controllerOf } from "./controller-config";

const ZERO_UUID = "AAAAAAAAAAAAAAAAAAAAAA";
const settings: ClientSettings = { controllers: true };

export const metadataQuorumTool: KafkaTool = {
  name: "kafka-metadata-quorum",
  purpose: "the controllers' quorum: describe it, add and remove controllers",
  summary: "This tool describes kraft metadata quorum status.",
  examples: [
    ["--bootstrap-server localhost:9092 describe --status", "who leads, who votes"],
    ["--bootstrap-server localhost:9092 describe --replication --human-readable", "how far each is"],
  ],
  options: [bootstrapServer, bootstrapController, commandConfig],
  describe: toText,
  subcommands: {
    describe: {
      summary: "describe the metadata quorum info",
      options: [
        { flag: "status", help: "a short summary" },
        { flag: "replication", help: "how far each controller and broker is" },
        { flag: "human-readable", help: "times as spans" },
      ],
      async run(tool) {
        const { options } = tool;
        if (options.has("status") && options.has("replication")) {
          throw new ToolError("Only one of --status or --replication should be specified with describe sub-command");
        }
        if (options.has("status") && options.has("human-readable")) {
          throw new ToolError("The option --human-readable is only supported along with --replication");
        }
        if (!options.has("status") && !options.has("replication")) {
          throw new ToolError("One of --status or --replication must be specified with describe sub-command");
        }
        await tool.withAdmin(
          (admin) => (options.has("status") ? status(tool, admin) : replication(tool, admin)),
          settings,
        );
      },
    },
    "add-controller": {
      summary: "add a controller to the KRaft controller cluster; --command-config is its configuration file",
      options: [{ flag: "dry-run", help: "print what would be done, but do not do it" }],
      async run(tool) {
        if (!tool.options.has("command-config")) {
          throw new ToolError(
            "You must supply the configuration file of the controller you are adding when using add-controller.",
          );
        }
        const controller = await controllerOf(await tool.properties(), tool.terminal);
        const dryRun = tool.options.has("dry-run");
        if (!dryRun) await tool.withAdmin((admin) => admin.addRaftVoter(controller), settings);
        const endpoints = controller.endpoints
          .map(({ name, host, port }) => `${name}://${host.includes(":") ? `[${host}]` : host}:${port}`)
          .join(", ");
        tool.print(
          `${dryRun ? "DRY RUN of adding" : "Added"} controller ${controller.id} with directory id ` +
            `${controller.directoryId} and endpoints: ${endpoints}`,
        );
      },
    },
    "remove-controller": {
      summary: "remove a controller from the KRaft controller cluster",
      options: [
        { flag: "controller-id", short: "i", value: "id", type: "integer", help: "the controller" },
        { flag: "controller-directory-id", short: "d", value: "id", help: "the id of its directory" },
        { flag: "dry-run", help: "print what would be done, but do not do it" },
      ],
      async run({ options, print, withAdmin }) {
        const id = options.integer("controller-id");
        const directoryId = options.value("controller-directory-id");
        if (id === undefined) throw new ToolUsageError("argument --controller-id/-i is required");
        if (directoryId === undefined) throw new ToolUsageError("argument --controller-directory-id/-d is required");
        if (id < 0) throw new ToolError(`Invalid negative --controller-id: ${id}`);
        if (!/^[A-Za-z0-9_-]{22}$/.test(directoryId)) {
          throw new ToolError(`Failed to parse --controller-directory-id: ${directoryId} is no id of 22 characters`);
        }
        const dryRun = options.has("dry-run");
        if (!dryRun) await withAdmin((admin) => admin.removeRaftVoter({ id, directoryId }), settings);
        // Kafka's own text has two spaces here.
        print(
          `${dryRun ? "DRY RUN of removing " : "Removed "} KRaft controller ${id} with directory id ${directoryId}`,
        );
      },
    },
  },
};

async function quorumOf(admin: Admin) {
  const quorum = await admin.describeQuorum();
  if (quorum === undefined) throw new ToolError("The cluster cannot be asked for its quorum.");
  const leader = quorum.voters.find(({ id }) => id === quorum.leaderId);
  if (leader === undefined) throw new ToolError("No value present");
  return { ...quorum, leader };
}

async function status({ options, print }: ToolRun, admin: Admin): Promise<void> {
  const { clusterId } = await admin.describeEndpoints({ controllers: options.has("bootstrap-controller") });
  const quorum = await quorumOf(admin);
  const { leader, voters } = quorum;
  const last = voters.reduce((least, voter) => (voter.logEndOffset < least.logEndOffset ? voter : least));
  const known = leader.lastCaughtUpTimestamp >= 0 && last.lastCaughtUpTimestamp >= 0;
  const lagMs = leader === last ? 0 : known ? leader.lastCaughtUpTimestamp - last.lastCaughtUpTimestamp : -1;
  print(`ClusterId:              ${clusterId}`);
  print(`LeaderId:               ${quorum.leaderId}`);
  print(`LeaderEpoch:            ${quorum.leaderEpoch}`);
  print(`HighWatermark:          ${quorum.highWatermark}`);
  print(`MaxFollowerLag:         ${leader.logEndOffset - last.logEndOffset}`);
  print(`MaxFollowerLagTimeMs:   ${lagMs}`);
  print(`CurrentVoters:          [${voters.map(shown).join(", ")}]`);
  print(`CurrentObservers:       [${quorum.observers.map(shown).join(", ")}]`);
}

function shown({ id, directoryId, endpoints }: QuorumReplica): string {
  const list = endpoints.map(
    ({ name, host, port }) => `"${name}://${host.includes(":") ? `[${host}]` : host}:${port}"`,
  );
  return `{${[
    `"id": ${id}`,
    ...(directoryId === ZERO_UUID ? [] : [`"directoryId": "${directoryId}"`]),
    ...(list.length === 0 ? [] : [`"endpoints": [${list.join(", ")}]`]),
  ].join(", ")}}`;
}

async function replication({ options, terminal, print }: ToolRun, admin: Admin): Promise<void> {
  const { leader, voters, observers } = await quorumOf(admin);
  const now = terminal.wallMs();
  const time = (ms: number): string => {
    if (ms < 0) return "-1";
    return options.has("human-readable") ? `${Math.max(0, now - ms)} ms ago` : String(ms);
  };
  const line = (replica: QuorumReplica, role: string): string[] => [
    String(replica.id),
    replica.directoryId,
    String(replica.logEndOffset),
    String(leader.logEndOffset - replica.logEndOffset),
    time(replica.lastFetchTimestamp),
    time(replica.lastCaughtUpTimestamp),
    role,
  ];
  const rows = [
    line(leader, "Leader"),
    ...voters.filter((voter) => voter !== leader).map((voter) => line(voter, "Follower")),
    ...observers.map((observer) => line(observer, "Observer")),
  ];
  const head = [
    "NodeId",
    "DirectoryId",
    "LogEndOffset",
    "Lag",
    "LastFetchTimestamp",
    "LastCaughtUpTimestamp",
    "Status",
  ];
  for (const text of tabbedTable(head, rows)) print(text);
}
