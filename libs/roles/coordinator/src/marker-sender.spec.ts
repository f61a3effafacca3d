import { KafkaError } from "@moldau/base";
import type { WriteMarkersRequest } from "@moldau/contracts";
import type { MetadataImage } from "@moldau/metadata";
import type { Peers } from "@moldau/rpc";
import { createTestTelemetry } from "@moldau/telemetry";
import { ImageWatch } from "./image-watch";
import { type DecidedTransaction, MarkerSender } from "./marker-sender";

const transaction = (...partitions: [string, number][]): DecidedTransaction => ({
  transactionalId: "transfers",
  producerId: 7,
  producerEpoch: 3,
  coordinatorEpoch: 2,
  commit: true,
  transactionVersion: 2,
  partitions: partitions.map(([topic, partition]) => ({ topic, partition })),
});

describe("MarkerSender", () => {
  const stopping = new AbortController();
  afterAll(() => stopping.abort());

  /** Topic orders with a leader for each partition, shards of groups with an owner each; `answer` says what a node replies. */
  function sender(answer: (node: string, request: WriteMarkersRequest) => Promise<number>) {
    const asked: { node: string; partitions: number[] }[] = [];
    const at = (node: string) => ({
      writeMarkers: async (request: WriteMarkersRequest) => {
        const all = request.markers.flatMap(({ partitions }) => partitions.map(({ partition }) => partition));
        asked.push({ node, partitions: all });
        const errorCode = await answer(node, request);
        return {
          markers: request.markers.map(({ partitions }) => ({
            partitions: partitions.map((partition) => ({ ...partition, errorCode })),
          })),
        };
      },
    });
    const topic = (id: string) => ({ id, partitions: [{ leader: 1 }, { leader: 2 }, { leader: 1 }] });
    const image = {
      topicsByName: new Map([
        ["orders", topic("o")],
        ["__consumer_offsets", topic("g")],
      ]),
      shardOwner: () => ({ ownerId: 101, ownerEpoch: 1 }),
    } as unknown as MetadataImage;
    const peers = { broker: (id: number) => at(`broker ${id}`), coordinator: (id: number) => at(`coordinator ${id}`) };
    const { log } = createTestTelemetry();
    const context = { nodeId: 101, peers: peers as unknown as Peers, image: () => image, watch: new ImageWatch(), log };
    return { markers: new MarkerSender(context, stopping.signal), asked };
  }

  it("asks the leader of each partition, and the owner of a shard of groups", async () => {
    const { markers, asked } = sender(() => Promise.resolve(KafkaError.NONE));
    const partitions: [string, number][] = [
      ["orders", 0],
      ["orders", 1],
      ["orders", 2],
      ["__consumer_offsets", 1],
    ];
    await markers.write(transaction(...partitions), stopping.signal);
    expect(asked).toEqual([
      { node: "broker 1", partitions: [0, 2] },
      { node: "broker 2", partitions: [1] },
      { node: "coordinator 101", partitions: [1] },
    ]);
  });

  it("goes on until it is written, whatever comes in between", async () => {
    let tries = 0;
    const { markers } = sender(() => {
      tries++;
      if (tries === 1) return Promise.reject(new Error("connection lost"));
      return Promise.resolve(tries < 4 ? KafkaError.NOT_LEADER_OR_FOLLOWER : KafkaError.NONE);
    });
    await markers.write(transaction(["orders", 0]), stopping.signal);
    expect(tries).toBe(4);
  });

  it("takes a newer epoch, and a topic that is gone, for an end", async () => {
    const { markers, asked } = sender(() => Promise.resolve(KafkaError.INVALID_PRODUCER_EPOCH));
    await markers.write(transaction(["orders", 0], ["deleted", 0]), stopping.signal);
    expect(asked).toEqual([{ node: "broker 1", partitions: [0] }]);
  });

  it("has one request under way to a node; what is decided meanwhile goes with the next", async () => {
    let release: (errorCode: number) => void = () => undefined;
    const { markers, asked } = sender(() =>
      asked.length === 1 ? new Promise((resolve) => (release = resolve)) : Promise.resolve(KafkaError.NONE),
    );
    const all = [markers.write(transaction(["orders", 0]), stopping.signal)];
    await new Promise((resolve) => setImmediate(resolve));
    all.push(markers.write(transaction(["orders", 2]), stopping.signal));
    all.push(markers.write(transaction(["orders", 0]), stopping.signal));
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(1);
    release(KafkaError.NONE);
    await Promise.all(all);
    expect(asked.slice(1)).toEqual([{ node: "broker 1", partitions: [2, 0] }]);
  });
});
