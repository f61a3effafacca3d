import fc from "fast-check";
import { applyRecords, imageOf } from "./builder";
import { diffImages } from "./diff";
import { packEntry, unpackEntry } from "./entry";
import { emptyImage } from "./image-data";
import { type MetadataRecord, record } from "./records";
import { recordsOf } from "./snapshot";

const topicIds = ["AAAAAAAAAAAAAAAAAAAAAQ", "AAAAAAAAAAAAAAAAAAAAAg", "AAAAAAAAAAAAAAAAAAAAAw"];
const nodeIds = fc.constantFrom(1, 2, 3);
const nodeList = fc.uniqueArray(nodeIds, { maxLength: 3 });

/** A command that is turned into a record only where it makes sense for the image so far. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("node" as const), id: nodeIds, rack: fc.option(fc.constantFrom("a", "b")) }),
  fc.record({ kind: fc.constant("unregister" as const), id: nodeIds }),
  fc.record({ kind: fc.constant("topic" as const), topic: fc.nat(2), partitions: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant("remove" as const), topic: fc.nat(2) }),
  fc.record({
    kind: fc.constant("change" as const),
    topic: fc.nat(2),
    partition: fc.nat(3),
    isr: fc.option(nodeList),
    elr: fc.option(nodeList),
    leader: fc.constantFrom(-2, -1, 1, 2),
    state: fc.constantFrom(-1, 0, 1),
  }),
  fc.record({ kind: fc.constant("owner" as const), topic: fc.nat(2), partition: fc.nat(3), owner: nodeIds }),
  fc.record({ kind: fc.constant("config" as const), name: fc.constantFrom("k", "l"), value: fc.option(fc.string()) }),
  fc.record({ kind: fc.constant("feature" as const), level: fc.nat(3) }),
  fc.record({
    kind: fc.constant("quota" as const),
    user: fc.constantFrom(undefined, null, "u"),
    client: fc.constantFrom(null, "c"),
    key: fc.constantFrom("producer_byte_rate", "request_percentage"),
    value: fc.double({ min: 0.5, max: 1e9, noNaN: true }),
    remove: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("producers" as const), next: fc.nat(100_000) }),
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function build(steps: readonly Step[]) {
  let image = emptyImage();
  let offset = 0;
  for (const each of steps) {
    const records: MetadataRecord[] = [];
    if (each.kind === "node") {
      records.push(
        record("RegisterBrokerRecord", {
          brokerId: each.id,
          incarnationId: topicIds[0]!,
          brokerEpoch: offset,
          endPoints: [{ name: "RPC", host: "h", port: 1, securityProtocol: 0 }],
          rack: each.rack,
          fenced: offset % 2 === 0,
          inControlledShutdown: false,
          logDirs: [topicIds[1]!],
        }),
      );
    } else if (each.kind === "unregister") {
      const node = image.brokers.get(each.id);
      if (node) records.push(record("UnregisterBrokerRecord", { brokerId: each.id, brokerEpoch: node.epoch }));
    } else if (each.kind === "config") {
      records.push(record("ConfigRecord", { resourceType: 4, resourceName: "", name: each.name, value: each.value }));
    } else if (each.kind === "feature") {
      records.push(record("FeatureLevelRecord", { name: "f", featureLevel: each.level }));
    } else if (each.kind === "quota") {
      const { user, client, key, value, remove } = each;
      const entity = [
        ...(user === undefined ? [] : [{ entityType: "user", entityName: user }]),
        { entityType: "client-id", entityName: client },
      ];
      // Whichever kind is named first, it is the same entity.
      if (offset % 2 === 0) entity.reverse();
      records.push(record("ClientQuotaRecord", { entity, key, value, remove }));
    } else if (each.kind === "producers") {
      records.push(record("ProducerIdsRecord", { brokerId: 1, brokerEpoch: 0, nextProducerId: each.next }));
    } else {
      const topicId = topicIds[each.topic]!;
      const topic = image.topicsById.get(topicId);
      if (each.kind === "topic" && topic === undefined) {
        records.push(record("TopicRecord", { name: `t${each.topic}`, topicId }));
        for (let partitionId = 0; partitionId < each.partitions; partitionId++) {
          records.push(
            record("PartitionRecord", {
              partitionId,
              topicId,
              replicas: [1, 2, 3],
              isr: [1, 2],
              removingReplicas: [3],
              addingReplicas: [],
              leader: 1,
              leaderRecoveryState: 0,
              leaderEpoch: 4,
              partitionEpoch: 2,
              directories: [],
            }),
          );
        }
      } else if (each.kind === "remove" && topic !== undefined) {
        records.push(record("RemoveTopicRecord", { topicId }));
      } else if (each.kind === "change" && topic?.partitions[each.partition] !== undefined) {
        records.push(
          record("PartitionChangeRecord", {
            topicId,
            partitionId: each.partition,
            isr: each.isr,
            eligibleLeaderReplicas: each.elr,
            leader: each.leader,
            leaderRecoveryState: each.state,
          }),
        );
      } else if (each.kind === "owner" && topic?.partitions[each.partition] !== undefined) {
        const { partition, owner } = each;
        records.push(record("ShardOwnerRecord", { topicId, partition, ownerId: owner, ownerEpoch: offset }));
      }
    }
    const was = image;
    const next = applyRecords(image, records, { offset: ++offset, epoch: 1 });
    // What the builder says has changed covers what the comparison of the two images finds.
    const found = diffImages(was, next.image);
    for (const [id, topic] of found.topics) {
      expect(next.delta.topics.get(id)?.kind).toBe(topic.kind);
      for (const partition of topic.partitions) expect(next.delta.topics.get(id)?.partitions).toContain(partition);
    }
    for (const id of found.nodes) expect(next.delta.nodes).toContain(id);
    for (const resource of found.configs) expect(next.delta.configs).toContainEqual(resource);
    for (const [id, partitions] of found.shards) {
      for (const partition of partitions) expect(next.delta.shards.get(id)).toContain(partition);
    }
    if (found.clientQuotasChanged) expect(next.delta.clientQuotasChanged).toBe(true);
    image = next.image;
  }
  return image;
}

describe("a snapshot", () => {
  it("rebuilds the image it was taken of", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const image = build(steps);
        const records = [...recordsOf(image)];
        const again = imageOf(records, { offset: image.offset, epoch: image.epoch });
        const difference = diffImages(image, again);
        expect(difference.topics.size + difference.nodes.size + difference.shards.size).toBe(0);
        expect(difference.configs).toEqual([]);
        expect([difference.featuresChanged, difference.producerIdsChanged]).toEqual([false, false]);
        expect(difference.clientQuotasChanged).toBe(false);
        expect([...recordsOf(again)]).toEqual(records);
      }),
      { numRuns: 200 },
    );
  });
});

describe("an entry of the metadata log", () => {
  it("gives back the records packed into it, and refuses bytes cut off anywhere", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (records) => {
        const bytes = packEntry(records);
        expect(unpackEntry(bytes).map((each) => [...each])).toEqual(records.map((each) => [...each]));
        if (bytes.length > 1) expect(() => unpackEntry(bytes.subarray(0, bytes.length - 1))).toThrow(/metadata entry/);
      }),
    );
  });

  it("refuses a count that its bytes cannot hold", () => {
    expect(() => unpackEntry(Uint8Array.of(0xff, 0xff, 0xff, 0x7f))).toThrow(/claims/);
  });
});
