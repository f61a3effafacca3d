/**
 * AlterReplicaLogDirs, versions 1–2. Like DescribeLogDirs it is for the node whose port (or, under `self`, whose process) was
 * asked: its replicas move between its log directories, or are made in one when they come. An answer of NONE says that a move
 * has begun; how far it is, DescribeLogDirs tells. KIP: 113.
 */
import { KafkaError } from "@moldau/base";
import {
  type AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult,
  readAlterReplicaLogDirsRequest,
  writeAlterReplicaLogDirsResponse,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode } from "../call";
import { callContext, troubleOf } from "../forward";
import type { Gateway } from "../gateway";

const timeoutMs = 30_000;

export async function alterReplicaLogDirs(call: Call, gateway: Gateway): Promise<Answer> {
  const { dirs } = decode(call, readAlterReplicaLogDirsRequest);
  const nodeId = call.targetNode ?? gateway.homeNode();
  const replicas = dirs.flatMap(({ path, topics }) =>
    topics.flatMap(({ name, partitions }) => partitions.map((partition) => ({ path, topicName: name, partition }))),
  );
  let errorCodes: readonly number[];
  try {
    const broker = gateway.context.peers.broker(nodeId);
    ({ errorCodes } = await broker.alterReplicaLogDirs({ replicas }, callContext(call, gateway, timeoutMs)));
  } catch (error) {
    const trouble = troubleOf(call, gateway, error, `broker ${nodeId}`);
    const errorCode = trouble ? KafkaError.BROKER_NOT_AVAILABLE : KafkaError.UNKNOWN_SERVER_ERROR;
    errorCodes = replicas.map(() => errorCode);
  }
  const results = new Map<string, AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult>();
  replicas.forEach(({ topicName, partition }, i) => {
    let result = results.get(topicName);
    if (!result) results.set(topicName, (result = { topicName, partitions: [] }));
    result.partitions.push({ partitionIndex: partition, errorCode: errorCodes[i]! });
  });
  return answer(call, writeAlterReplicaLogDirsResponse, { results: [...results.values()] });
}
