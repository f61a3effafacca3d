import type { Admin } from "@moldau/client";
import type { Command } from "commander";
import { assessHealth, type Health } from "../health";
import { fields, plural } from "../render";
import { examples, type Session } from "../session";

export function clusterHealth(parent: Command, session: Session): void {
  parent
    .command("health")
    .description("check nodes, controller, offline and under-replicated partitions; exit status 1 unless healthy")
    .addHelpText(
      "after",
      examples([
        ["moldau cluster health", "what is wrong, if anything"],
        ["moldau cluster health --output json | jq -r .status", "healthy, degraded or unhealthy"],
      ]),
    )
    .action(() => run(session));
}

async function run(session: Session): Promise<void> {
  const health = await session.withAdmin(examine);
  await session.print({ data: health, text: () => textOf(health) });
  if (health.status !== "healthy") session.exitCode = 1;
}

async function examine(admin: Admin): Promise<Health> {
  const [cluster, topics, quorum, reassigning] = await Promise.all([
    admin.describeCluster(),
    admin.describeTopics(),
    // Clusters before KRaft have none.
    admin.describeQuorum().catch(() => undefined),
    admin.listReassignments().catch(() => []),
  ]);
  const lacking = topics.filter((topic) => topic.partitions.some(({ isr, replicas }) => isr.length < replicas.length));
  const minInSync = new Map<string, number>();
  await Promise.all(
    lacking.map(async ({ name }) => {
      const entries = await admin.describeConfigs({ type: "topic", name }).catch(() => []);
      const value = entries.find((entry) => entry.name === "min.insync.replicas")?.value;
      if (value) minInSync.set(name, Number(value));
    }),
  );
  return assessHealth({
    nodes: cluster.nodes.map(({ nodeId }) => nodeId),
    controllerId: cluster.controllerId,
    quorum,
    topics,
    reassigning,
    minInSync,
  });
}

function textOf(health: Health): string {
  const voters = health.quorum?.voters.map(({ id, behind, silentMs }) => {
    if (behind < 0) return `${id} (not heard of)`;
    const notes = [
      ...(behind > 0 ? [`${behind} behind`] : []),
      ...(silentMs > 5000 ? [`silent for ${Math.round(silentMs / 1000)} s`] : []),
    ];
    return notes.length === 0 ? String(id) : `${id} (${notes.join(", ")})`;
  });
  return fields([
    ["Status", health.status],
    ["Nodes", health.nodes.join(", ") || "none"],
    ["Controller", health.controllerId < 0 ? "none" : health.controllerId],
    ...(health.quorum ? ([["Quorum", `leader ${health.quorum.leaderId}, voters ${voters?.join(", ")}`]] as const) : []),
    ["Partitions", `${health.partitions} of ${plural(health.topics, "topic")}`],
    ["Offline", health.offlinePartitions.length],
    ["Below min ISR", health.underMinIsrPartitions.length],
    ["Under-replicated", health.underReplicatedPartitions.length],
    ["Reassigning", health.reassigningPartitions.length],
    ...health.problems.map((problem) => ["Problem", problem] as const),
  ]);
}
