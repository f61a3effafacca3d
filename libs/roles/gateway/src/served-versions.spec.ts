import { KafkaError } from "@moldau/base";
import {
  ApiKey,
  apis,
  writeDescribeClusterRequest,
  writeDescribeConfigsRequest,
  writeFetchRequest,
  writeFindCoordinatorRequest,
  writeListOffsetsRequest,
  writeMetadataRequest,
  writeOffsetForLeaderEpochRequest,
  Writer,
} from "@moldau/protocol";
import { servedApis } from "./served-apis";
import { type Brokers, appended, produceTo, read, startGateway, topicId } from "./testing/one-gateway";

describe("every version that is served can carry what a broker says", () => {
  // Answers without a single default value: a field that an old version cannot carry shows itself here.
  const brokers: Brokers = {
    append: async (_broker, request) => ({
      partitions: appended(request, 5).partitions.map((partition) => ({
        ...partition,
        errorMessage: "m",
        logAppendTimeMs: 77,
        logStartOffset: 3,
        recordErrors: [{ batchIndex: 1, message: "bad" }],
        currentLeaderId: 2,
        currentLeaderEpoch: 9,
      })),
    }),
    read: async (_broker, request) => ({
      partitions: request.partitions.map(({ topicId: id, partition }) => ({
        topicId: id,
        partition,
        errorCode: KafkaError.NOT_LEADER_OR_FOLLOWER,
        highWatermark: 9,
        lastStableOffset: 8,
        logStartOffset: 7,
        divergingEpoch: 2,
        divergingEndOffset: 6,
        currentLeaderId: 2,
        currentLeaderEpoch: 4,
        aborted: [{ producerId: 1, firstOffset: 2 }],
        preferredReadReplica: -1,
        records: [Buffer.from("r")],
      })),
    }),
    listOffsets: async (_broker, request) => ({
      partitions: request.partitions.map(({ topicId: id, partition }) => ({
        topicId: id,
        partition,
        errorCode: 0,
        timestamp: 55,
        offset: 66,
        leaderEpoch: 7,
      })),
    }),
    epochEnds: async (_broker, request) => ({
      partitions: request.partitions.map(({ topicId: id, partition }) => ({
        topicId: id,
        partition,
        errorCode: 0,
        leaderEpoch: 3,
        endOffset: 9,
      })),
    }),
  };
  const requests: Record<number, (writer: Writer, version: number) => void> = {
    [ApiKey.Produce]: (writer, version) => produceTo([0, 2])(version)(writer),
    [ApiKey.Fetch]: (writer, version) =>
      writeFetchRequest(
        writer,
        { maxWaitMs: 1, topics: [{ topic: "t", topicId, partitions: [{ partition: 0 }, { partition: 2 }] }] },
        version,
      ),
    [ApiKey.ListOffsets]: (writer, version) =>
      writeListOffsetsRequest(
        writer,
        { topics: [{ name: "t", partitions: [{ partitionIndex: 0, timestamp: -1 }] }] },
        version,
      ),
    [ApiKey.OffsetForLeaderEpoch]: (writer, version) =>
      writeOffsetForLeaderEpochRequest(
        writer,
        { topics: [{ topic: "t", partitions: [{ partition: 0, leaderEpoch: 3 }] }] },
        version,
      ),
    [ApiKey.Metadata]: (writer, version) =>
      writeMetadataRequest(writer, { topics: [{ name: "t" }, { name: "absent" }] }, version),
    [ApiKey.FindCoordinator]: (writer, version) =>
      writeFindCoordinatorRequest(writer, version >= 4 ? { coordinatorKeys: ["g", "h"] } : { key: "g" }, version),
    [ApiKey.DescribeCluster]: (writer, version) => writeDescribeClusterRequest(writer, {}, version),
    [ApiKey.DescribeConfigs]: (writer, version) =>
      writeDescribeConfigsRequest(
        writer,
        {
          resources: [
            { resourceType: 2, resourceName: "t", configurationKeys: null },
            { resourceType: 4, resourceName: "1" },
          ],
        },
        version,
      ),
  };
  const cases = Object.keys(requests).flatMap((key) => {
    const { min, max } = servedApis.get(Number(key))!;
    return Array.from(
      { length: max - min + 1 },
      (_, i) => [apis.get(Number(key))!.name, min + i, Number(key)] as const,
    );
  });

  it.each(cases)("%s version %i", async (_name, version, apiKey) => {
    const answer = await startGateway(brokers)(apiKey, version, (writer) => requests[apiKey]!(writer, version));
    const flexible = version >= (apis.get(apiKey)!.flexibleFrom ?? Infinity);
    expect(() => read(answer, flexible, apis.get(apiKey)!.readResponse, version)).not.toThrow();
  });
});
