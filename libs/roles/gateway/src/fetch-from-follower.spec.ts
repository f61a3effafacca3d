import { loadConfig } from "@moldau/config";
import type { ReadRequest } from "@moldau/contracts";
import type { RoleContext } from "@moldau/host";
import { imageOf, record } from "@moldau/metadata";
import {
  ApiKey,
  chunksOf,
  Reader,
  readFetchResponse,
  Writer,
  writeFetchRequest,
  writeRequestHeader,
} from "@moldau/protocol";
import { createTestTelemetry } from "@moldau/telemetry";
import type { AdvertisePolicy } from "./advertise";
import { dispatch } from "./dispatch";
import { Gateway } from "./gateway";
import { RequestMetrics } from "./request-metrics";

const topicId = "AAAAAAAAAAAAAAAAAAAAAQ";

/** Partition 0 led by broker 1, followed by broker 2; partition 1 the other way round; partition 2 on broker 1 alone. */
const image = imageOf(
  [
    record("TopicRecord", { name: "t", topicId }),
    ...[[1, 2], [2, 1], [1]].map((replicas, partitionId) =>
      record("PartitionRecord", {
        partitionId,
        topicId,
        replicas,
        isr: replicas,
        removingReplicas: [],
        addingReplicas: [],
        leader: replicas[0]!,
        leaderRecoveryState: 0,
        leaderEpoch: 3,
        partitionEpoch: 0,
        directories: [],
      }),
    ),
  ],
  { offset: 9, epoch: 2 },
);

/** Fetches partitions 0 to 2 and says which broker was asked for which; `preferred` is what the leader of 0 names. */
async function askedBy(options: {
  rackId: string;
  targetNode?: number;
  policy?: AdvertisePolicy;
  preferred?: number;
  replicaId?: number;
}) {
  const { rackId, targetNode, preferred = -1, replicaId = -1 } = options;
  const policy = options.policy ?? { kind: "ports", listener: "PLAINTEXT", own: { host: "gw", port: 9092 } };
  const asked = new Map<number, number>();
  const telemetry = createTestTelemetry();
  const context = {
    nodeId: 2,
    config: loadConfig({}),
    clock: { nowMs: () => 0, monotonicMs: () => 0 },
    telemetry,
    observer: { image, caughtUp: true, leaderId: 201 },
    peers: {
      broker: (brokerId: number) => ({
        read: async (request: ReadRequest) => {
          // The broker has no other word for who may read from a follower.
          if (replicaId === -2) expect(request.rackId).not.toBe("");
          else expect(request.rackId).toBe(rackId);
          return {
            partitions: request.partitions.map(({ partition }) => {
              asked.set(partition, brokerId);
              return {
                topicId,
                partition,
                errorCode: 0,
                highWatermark: 5,
                lastStableOffset: 5,
                logStartOffset: 0,
                divergingEpoch: -1,
                divergingEndOffset: -1,
                currentLeaderId: -1,
                currentLeaderEpoch: -1,
                aborted: [],
                preferredReadReplica: partition === 0 ? preferred : -1,
                records: [],
              };
            }),
          };
        },
      }),
    },
  } as unknown as RoleContext;
  const gateway = new Gateway(context, policy, Math.random);
  const metrics = new RequestMetrics(telemetry.metrics);
  const signal = new AbortController().signal;
  const origin = {
    user: "ANONYMOUS",
    clientHost: "",
    client: { port: 1 },
    listener: "",
    targetNode,
    signal,
    memory: { frameIsFree: () => undefined, lend: () => undefined, takesFiles: false },
    channel: { mute: () => undefined },
  };
  const fetch = async (sessionId: number, sessionEpoch: number, partitions: number[]) => {
    const writer = new Writer();
    writeRequestHeader(writer, { apiKey: ApiKey.Fetch, apiVersion: 13, correlationId: 7, clientId: "spec" });
    const wanted = partitions.map((partition) => ({
      partition,
      currentLeaderEpoch: 3,
      fetchOffset: 5,
      partitionMaxBytes: 100,
    }));
    const topics = wanted.length > 0 ? [{ topic: "", topicId, partitions: wanted }] : [];
    const of = { sessionId, sessionEpoch, replicaId, rackId };
    const request = { ...of, maxWaitMs: 0, minBytes: 1, topics, forgottenTopicsData: [] };
    writeFetchRequest(writer, request, 13);
    const chunks = await dispatch(writer.toBytes(), origin, gateway, metrics);
    return readFetchResponse(new Reader(Buffer.concat(chunksOf(chunks!)), 5), 13);
  };
  const first = await fetch(0, 0, [0, 1, 2]);
  const second = await fetch(first.sessionId, 1, []);
  const preferredOf = ({ responses }: typeof first) =>
    responses.flatMap((topic) => topic.partitions.map((p) => [p.partitionIndex, p.preferredReadReplica]));
  return { asked: [0, 1, 2].map((partition) => asked.get(partition)), again: preferredOf(second) };
}

it("asks the replica whose port a consumer with a rack has chosen, and the leader where that is none", async () => {
  expect(await askedBy({ rackId: "b", targetNode: 2 })).toMatchObject({ asked: [2, 2, 1] });
  expect(await askedBy({ rackId: "b", targetNode: 1 })).toMatchObject({ asked: [1, 1, 1] });
});

it("asks the leaders for a consumer without a rack, or on the bootstrap port", async () => {
  expect(await askedBy({ rackId: "", targetNode: 2 })).toMatchObject({ asked: [1, 2, 1] });
  expect(await askedBy({ rackId: "b" })).toMatchObject({ asked: [1, 2, 1] });
});

it("asks the replica behind the door for who compares replicas, rack or not", async () => {
  expect(await askedBy({ rackId: "", targetNode: 2, replicaId: -2 })).toMatchObject({ asked: [2, 2, 1] });
  expect(await askedBy({ rackId: "", targetNode: 1, replicaId: -2 })).toMatchObject({ asked: [1, 1, 1] });
});

it("takes this process's own broker where each broker is its own gateway", async () => {
  const policy = { kind: "self", listener: "PLAINTEXT" } as const;
  expect(await askedBy({ rackId: "b", policy })).toMatchObject({ asked: [2, 2, 1] });
});

it("tells a consumer where to go also in an incremental answer in which nothing else changed", async () => {
  expect(await askedBy({ rackId: "b", targetNode: 1, preferred: 2 })).toMatchObject({ again: [[0, 2]] });
});
