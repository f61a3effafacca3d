import { readdirSync } from "node:fs";
import { join } from "node:path";
import { KafkaError, kafkaErrorName, type Uuid } from "@moldau/base";
import { noContext, readOf, TestCluster, eventually } from "./testing/test-cluster";
import { appendTo, consumeCommitted, endTransaction, transactionalBatch } from "./testing/transactional";

const unverified = { "transaction.partition.verification.enable": "false" };
let cluster: TestCluster;
beforeEach(() => {
  cluster = new TestCluster(unverified);
});
afterEach(() => cluster.stop());

/** Producers that write to one partition, each transaction's sequences in order. */
class Producer {
  #sequence = 0;
  constructor(
    readonly producerId: number,
    readonly topic: Uuid,
    public leader = 1,
  ) {}
  write(value: string): Promise<number | string> {
    const { producerId } = this;
    return appendTo(
      cluster,
      this.leader,
      this.topic,
      transactionalBatch(value, { producerId, baseSequence: this.#sequence++ }),
    );
  }
  end(commit: boolean): Promise<string> {
    return endTransaction(cluster, this.leader, this.topic, { producerId: this.producerId, commit });
  }
}

async function latest(nodeId: number, topicId: Uuid, isolationLevel: number): Promise<number> {
  const partitions = [{ topicId, partition: 0, currentLeaderEpoch: -1, timestamp: -1 }];
  const asked = { replicaId: -1, isolationLevel, partitions, timeoutMs: 1000 };
  return (await cluster.broker(nodeId).listOffsets(asked, noContext)).partitions[0]!.offset;
}

/** Small segments, so that transactions span them. Returns what a consumer of committed data has to see. */
async function tell(a: Producer, b: Producer, c: Producer): Promise<string[]> {
  const committed: string[] = [];
  for (let round = 0; round < 12; round++) {
    await a.write(`a${round}`);
    await b.write(`b${round}`);
    await c.write(`c${round}`);
    await a.write(`a${round}+`);
    expect(await b.end(round % 3 === 0)).toBe("NONE");
    if (round % 3 === 0) committed.push(`b${round}`);
    expect(await a.end(round % 2 === 0)).toBe("NONE");
    if (round % 2 === 0) committed.push(`a${round}`, `a${round}+`);
    if (round % 4 !== 3) continue;
    expect(await c.end(round === 7)).toBe("NONE");
    if (round === 7) committed.push("c4", "c5", "c6", "c7");
  }
  return committed.sort();
}

describe("one broker", () => {
  it("shows committed data only, through segments, a clean stop and a kill", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1], { "segment.bytes": "1000" });
    const [a, b, c] = [7, 8, 9].map((id) => new Producer(id, topic)) as [Producer, Producer, Producer];
    const committed = await tell(a, b, c);
    const folder = () => join(cluster.nodes.get(1)!.directories[0]!, "orders-0");
    await eventually(() => {
      expect(readdirSync(folder()).filter((name) => name.endsWith(".txnindex")).length).toBeGreaterThan(2);
    });
    const check = async () => {
      for (const maxBytes of [1, 700, 1024 * 1024]) {
        const { values, end } = await consumeCommitted(cluster, 1, topic, { maxBytes });
        expect(values.sort()).toEqual(committed);
        expect(end).toBe(await latest(1, topic, 1));
      }
    };
    await check();
    // What was open where the active segment begins can be told after a crash.
    const names = readdirSync(folder());
    const active = names.filter((name) => name.endsWith(".log")).at(-1)!;
    await eventually(() => expect(readdirSync(folder())).toContain(active.replace(".log", ".snapshot")));

    // Open across all of it: nothing behind its first record is stable.
    const open = await a.write("open");
    await b.write("behind");
    expect(await b.end(true)).toBe("NONE");
    expect(await latest(1, topic, 1)).toBe(open);
    expect(await latest(1, topic, 0)).toBe((open as number) + 3);
    await check();

    const killed = cluster.crashImage(1);
    await cluster.stopBroker(1);
    await cluster.startBroker(1);
    await check();
    await cluster.stopBroker(1);
    await cluster.startBroker(1, killed);
    await check();
    const { partitions } = await cluster
      .broker(1)
      .describeProducers({ partitions: [{ topicId: topic, partition: 0 }] }, noContext);
    expect(partitions[0]!.producers.find(({ producerId }) => producerId === 7)).toMatchObject({
      coordinatorEpoch: 1,
      currentTxnStartOffset: open,
    });
    expect(await a.end(false)).toBe("NONE");
    committed.push("behind");
    committed.sort();
    await check();
  });

  it("lets a reader of committed data wait for the end of a transaction, not for its records", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    const producer = new Producer(7, topic);
    const waiting = cluster.broker(1).read(readOf(topic, { isolationLevel: 1, maxWaitMs: 10_000 }), noContext);
    let over = false;
    void waiting.then(() => (over = true));
    await producer.write("a");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(over).toBe(false);
    expect(await producer.end(true)).toBe("NONE");
    expect((await waiting).partitions[0]!.records.length).toBeGreaterThan(0);
  });

  it("writes no marker twice under transactions v2, and lets none end a later transaction", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    const write = (producerEpoch: number) =>
      appendTo(
        cluster,
        1,
        topic,
        transactionalBatch(`e${producerEpoch}`, { producerId: 7, producerEpoch, baseSequence: 0 }),
      );
    const end = (producerEpoch: number, coordinatorEpoch = 1) =>
      endTransaction(cluster, 1, topic, {
        producerId: 7,
        producerEpoch,
        coordinatorEpoch,
        commit: true,
        transactionVersion: 2,
      });
    expect(await write(3)).toBe(0);
    expect(await end(4, 2)).toBe("NONE");
    expect(await end(4, 2)).toBe("NONE");
    expect(await latest(1, topic, 1)).toBe(2);
    expect(await write(4)).toBe(2);
    expect(await end(4, 2)).toBe("INVALID_PRODUCER_EPOCH");
    expect(await end(5, 1)).toBe("TRANSACTION_COORDINATOR_FENCED");
    expect(await latest(1, topic, 1)).toBe(2);
    expect(await end(5, 2)).toBe("NONE");
    expect(await write(4)).toBe("INVALID_PRODUCER_EPOCH");
    expect(await consumeCommitted(cluster, 1, topic)).toEqual({ values: ["e3", "e4"], end: 4 });
  });

  it("answers markers partition by partition, and leaves the coordinators' topics to their owners", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 2, [1]);
    const internal = cluster.createTopic("__consumer_offsets", 1, [1]);
    const partitions = [
      { topicId: topic, partition: 0 },
      { topicId: internal, partition: 0 },
      { topicId: topic, partition: 5 },
      { topicId: "AAAAAAAAAAAAAAAAAAAAAQ", partition: 0 },
      { topicId: topic, partition: 1 },
    ];
    const marker = {
      producerId: 7,
      producerEpoch: 0,
      coordinatorEpoch: 1,
      commit: true,
      transactionVersion: 1,
      partitions,
    };
    const { markers } = await cluster.broker(1).writeMarkers({ markers: [marker, marker], timeoutMs: 1000 }, noContext);
    const names = ["NONE", "INVALID_TOPIC_EXCEPTION", "UNKNOWN_TOPIC_OR_PARTITION", "UNKNOWN_TOPIC_ID", "NONE"];
    const expected = partitions.map((one, i) => ({
      ...one,
      errorCode: KafkaError[names[i] as keyof typeof KafkaError],
    }));
    expect(markers.map((one) => one.partitions)).toEqual([expected, expected]);
    expect(await latest(1, topic, 0)).toBe(2);
  });

  it("counts partitions whose transaction is late", async () => {
    await cluster.startBroker(1);
    const topic = cluster.createTopic("orders", 1, [1]);
    const metric = async () => {
      const lines = (await cluster.nodes.get(1)!.telemetry.metrics.render()).split("\n");
      const name = "kafka_server_replicamanager_partitionswithlatetransactionscount";
      return Number(lines.find((line) => line.startsWith(`${name} `))!.split(" ")[1]);
    };
    const timestamp = Date.now() - 30 * 60_000;
    const late = transactionalBatch("late", { producerId: 7, baseSequence: 0, timestamp });
    expect(await metric()).toBe(0);
    expect(await appendTo(cluster, 1, topic, late)).toBe(0);
    expect(await metric()).toBe(1);
    expect(await endTransaction(cluster, 1, topic, { producerId: 7, commit: false })).toBe("NONE");
    expect(await metric()).toBe(0);
  });
});

describe("three brokers", () => {
  it("show the same committed data whoever leads, and end what another leader began", async () => {
    for (const id of [1, 2, 3]) await cluster.startBroker(id);
    const topic = cluster.createTopic("orders", 1, [1, 2, 3], { "segment.bytes": "1000", "min.insync.replicas": "2" });
    const producers = [7, 8, 9].map((id) => new Producer(id, topic)) as [Producer, Producer, Producer];
    const committed = await tell(...producers);
    const [a, b] = producers;
    const open = await a.write("open");
    for (const leader of [2, 3]) {
      const folder = join(cluster.nodes.get(leader)!.directories[0]!, "orders-0");
      await eventually(() => {
        const names = readdirSync(folder);
        const active = names.filter((name) => name.endsWith(".log")).at(-1)!;
        expect(names).toContain(active.replace(".log", ".snapshot"));
      });
      cluster.elect(topic, 0, leader);
      await eventually(async () => expect(await latest(leader, topic, 0)).toBeGreaterThan(open as number));
      const { values, end } = await consumeCommitted(cluster, leader, topic, { maxBytes: 500 });
      expect(values.sort()).toEqual(committed);
      expect(end).toBe(open);
    }
    for (const one of producers) one.leader = 3;
    expect(await a.end(false)).toBe("NONE");
    await b.write("later");
    expect(await b.end(true)).toBe("NONE");
    const { values } = await consumeCommitted(cluster, 3, topic);
    expect(values.sort()).toEqual([...committed, "later"].sort());
  });

  it("say that a marker is not replicated yet, and have it once when it is sent again", async () => {
    for (const id of [1, 2]) await cluster.startBroker(id);
    const topic = cluster.createTopic("orders", 1, [1, 2], { "min.insync.replicas": "2" });
    const end = (timeoutMs: number) => {
      const partitions = [{ topicId: topic, partition: 0 }];
      const marker = {
        producerId: 7,
        producerEpoch: 1,
        coordinatorEpoch: 1,
        commit: true,
        transactionVersion: 2,
        partitions,
      };
      return cluster
        .broker(1)
        .writeMarkers({ markers: [marker], timeoutMs }, noContext)
        .then(({ markers }) => kafkaErrorName(markers[0]!.partitions[0]!.errorCode));
    };
    expect(await appendTo(cluster, 1, topic, transactionalBatch("a", { producerId: 7, baseSequence: 0 }))).toBe(0);
    cluster.acceptsIsrChanges = false;
    await cluster.stopBroker(2);
    expect(await end(100)).toBe("REQUEST_TIMED_OUT");
    expect(await end(100)).toBe("REQUEST_TIMED_OUT");
    expect(await latest(1, topic, 1)).toBe(0);
    await cluster.startBroker(2);
    expect(await end(5_000)).toBe("NONE");
    await eventually(async () => expect(await latest(1, topic, 1)).toBe(2));
  });
});
