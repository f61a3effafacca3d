import { KafkaError, type NodeId } from "@moldau/base";
import { alterPartition, assignShards, changePartition, NodeSessions, registerNode } from "@moldau/control";
import { type PartitionImage, record } from "@moldau/metadata";
import { on, World } from "../../../libs/control/src/testing/world";
import { expect, type Scenario } from "./scenario";

/** Three brokers and a topic `t` of one partition on them, led by 1. */
function world(topicDefaults: Record<string, string> = { "min.insync.replicas": "2" }): World {
  const created = new World(topicDefaults);
  for (const nodeId of [1, 2, 3]) created.node(nodeId);
  created.create({ name: "t", assignments: on([1, 2, 3]) });
  return created;
}

function partitionOf({ image }: World): PartitionImage {
  return image.topicsByName.get("t")!.partitions[0]!;
}

/** What the controller answers to broker `from`, who wants `isr`. */
function alter(
  at: World,
  from: NodeId,
  wish: { isr: readonly NodeId[]; partitionEpoch?: number; leaderEpoch?: number; staleMember?: NodeId },
): number {
  const { image, settings } = at;
  const { id: topicId } = image.topicsByName.get("t")!;
  const is = partitionOf(at);
  const decision = alterPartition(image, settings, {
    brokerId: from,
    brokerEpoch: image.brokers.get(from)!.epoch,
    partitions: [
      {
        topicId,
        partition: 0,
        leaderEpoch: wish.leaderEpoch ?? is.leaderEpoch,
        partitionEpoch: wish.partitionEpoch ?? is.partitionEpoch,
        newIsr: wish.isr.map((brokerId) => ({
          brokerId,
          brokerEpoch: image.brokers.get(brokerId)!.epoch - (brokerId === wish.staleMember ? 1 : 0),
        })),
        leaderRecoveryState: 0,
      },
    ],
  });
  at.apply(decision.records);
  return decision.reply.partitions[0]!.errorCode;
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  "an ISR change decided on an older state is refused": () => {
    const at = world();
    const { partitionEpoch } = partitionOf(at);
    expect(alter(at, 1, { isr: [1, 2] }) === KafkaError.NONE, "replica 3 leaves");
    const late = alter(at, 1, { isr: [1, 2, 3], partitionEpoch });
    expect(late === KafkaError.INVALID_UPDATE_VERSION, "a change from before that is refused");
    expect(at.partition("t") === "1/1,2/", "and the ISR stays as it is");
  },

  "a former leader changes no ISR": () => {
    const at = world();
    const { leaderEpoch, partitionEpoch } = partitionOf(at);
    at.fence(1);
    at.unfence(1);
    expect(partitionOf(at).leader !== 1, "another replica leads");
    const late = alter(at, 1, { isr: [1, 2, 3], leaderEpoch, partitionEpoch });
    expect(late === KafkaError.FENCED_LEADER_EPOCH, "the former leader is fenced");
  },

  "a replica of a former life does not join the ISR": () => {
    const at = world();
    alter(at, 1, { isr: [1, 2] });
    const joined = alter(at, 1, { isr: [1, 2, 3], staleMember: 3 });
    expect(joined === KafkaError.INELIGIBLE_REPLICA, "broker 3 was registered again since it fetched (KIP-903)");
  },

  "a fenced replica does not join the ISR": () => {
    const at = world();
    at.fence(3);
    expect(at.partition("t") === "1/1,2/", "replica 3 left with its fence");
    expect(alter(at, 1, { isr: [1, 2, 3] }) === KafkaError.INELIGIBLE_REPLICA, "and does not join under it (KIP-841)");
  },

  "who leaves an ISR that is large enough is not eligible any more": () => {
    const at = world();
    const change = (nodes: readonly NodeId[]) =>
      changePartition({
        topicId: at.image.topicsByName.get("t")!.id,
        partition: partitionOf(at),
        isAcceptableLeader: () => true,
        minIsr: 2,
        elrEnabled: true,
        targetIsr: nodes,
      });
    at.apply([change([1, 2])!]);
    expect(at.partition("t") === "1/1,2/", "replica 3 left and two remain: records are committed without it");
    at.apply([change([1])!]);
    expect(at.partition("t") === "1/1/2", "replica 2 left an ISR that is too small since: it stays eligible (KIP-966)");
  },

  "a replica that came back from an unclean stop is not eligible any more": () => {
    const at = world();
    at.apply([record("FeatureLevelRecord", { name: "eligible.leader.replicas.version", featureLevel: 1 })]);
    at.fence(3);
    at.fence(2);
    expect(at.partition("t") === "1/1/2", "replica 2 left an ISR that is too small since: it is eligible");
    const { records } = registerNode(
      at.image,
      at.settings,
      new NodeSessions(1_000),
      {
        nodeId: 2,
        clusterId: "",
        incarnationId: "another-incarnation-22",
        roles: ["broker"],
        endpoints: [],
        logDirs: [],
        previousNodeEpoch: -1,
        previousIncarnationIds: [],
      },
      0,
    );
    at.apply(records);
    expect(at.partition("t") === "1/1/", "it may have lost what it had (KIP-966)");
  },

  "a shard's new owner has a new epoch": () => {
    const at = new World({}, true);
    for (const nodeId of [1, 2]) at.node(nodeId, { roles: ["broker", "coordinator"] });
    at.create({ name: "__consumer_offsets", assignments: on([1, 2]) });
    const topicId = at.image.topicsByName.get("__consumer_offsets")!.id;
    const before = at.image.shardOwner(topicId, 0)!;
    at.fence(before.ownerId);
    const after = at.image.shardOwner(topicId, 0)!;
    expect(after.ownerId !== before.ownerId, "another node owns the shard");
    expect(after.ownerEpoch > before.ownerEpoch, "under an epoch that fences the former owner");
    expect(assignShards(at.image).length === 0, "and nothing more is to be done");
  },
};
