/**
 * DescribeLogDirs, versions 0–4. The body never names the node: a client asks each one at its own address, so the port
 * (or, under `self`, this process) decides which broker answers. KIPs: 113, 827.
 */
import { KafkaError } from "@moldau/base";
import { readDescribeLogDirsRequest, writeDescribeLogDirsResponse } from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import { callContext, troubleOf } from "../forward";
import type { Gateway } from "../gateway";

const timeoutMs = 30_000;

export async function describeLogDirs(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readDescribeLogDirsRequest);
  const nodeId = call.targetNode ?? gateway.homeNode();
  const { image } = gateway;
  // Tools ask every node; a coordinator that stands apart stores nothing.
  if (image.brokers.get(nodeId)?.roles.includes("broker") === false) {
    return answer(call, writeDescribeLogDirsResponse, { errorCode: 0, results: [] });
  }
  const wanted = request.topics?.map((topic) => ({
    id: image.topicsByName.get(topic.topic)?.id,
    partitions: new Set(topic.partitions),
  }));
  try {
    const reply = await gateway.context.peers
      .broker(nodeId)
      .describeLogDirs(
        { topicIds: wanted?.flatMap(({ id }) => id ?? []) ?? [] },
        callContext(call, gateway, timeoutMs),
      );
    return answer(call, writeDescribeLogDirsResponse, {
      errorCode: 0,
      results: reply.dirs.map((dir) => {
        const replicas = dir.replicas.filter(
          (replica) =>
            !wanted || wanted.some(({ id, partitions }) => id === replica.topicId && partitions.has(replica.partition)),
        );
        const topics = [...new Set(replicas.map((replica) => replica.topicName))].map((name) => ({
          name,
          partitions: replicas
            .filter((replica) => replica.topicName === name)
            .map((replica) => ({
              partitionIndex: replica.partition,
              partitionSize: replica.sizeBytes,
              offsetLag: replica.offsetLag,
              isFutureKey: replica.isFuture,
            })),
        }));
        return {
          errorCode: dir.errorCode,
          logDir: dir.path,
          topics,
          totalBytes: dir.totalBytes,
          usableBytes: dir.usableBytes,
        };
      }),
    });
  } catch (error) {
    const trouble = troubleOf(call, gateway, error, `broker ${nodeId}`);
    const errorCode = trouble ? KafkaError.BROKER_NOT_AVAILABLE : KafkaError.UNKNOWN_SERVER_ERROR;
    return answer(call, writeDescribeLogDirsResponse, { errorCode, results: [] });
  }
}
