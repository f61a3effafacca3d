import { KafkaError } from "@moldau/base";
import { ConfigResourceType, record } from "@moldau/metadata";
import { incrementalAlterConfigs } from "./alter-configs";
import { electLeaders } from "./elect-leaders";
import { bootstrapRecords, updateFeatures } from "./features";
import { partitionsAfter } from "./leadership";
import { changePartition } from "./partition-change";
import { unregisterNode } from "./registration";
import { on, World } from "./testing/world";

const ELR = "eligible.leader.replicas.version";
let world: World;

function begin(minIsr: number): void {
  world = new World({ "min.insync.replicas": String(minIsr) });
  world.apply(bootstrapRecords(world.image, world.settings, "A".repeat(22)));
  for (const nodeId of [1, 2, 3, 4]) world.node(nodeId);
  world.create({ name: "t", assignments: on([1, 2, 3]) });
}

const partition = () => world.image.topicsByName.get("t")!.partitions[0]!;

/** Sets (or, with null, deletes) min.insync.replicas of a resource. */
function setMinIsr(resourceType: number, resourceName: string, value: number | null): string {
  const [answer] = world.decide(
    incrementalAlterConfigs(world.image, world.settings, {
      validateOnly: false,
      resources: [
        {
          resourceType,
          resourceName,
          configs: [
            {
              name: "min.insync.replicas",
              configOperation: value === null ? 1 : 0,
              value: value === null ? null : String(value),
            },
          ],
        },
      ],
    }),
  );
  return answer!.errorCode === KafkaError.NONE ? world.partition("t") : answer!.errorMessage!;
}

describe("the election from the ELR", () => {
  beforeEach(() => begin(2));

  it("does not happen while the ISR has anybody, alive or not", () => {
    world.apply([
      record("PartitionChangeRecord", {
        topicId: world.image.topicsByName.get("t")!.id,
        partitionId: 0,
        isr: [1],
        eligibleLeaderReplicas: [2],
      }),
    ]);
    const was = partition();
    const topicId = world.image.topicsByName.get("t")!.id;
    const common = { topicId, partition: was, minIsr: 2, elrEnabled: true };
    // The ISR's only member cannot lead, and it stays in the ISR: whoever is in the ELR may lack what it has since.
    const only2 = changePartition({ ...common, isAcceptableLeader: (id) => id === 2 });
    expect(only2).toMatchObject({ value: { leader: -1 } });
    expect(only2).not.toMatchObject({ value: { isr: expect.anything() as unknown } });
    for (const election of ["preferred", "online"] as const) {
      const change = changePartition({ ...common, election, isAcceptableLeader: (id) => id === 2 || id === 3 });
      expect(change).toMatchObject({ value: { leader: -1 } });
    }
    // Once the ISR is empty it may.
    const empty = changePartition({ ...common, targetIsr: [], isAcceptableLeader: (id) => id === 2 });
    expect(empty).toMatchObject({ value: { leader: 2, isr: [2], eligibleLeaderReplicas: [1] } });
  });

  it("is clean; who led last comes only where nobody else is known, and that is not", () => {
    world.fence(3);
    world.fence(2);
    expect(world.partition("t")).toBe("1/1/2");
    world.fence(1);
    expect(world.partition("t")).toBe("-1//2,1");
    expect(partition().lastKnownElr).toEqual([1]);
    world.unfence(3);
    expect(world.partition("t")).toBe("-1//2,1");
    world.unfence(2);
    expect(world.partition("t")).toBe("2/2/1");
    expect(partition()).toMatchObject({ lastKnownElr: [], leaderRecoveryState: 0 });
  });

  it("passes over those that stopped uncleanly; the last leader is taken back, marked as recovering", () => {
    for (const nodeId of [3, 2, 1]) world.fence(nodeId);
    for (const nodeId of [1, 2]) {
      world.apply(partitionsAfter(world.image, world.settings, { kind: "lost-unclean", nodeId }));
    }
    expect(world.partition("t")).toBe("-1//");
    world.unfence(2);
    expect(world.partition("t")).toBe("-1//");
    world.unfence(1);
    expect(world.partition("t")).toBe("1/1/");
    expect(partition().leaderRecoveryState).toBe(1);
  });

  it("leaves out a node that was unregistered, also one that was in the ELR only", () => {
    world.fence(3);
    world.fence(2);
    expect(world.decide(unregisterNode(world.image, world.settings, 2)).errorCode).toBe(0);
    expect(world.partition("t")).toBe("1/1/");
    expect(world.decide(unregisterNode(world.image, world.settings, 1)).errorCode).toBe(0);
    expect(world.partition("t")).toBe("-1//");
    expect(world.decide(unregisterNode(world.image, world.settings, 1)).errorCode).toBe(
      KafkaError.BROKER_ID_NOT_REGISTERED,
    );
  });

  it("by request: preferred ones stay within ISR and ELR, unclean ones take anybody alive", () => {
    for (const nodeId of [3, 2, 1]) world.fence(nodeId);
    world.unfence(3);
    const elect = (electionType: number) => {
      const request = { electionType, topicPartitions: [{ topic: "t", partitions: [0] }], timeoutMs: 0 };
      const { replicaElectionResults } = world.decide(electLeaders(world.image, world.settings, request));
      return replicaElectionResults[0]!.partitionResult[0]!.errorCode;
    };
    expect(elect(0)).toBe(KafkaError.PREFERRED_LEADER_NOT_AVAILABLE);
    expect(elect(1)).toBe(0);
    expect(world.partition("t")).toBe("3/3/");
    expect(partition().leaderRecoveryState).toBe(1);
    expect(elect(1)).toBe(KafkaError.ELECTION_NOT_NEEDED);
  });
});

describe("min.insync.replicas", () => {
  beforeEach(() => begin(3));

  it("lowered to what the ISR has clears the ELR: from then on the leader commits without it", () => {
    world.fence(3);
    expect(world.partition("t")).toBe("1/1,2/3");
    expect(setMinIsr(ConfigResourceType.TOPIC, "t", 2)).toBe("1/1,2/");
  });

  it("lowered to still more than the ISR has leaves those who have everything", () => {
    world.fence(3);
    world.fence(2);
    expect(world.partition("t")).toBe("1/1/3,2");
    expect(setMinIsr(ConfigResourceType.TOPIC, "t", 2)).toBe("1/1/3,2");
    expect(setMinIsr(ConfigResourceType.TOPIC, "t", 1)).toBe("1/1/");
  });

  it("raised makes nobody eligible who was not", () => {
    setMinIsr(ConfigResourceType.TOPIC, "t", 2);
    world.fence(3);
    expect(world.partition("t")).toBe("1/1,2/");
    expect(setMinIsr(ConfigResourceType.TOPIC, "t", 3)).toBe("1/1,2/");
  });

  it("of the cluster counts for topics without their own", () => {
    world.fence(3);
    expect(setMinIsr(ConfigResourceType.BROKER, "", 2)).toBe("1/1,2/");
  });

  it("is one for all brokers while there are ELRs", () => {
    expect(setMinIsr(ConfigResourceType.BROKER, "1", 2)).toMatch(/^Broker-level .* cannot be altered/);
    expect(setMinIsr(ConfigResourceType.BROKER, "", null)).toMatch(/^Cluster-level .* cannot be removed/);
    expect(world.image.configs(ConfigResourceType.BROKER, "").get("min.insync.replicas")).toBe("3");
  });
});

describe("the feature", () => {
  beforeEach(() => begin(2));

  const update = (level: number, upgradeType: number, options: { validateOnly?: boolean; feature?: string } = {}) => {
    const { feature = ELR, validateOnly = false } = options;
    const featureUpdates = [{ feature, maxVersionLevel: level, allowDowngrade: false, upgradeType }];
    const { errorCode, errorMessage } = world.decide(
      updateFeatures(world.image, world.settings, { timeoutMs: 0, validateOnly, featureUpdates }),
    );
    return errorCode === KafkaError.NONE ? (world.image.features.get(ELR) ?? 0) : errorMessage;
  };

  it("goes up and down as asked, and says why not", () => {
    expect(update(0, 1)).toMatch(/Can't downgrade the version of this feature without/);
    expect(update(0, 2, { validateOnly: true })).toBe(1);
    expect(update(0, 2)).toBe(0);
    expect(update(1, 2)).toMatch(/Can't downgrade to a newer version/);
    expect(update(2, 1)).toMatch(/The cluster supports versions 0-1/);
    expect(update(-1, 1)).toMatch(/less than 0/);
    expect(update(1, 0)).toMatch(/does not support the given upgrade type/);
    expect(update(1, 1, { feature: "no.such" })).toMatch(/does not support this feature/);
    expect(update(7, 2, { feature: "metadata.version" })).toMatch(/might delete metadata information/);
    expect(update(7, 3, { feature: "metadata.version" })).toMatch(/Unsafe metadata downgrade is not supported/);
    expect(update(1, 1)).toBe(1);
  });

  it("off leaves every partition somebody who may lead it", () => {
    for (const nodeId of [3, 2, 1]) world.fence(nodeId);
    expect(world.partition("t")).toBe("-1//2,1");
    update(0, 2);
    expect(world.partition("t")).toBe("-1/2,1/");
    expect(partition().lastKnownElr).toEqual([]);
    world.unfence(3);
    expect(partition().leader).toBe(-1);
    world.unfence(1);
    expect(world.partition("t")).toBe("1/2,1/");
  });

  it("on makes min.insync.replicas one for the cluster", () => {
    update(0, 2);
    expect(setMinIsr(ConfigResourceType.BROKER, "1", 1)).toBe("1/1,2,3/");
    expect(setMinIsr(ConfigResourceType.BROKER, "", null)).toBe("1/1,2,3/");
    update(1, 1);
    expect([...world.image.configs(ConfigResourceType.BROKER, "")]).toEqual([["min.insync.replicas", "2"]]);
    expect(world.image.configs(ConfigResourceType.BROKER, "1").size).toBe(0);
  });
});
