import { KafkaError, kafkaErrorName } from "@moldau/base";
import { record } from "@moldau/metadata";
import { alterPartition } from "./alter-partition";
import { createPartitions } from "./create-partitions";
import { deleteTopics } from "./delete-topics";
import { alterPartitionReassignments, listPartitionReassignments } from "./reassign-partitions";
import { on, World } from "./testing/world";

/** A cluster of brokers 1 to 5 with topic `t` on what is given, told about in one line a step. */
class Story {
  readonly world: World;
  readonly told: string[] = [];

  constructor(replicas: number[], options: { elr?: boolean; topicDefaults?: Record<string, string> } = {}) {
    this.world = new World(options.topicDefaults);
    if (options.elr === true) {
      this.world.apply([record("FeatureLevelRecord", { name: "eligible.leader.replicas.version", featureLevel: 1 })]);
    }
    for (const nodeId of [1, 2, 3, 4, 5]) this.world.node(nodeId);
    this.world.create({ name: "t", assignments: on(replicas) });
  }

  get partition() {
    return this.world.image.topicsByName.get("t")!.partitions[0]!;
  }

  /** `leader@epoch replicas +adding -removing isr elr` */
  get state(): string {
    const { leader, leaderEpoch, replicas, adding, removing, isr, elr } = this.partition;
    const moves = `${adding.length > 0 ? ` +${adding.join()}` : ""}${removing.length > 0 ? ` -${removing.join()}` : ""}`;
    return `${leader}@${leaderEpoch} on ${replicas.join()}${moves} isr ${isr.join()}${elr.length > 0 ? ` elr ${elr.join()}` : ""}`;
  }

  /** Asks for other replicas, or (null) to cancel. */
  reassign(replicas: number[] | null, allowReplicationFactorChange = true): string {
    const { world } = this;
    const topics = [{ name: "t", partitions: [{ partitionIndex: 0, replicas }] }];
    const request = { timeoutMs: 0, allowReplicationFactorChange, topics };
    const { responses } = world.decide(alterPartitionReassignments(world.image, world.settings, request));
    return this.answer(responses[0]!.partitions[0]!.errorCode);
  }

  /** The leader wishes for an ISR. */
  isr(...isr: number[]): string {
    const { world, partition } = this;
    const { leader, leaderEpoch, partitionEpoch } = partition;
    const outcome = world.decide(
      alterPartition(world.image, world.settings, {
        brokerId: leader,
        brokerEpoch: world.image.brokers.get(leader)!.epoch,
        partitions: [
          {
            topicId: world.image.topicsByName.get("t")!.id,
            partition: 0,
            leaderEpoch,
            partitionEpoch,
            newIsr: isr.map((brokerId) => ({ brokerId, brokerEpoch: -1 })),
            leaderRecoveryState: 0,
          },
        ],
      }),
    );
    return this.answer(outcome.partitions[0]!.errorCode);
  }

  fence(nodeId: number): string {
    this.world.fence(nodeId);
    return this.state;
  }

  unfence(nodeId: number): string {
    this.world.unfence(nodeId);
    return this.state;
  }

  private answer(errorCode: number): string {
    return errorCode === KafkaError.NONE ? this.state : `${kafkaErrorName(errorCode)}: ${this.state}`;
  }
}

describe("a reassignment", () => {
  it("adds first, and takes away when all that stay are in sync; the leader hands over then", () => {
    const story = new Story([1, 2, 3]);
    expect(story.reassign([4, 5, 3])).toBe("1@0 on 4,5,3,1,2 +4,5 -1,2 isr 1,2,3");
    expect(story.isr(1, 2, 3, 4)).toBe("1@0 on 4,5,3,1,2 +4,5 -1,2 isr 1,2,3,4");
    expect(story.isr(1, 2, 3, 4, 5)).toBe("NEW_LEADER_ELECTED: 4@1 on 4,5,3 isr 3,4,5");
  });

  it("that keeps the leader starts a new epoch where a replica goes, none where none goes", () => {
    const story = new Story([1, 2]);
    story.reassign([1, 3]);
    expect(story.isr(1, 2, 3)).toBe("1@1 on 1,3 isr 1,3");
    story.reassign([1, 3, 4]);
    expect(story.isr(1, 3, 4)).toBe("1@1 on 1,3,4 isr 1,3,4");
  });

  it("is over at once where nothing has to be copied", () => {
    const story = new Story([1, 2, 3]);
    expect(story.reassign([3, 2, 1])).toBe("1@0 on 3,2,1 isr 1,2,3");
    expect(story.reassign([2])).toBe("2@1 on 2 isr 2");
    expect(story.reassign([2])).toBe("2@1 on 2 isr 2");
  });

  it("changes the number of replicas both ways, where that is allowed", () => {
    const story = new Story([1]);
    expect(story.reassign([1, 2, 3], false)).toBe("INVALID_REPLICATION_FACTOR: 1@0 on 1 isr 1");
    expect(story.reassign([1, 2, 3])).toBe("1@0 on 1,2,3 +2,3 isr 1");
    // The factor that counts is the one it is headed for.
    expect(story.reassign([1], false)).toMatch(/^INVALID_REPLICATION_FACTOR/);
    expect(story.reassign([1, 2, 4], false)).toBe("1@0 on 1,2,4,3 +2,3,4 -3 isr 1");
    expect(story.isr(1, 2)).toBe("1@0 on 1,2,4,3 +2,3,4 -3 isr 1,2");
    expect(story.isr(1, 2, 4)).toBe("1@1 on 1,2,4 isr 1,2,4");
    expect(story.reassign([4, 2])).toBe("4@2 on 4,2 isr 2,4");
  });

  it("waits for a replica that is away and shall stay", () => {
    const story = new Story([1, 2, 3]);
    story.fence(3);
    expect(story.reassign([2, 3])).toBe("1@0 on 2,3,1 -1 isr 1,2");
    story.unfence(3);
    expect(story.isr(1, 2, 3)).toBe("NEW_LEADER_ELECTED: 2@1 on 2,3 isr 2,3");
  });

  it("is replaced by another one from where it stands", () => {
    const story = new Story([1, 2]);
    story.reassign([3, 4]);
    story.isr(1, 2, 3);
    expect(story.reassign([3, 5])).toBe("1@0 on 3,5,1,2,4 +3,4,5 -1,2,4 isr 1,2,3");
    expect(story.isr(1, 2, 3, 5)).toBe("NEW_LEADER_ELECTED: 3@1 on 3,5 isr 3,5");
  });

  it("back to where it came from is a cancellation", () => {
    const story = new Story([1, 2]);
    story.reassign([3, 4]);
    story.isr(1, 2, 3);
    expect(story.reassign([1, 2])).toBe("1@1 on 1,2 isr 1,2");
  });

  it("survives its leader: the next one comes from the ISR, which may be a new replica", () => {
    const story = new Story([1, 2]);
    story.reassign([3, 4]);
    story.isr(1, 2, 3);
    story.fence(2);
    expect(story.fence(1)).toBe("3@1 on 3,4,1,2 +3,4 -1,2 isr 3");
    expect(story.isr(3, 4)).toBe("3@2 on 3,4 isr 3,4");
  });

  it("ends with any change that brings about its end, a fencing too", () => {
    const story = new Story([1, 2, 3]);
    story.reassign([4, 2]);
    story.fence(2);
    story.isr(1, 3, 4);
    expect(story.state).toBe("1@0 on 4,2,1,3 +4 -1,3 isr 1,3,4");
    story.unfence(2);
    expect(story.reassign([4])).toBe("4@1 on 4 isr 4");
  });

  it("leaves nobody in the ELR who is no replica any more", () => {
    const story = new Story([1, 2, 3], { elr: true, topicDefaults: { "min.insync.replicas": "2" } });
    story.fence(3);
    expect(story.fence(2)).toBe("1@0 on 1,2,3 isr 1 elr 2");
    expect(story.reassign([1])).toBe("1@1 on 1 isr 1");
    expect(story.partition.elr).toEqual([]);
  });

  it("does not come to its end on account of an ELR", () => {
    const story = new Story([1, 2], { elr: true, topicDefaults: { "min.insync.replicas": "2" } });
    story.reassign([3]);
    story.isr(1, 2, 3);
    expect(story.state).toBe("3@1 on 3 isr 3");
    expect(story.reassign([4])).toBe("3@1 on 4,3 +4 -3 isr 3");
    expect(story.fence(3)).toBe("-1@2 on 4,3 +4 -3 isr  elr 3");
    expect(story.unfence(3)).toBe("3@3 on 4,3 +4 -3 isr 3");
    expect(story.isr(3, 4)).toBe("NEW_LEADER_ELECTED: 4@4 on 4 isr 4");
  });

  it("that lost all it came from ends with an unclean election, where that is allowed", () => {
    const story = new Story([1], { topicDefaults: { "unclean.leader.election.enable": "true" } });
    story.reassign([2]);
    expect(story.fence(1)).toBe("2@1 on 2 isr 2");
    expect(story.partition.leaderRecoveryState).toBe(1);
  });

  it("goes with its topic, and new partitions get the replicas that stay", () => {
    const story = new Story([1, 2]);
    const { world } = story;
    story.reassign([3, 4]);
    const request = { topics: [{ name: "t", count: 2, assignments: null }], timeoutMs: 0, validateOnly: false };
    world.decide(createPartitions(world.image, request, world.random, () => true));
    expect(world.image.topicsByName.get("t")!.partitions[1]!.replicas).toHaveLength(2);
    world.decide(
      deleteTopics(
        world.image,
        world.settings,
        {
          topicNames: [],
          topics: [{ name: "t", topicId: "AAAAAAAAAAAAAAAAAAAAAA" }],
          timeoutMs: 0,
        },
        () => true,
      ),
    );
    expect(listPartitionReassignments(world.image, { topics: null })).toEqual([]);
  });
});

describe("a cancellation", () => {
  it("takes back what was added, and nobody else", () => {
    const story = new Story([1, 2, 3]);
    story.reassign([4, 5, 3]);
    story.isr(1, 2, 3, 4);
    expect(story.reassign(null)).toBe("1@1 on 3,1,2 isr 1,2,3");
    expect(story.reassign(null)).toBe("NO_REASSIGNMENT_IN_PROGRESS: 1@1 on 3,1,2 isr 1,2,3");
  });

  it("leaves nobody in the ELR who was only being added", () => {
    const story = new Story([1, 2, 3], { elr: true, topicDefaults: { "min.insync.replicas": "3" } });
    story.reassign([1, 2, 4]);
    story.fence(2);
    expect(story.isr(1, 3, 4)).toBe("1@0 on 1,2,4,3 +4 -3 isr 1,3,4");
    expect(story.fence(3)).toBe("1@0 on 1,2,4,3 +4 -3 isr 1,4 elr 3");
    expect(story.reassign(null)).toBe("1@1 on 1,2,3 isr 1 elr 3");
  });

  it("of the second of two takes back what both added", () => {
    const story = new Story([1, 2]);
    story.reassign([3, 2]);
    expect(story.reassign([4, 2])).toBe("1@0 on 4,2,1,3 +3,4 -1,3 isr 1,2");
    expect(story.reassign(null)).toBe("1@1 on 2,1 isr 1,2");
  });

  it("moves the leader off a replica that goes", () => {
    const story = new Story([1, 2]);
    story.reassign([3, 4]);
    story.isr(1, 2, 3);
    story.fence(1);
    story.fence(2);
    story.unfence(2);
    expect(story.isr(2, 3)).toBe("3@1 on 3,4,1,2 +3,4 -1,2 isr 2,3");
    expect(story.reassign(null)).toBe("2@2 on 1,2 isr 2");
  });

  it("that leaves nobody in sync needs an unclean election, so the topic must allow it", () => {
    const story = new Story([1]);
    story.reassign([2, 3]);
    story.isr(1, 2);
    story.fence(1);
    expect(story.state).toBe("2@1 on 2,3,1 +2,3 -1 isr 2");
    expect(story.reassign(null)).toBe("INVALID_REPLICA_ASSIGNMENT: 2@1 on 2,3,1 +2,3 -1 isr 2");

    const reckless = new Story([1], { topicDefaults: { "unclean.leader.election.enable": "true" } });
    reckless.reassign([2, 3]);
    reckless.isr(1, 2);
    reckless.fence(1);
    reckless.unfence(1);
    expect(reckless.reassign(null)).toBe("1@2 on 1 isr 1");
    expect(reckless.partition.leaderRecoveryState).toBe(1);
  });
});

describe("what is asked for", () => {
  it("is refused partition by partition, with the reason", () => {
    const { world } = new Story([1, 2]);
    world.node(9, { roles: ["coordinator"] });
    const ask = (name: string, partitionIndex: number, replicas: number[] | null) => ({
      name,
      partitions: [{ partitionIndex, replicas }],
    });
    const each = (topic: ReturnType<typeof ask>) => {
      const request = { timeoutMs: 0, allowReplicationFactorChange: true, topics: [topic] };
      const { records, reply } = alterPartitionReassignments(world.image, world.settings, request);
      const { errorCode, errorMessage } = reply.responses[0]!.partitions[0]!;
      return `${records.length} ${kafkaErrorName(errorCode)} ${errorMessage}`;
    };
    expect(each(ask("nope", 0, [1]))).toBe("0 UNKNOWN_TOPIC_OR_PARTITION Unable to find a topic named nope.");
    expect(each(ask("t", 7, [1]))).toBe("0 UNKNOWN_TOPIC_OR_PARTITION Unable to find partition t:7.");
    expect(each(ask("t", 0, []))).toMatch(/^0 INVALID_REPLICA_ASSIGNMENT .*empty replica list/);
    expect(each(ask("t", 0, [3, 3]))).toMatch(/^0 INVALID_REPLICA_ASSIGNMENT .*broker 3 more than once/);
    expect(each(ask("t", 0, [3, 77]))).toMatch(/^0 INVALID_REPLICA_ASSIGNMENT .*broker 77, but no such broker/);
    expect(each(ask("t", 0, [3, 9]))).toMatch(/^0 INVALID_REPLICA_ASSIGNMENT .*node 9, which stores no partitions/);
    expect(each(ask("t", 0, null))).toMatch(/^0 NO_REASSIGNMENT_IN_PROGRESS/);

    const twice = [ask("t", 0, [3]), ask("t", 0, [4])];
    const request = { timeoutMs: 0, allowReplicationFactorChange: true, topics: twice };
    const { records, reply } = alterPartitionReassignments(world.image, world.settings, request);
    expect(reply.responses.map((topic) => topic.partitions[0]!.errorCode)).toEqual([0, KafkaError.INVALID_REQUEST]);
    expect(records).toHaveLength(1);
  });

  it("is listed while it is under way: all of it, or what is asked for", () => {
    const { world } = new Story([1, 2]);
    world.create({ name: "u", assignments: on([1, 2], [2, 3]) });
    const topics = [
      { name: "t", partitions: [{ partitionIndex: 0, replicas: [3, 2] }] },
      { name: "u", partitions: [{ partitionIndex: 1, replicas: [2, 3, 4] }] },
    ];
    const request = { timeoutMs: 0, allowReplicationFactorChange: true, topics };
    world.decide(alterPartitionReassignments(world.image, world.settings, request));
    const t = {
      name: "t",
      partitions: [{ partitionIndex: 0, replicas: [3, 2, 1], addingReplicas: [3], removingReplicas: [1] }],
    };
    const u = {
      name: "u",
      partitions: [{ partitionIndex: 1, replicas: [2, 3, 4], addingReplicas: [4], removingReplicas: [] }],
    };
    expect(listPartitionReassignments(world.image, { topics: null })).toEqual([t, u]);
    expect(listPartitionReassignments(world.image, { topics: [] })).toEqual([]);
    const some = [
      { name: "u", partitionIndexes: [0, 1, 1, 5] },
      { name: "nope", partitionIndexes: [0] },
    ];
    expect(listPartitionReassignments(world.image, { topics: some })).toEqual([u]);
  });
});
