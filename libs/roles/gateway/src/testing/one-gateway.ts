import { assert } from "@moldau/base";
import { loadConfig } from "@moldau/config";
import type { AppendRequest, EpochEndsRequest, OffsetsRequest, ReadRequest } from "@moldau/contracts";
import type { RoleContext } from "@moldau/host";
import { imageOf, type MetadataImage, record } from "@moldau/metadata";
import type { ExchangeMemory } from "@moldau/net";
import { chunksOf, Reader, writeProduceRequest, Writer, writeRequestHeader } from "@moldau/protocol";
import { type CallContext, PeerUnavailable } from "@moldau/rpc";
import { createTestTelemetry } from "@moldau/telemetry";
import type { AdvertisePolicy } from "../advertise";
import type { Answer } from "../call";
import { dispatch } from "../dispatch";
import { Gateway } from "../gateway";
import { RequestMetrics } from "../request-metrics";

export const topicId = "AAAAAAAAAAAAAAAAAAAAAQ";
const offsetsId = "AAAAAAAAAAAAAAAAAAAAAg";

/** Two brokers, a coordinator apart, topic t with partition 0 on broker 1, 1 on broker 2, 2 without a leader. */
export function image({ leaderOf0 = 1, listeners = ["RPC"] } = {}): MetadataImage {
  const node = (brokerId: number, roles: string[]) => [
    record("RegisterBrokerRecord", {
      brokerId,
      incarnationId: topicId,
      brokerEpoch: 5,
      endPoints: listeners.map((name, i) => ({ name, host: `${name}-${brokerId}`, port: 1 + i, securityProtocol: 0 })),
      rack: null,
      fenced: false,
      inControlledShutdown: false,
      logDirs: [],
    }),
    record("NodeRolesRecord", { nodeId: brokerId, roles }),
  ];
  const partition = (topic: string, partitionId: number, leader: number) =>
    record("PartitionRecord", {
      partitionId,
      topicId: topic,
      replicas: [Math.max(leader, 1)],
      isr: [Math.max(leader, 1)],
      removingReplicas: [],
      addingReplicas: [],
      leader,
      leaderRecoveryState: 0,
      leaderEpoch: 3,
      partitionEpoch: 0,
      directories: [],
    });
  return imageOf(
    [
      record("ClusterIdRecord", { clusterId: "the-cluster" }),
      ...node(1, ["broker"]),
      ...node(2, ["broker"]),
      ...node(101, ["coordinator"]),
      record("TopicRecord", { name: "t", topicId }),
      partition(topicId, 0, leaderOf0),
      partition(topicId, 1, 2),
      partition(topicId, 2, -1),
      record("TopicRecord", { name: "__consumer_offsets", topicId: offsetsId }),
      partition(offsetsId, 0, 1),
      record("ShardOwnerRecord", { topicId: offsetsId, partition: 0, ownerId: 101, ownerEpoch: 4 }),
    ],
    { offset: 9, epoch: 2 },
  );
}

export interface Brokers {
  listOffsets?(brokerId: number, request: OffsetsRequest): Promise<unknown>;
  epochEnds?(brokerId: number, request: EpochEndsRequest): Promise<unknown>;
  append?(brokerId: number, request: AppendRequest, observer: { image: MetadataImage }): Promise<unknown>;
  read?(brokerId: number, request: ReadRequest, call: CallContext): Promise<unknown>;
  coordinate?(): Promise<unknown>;
}

export const noMemory: ExchangeMemory = { frameIsFree: () => undefined, lend: () => undefined, takesFiles: false };

/** A gateway over brokers that the test plays; gives how to ask it. */
export function startGateway(
  brokers: Brokers = {},
  policy: AdvertisePolicy = { kind: "ports", listener: "PLAINTEXT", own: { host: "gw", port: 9092 } },
  memory: ExchangeMemory = noMemory,
  known: MetadataImage = image(),
) {
  const telemetry = createTestTelemetry();
  const observer = { image: known, caughtUp: true, leaderId: 201 };
  const context = {
    nodeId: 301,
    config: loadConfig({ overrides: new Map([["auto.create.topics.enable", "false"]]) }),
    clock: { nowMs: () => 0, monotonicMs: () => 0 },
    telemetry,
    observer,
    peers: {
      broker: (brokerId: number) => ({
        append: (request: AppendRequest) => brokers.append!(brokerId, request, observer),
        read: (request: ReadRequest, call: CallContext) => brokers.read!(brokerId, request, call),
        listOffsets: (request: OffsetsRequest) => brokers.listOffsets!(brokerId, request),
        epochEnds: (request: EpochEndsRequest) => brokers.epochEnds!(brokerId, request),
      }),
      coordinator: () => ({
        handle: brokers.coordinate ?? (() => Promise.reject(new PeerUnavailable("nobody is there", false))),
      }),
    },
  } as unknown as RoleContext;
  const gateway = new Gateway(context, policy, Math.random);
  const metrics = new RequestMetrics(telemetry.metrics);
  return (apiKey: number, apiVersion: number, write: (writer: Writer) => void, listener = "PLAINTEXT") => {
    const writer = new Writer();
    writeRequestHeader(writer, { apiKey, apiVersion, correlationId: 7, clientId: "spec" });
    write(writer);
    const origin = {
      user: "ANONYMOUS",
      clientHost: "127.0.0.1",
      client: { port: 1 },
      listener,
      targetNode: undefined,
      signal: new AbortController().signal,
      memory,
      channel: { mute: () => undefined },
    };
    return dispatch(writer.toBytes(), origin, gateway, metrics);
  };
}

/** Reads an answer behind its header: correlation id, and an empty tag section where the header has one. */
export function read<T>(
  answer: Answer,
  tags: boolean,
  reader: (reader: Reader, version: number) => T,
  version: number,
): T {
  const bytes = Buffer.concat(chunksOf(answer!));
  assert(bytes.readInt32BE(0) === 7, "an answer to another request");
  return reader(new Reader(bytes, tags ? 5 : 4), version);
}

/** What a broker says of an append that it took, or refused. */
export const appended = (request: AppendRequest, baseOffset: number, errorCode = 0) => ({
  partitions: request.partitions.map((partition) => ({
    topicId: partition.topicId,
    partition: partition.partition,
    errorCode,
    errorMessage: "",
    baseOffset,
    logAppendTimeMs: -1,
    logStartOffset: 0,
    recordErrors: [],
    currentLeaderId: errorCode === 0 ? -1 : 2,
    currentLeaderEpoch: errorCode === 0 ? -1 : 8,
  })),
});
/** Writes a request that produces to partitions of topic t. */
export const produceTo =
  (partitions: number[], acks = -1) =>
  (version: number) =>
  (writer: Writer) =>
    writeProduceRequest(
      writer,
      {
        acks,
        timeoutMs: 1000,
        topicData: [
          { name: "t", topicId, partitionData: partitions.map((index) => ({ index, records: Buffer.from("batch") })) },
        ],
      },
      version,
    );
