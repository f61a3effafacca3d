import type { Command } from "commander";
import { fields, plural, table } from "../render";
import { examples, type Session } from "../session";

export function clusterInfo(parent: Command, session: Session): void {
  parent
    .command("info")
    .description("show nodes, controller, quorum and features")
    .addHelpText("after", examples([["moldau cluster info --bootstrap kafka.example:9092", "of any Kafka cluster"]]))
    .action(() => run(session));
}

async function run(session: Session): Promise<void> {
  const info = await session.withAdmin(async (admin) => {
    const [cluster, topics, quorum, features] = await Promise.all([
      admin.describeCluster(),
      admin.listTopics(),
      // Clusters before KRaft know neither.
      admin.describeQuorum().catch(() => undefined),
      admin.features().catch(() => []),
    ]);
    return {
      ...cluster,
      nodes: [...cluster.nodes].sort((a, b) => a.nodeId - b.nodeId),
      topics: topics.length,
      partitions: topics.reduce((sum, topic) => sum + topic.partitions, 0),
      quorum: quorum ?? null,
      features,
    };
  });
  await session.print({
    data: info,
    text: async () => {
      const quorum = info.quorum;
      const head = fields([
        ["Cluster", info.clusterId],
        ["Controller", info.controllerId < 0 ? "none" : info.controllerId],
        ["Topics", `${info.topics} with ${plural(info.partitions, "partition")}`],
        ...(quorum
          ? ([
              [
                "Quorum",
                `leader ${quorum.leaderId}, epoch ${quorum.leaderEpoch}, committed to ${quorum.highWatermark}`,
              ],
              ["Voters", quorum.voters.map(({ id }) => id).join(", ")],
              ["Observers", quorum.observers.map(({ id }) => id).join(", ") || "none"],
            ] as const)
          : []),
        ...(info.features.length > 0
          ? ([["Features", info.features.map(({ name, level }) => `${name}=${level}`).join(", ")]] as const)
          : []),
      ]);
      const nodes = await table(
        ["NODE", "ADDRESS", "RACK"],
        info.nodes.map((node) => [node.nodeId, `${node.host}:${node.port}`, node.rack ?? undefined]),
      );
      return `${head}\n\n${nodes}`;
    },
  });
}
