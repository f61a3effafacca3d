/**
 * TxnOffsetCommit, versions 0–5. Topics and partitions that do not exist are answered here, the others by the group's shard,
 * once the transaction's coordinator has said that the shard takes part in it (v0–4) or has put it in (v5, KIP-890).
 * v3 member and generation (KIP-447), v4 TRANSACTION_ABORTABLE.
 */
import { KafkaError, type KafkaErrorCode, shardOf } from "@moldau/base";
import { GROUP_METADATA_TOPIC, TRANSACTION_STATE_TOPIC } from "@moldau/metadata";
import {
  readTxnOffsetCommitRequest,
  type TxnOffsetCommitRequest,
  writeTxnOffsetCommitResponse,
} from "@moldau/protocol";
import { PeerUnavailable } from "@moldau/rpc";
import {
  type ApiContext,
  type ApiHandler,
  decode,
  encode,
  NONE,
  partitionExists,
  UNKNOWN_TOPIC_OR_PARTITION,
} from "./api";

const LOADING_SINCE_VERSION = 2;
const ABORTABLE_SINCE_VERSION = 4;
const ADDS_SINCE_VERSION = 5;
const VERIFY_TIMEOUT_MS = 10_000;

export const txnOffsetCommit: ApiHandler = async (call, context, signal) => {
  const body = decode(call, readTxnOffsetCommitRequest);
  const now = context.image();
  const known = body.topics
    .map(({ name, partitions }) => ({
      name,
      partitions: partitions.filter(({ partitionIndex }) => partitionExists(now, name, partitionIndex)),
    }))
    .filter(({ partitions }) => partitions.length > 0);
  const decided = new Map<string, number>();
  let refused: KafkaErrorCode = NONE;
  if (known.length > 0) {
    const answer = await commit({ ...body, topics: known }, call.apiVersion, context, signal);
    if (typeof answer === "number") refused = forVersion(answer, call.apiVersion);
    else for (const [key, errorCode] of answer) decided.set(key, errorCode);
  }
  return encode(call, writeTxnOffsetCommitResponse, {
    topics: body.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: partitionExists(now, name, partitionIndex)
          ? (decided.get(`${name}:${partitionIndex}`) ?? refused)
          : UNKNOWN_TOPIC_OR_PARTITION,
      })),
    })),
  });
};

/** Codes by `topic:partition`, or one for all of them. */
async function commit(
  body: TxnOffsetCommitRequest,
  apiVersion: number,
  context: ApiContext,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, number> | KafkaErrorCode> {
  const { groupId, producerId, producerEpoch } = body;
  if (groupId === "") return KafkaError.INVALID_GROUP_ID;
  // Before the question, so that a marker that is written in between is noticed.
  const guarded = await context.shards.ask(groupId, "guardTransaction", { producerId, producerEpoch }, signal);
  if ("refused" in guarded) return guarded.refused;
  if (!guarded.reply.ongoing) {
    const refusal = await verify(body, apiVersion >= ADDS_SINCE_VERSION, context, signal);
    if (refusal !== NONE) return refusal;
  }
  const ask = { body, guard: guarded.reply.guard };
  const answer = await context.shards.ask(groupId, "commitTransactionalOffsets", ask, signal);
  if ("refused" in answer) return answer.refused;
  const codes = new Map<string, number>();
  for (const { name, partitions } of answer.reply.topics ?? []) {
    for (const { partitionIndex, errorCode } of partitions ?? [])
      codes.set(`${name}:${partitionIndex}`, errorCode ?? NONE);
  }
  return codes;
}

/** Asks the transaction's coordinator about the group's partition of `__consumer_offsets`. */
async function verify(
  { transactionalId, producerId, producerEpoch, groupId }: TxnOffsetCommitRequest,
  add: boolean,
  { image, peers, nodeId }: ApiContext,
  signal: AbortSignal | undefined,
): Promise<KafkaErrorCode> {
  const now = image();
  const groups = now.topicsByName.get(GROUP_METADATA_TOPIC);
  const transactions = now.topicsByName.get(TRANSACTION_STATE_TOPIC);
  if (groups === undefined || transactions === undefined) return KafkaError.COORDINATOR_NOT_AVAILABLE;
  const owner = now.shardOwner(transactions.id, shardOf(transactionalId, transactions.partitions.length));
  if (owner === undefined || owner.ownerId < 0) return KafkaError.COORDINATOR_NOT_AVAILABLE;
  const partitions = [{ topicId: groups.id, partition: shardOf(groupId, groups.partitions.length) }];
  try {
    const reply = await peers.coordinator(owner.ownerId).verifyTransaction(
      { transactionalId, producerId, producerEpoch, partitions, add },
      {
        traceparent: "",
        deadlineMs: VERIFY_TIMEOUT_MS,
        callerNodeId: nodeId,
        ...(signal === undefined ? {} : { signal }),
      },
    );
    return toCommitter((reply.partitions[0]?.errorCode ?? KafkaError.UNKNOWN_SERVER_ERROR) as KafkaErrorCode);
  } catch (error) {
    if (error instanceof PeerUnavailable) return KafkaError.COORDINATOR_LOAD_IN_PROGRESS;
    throw error;
  }
}

/**
 * What the transaction's coordinator says, in words that are not mistaken for those of the group's: a client that reads
 * NOT_COORDINATOR would look for another coordinator of its group.
 * Source: AddPartitionsToTxnManager, CoordinatorOperationExceptionHelper.
 */
function toCommitter(errorCode: KafkaErrorCode): KafkaErrorCode {
  switch (errorCode) {
    case KafkaError.NOT_COORDINATOR:
    case KafkaError.COORDINATOR_NOT_AVAILABLE:
    case KafkaError.NETWORK_EXCEPTION:
    // It has not heard of the group's topic yet, or the end of the last transaction is still being written: once more, as well.
    case KafkaError.UNKNOWN_TOPIC_OR_PARTITION:
    case KafkaError.CONCURRENT_TRANSACTIONS:
      return KafkaError.COORDINATOR_LOAD_IN_PROGRESS;
    case KafkaError.PRODUCER_FENCED:
      return KafkaError.INVALID_PRODUCER_EPOCH;
    default:
      return errorCode;
  }
}

/** Old producers do not know every error. Source: KafkaApis.handleTxnOffsetCommitRequest (KAFKA-7296), KIP-890. */
function forVersion(errorCode: KafkaErrorCode, apiVersion: number): KafkaErrorCode {
  if (errorCode === KafkaError.COORDINATOR_LOAD_IN_PROGRESS && apiVersion < LOADING_SINCE_VERSION) {
    return KafkaError.COORDINATOR_NOT_AVAILABLE;
  }
  if (errorCode === KafkaError.TRANSACTION_ABORTABLE && apiVersion < ABORTABLE_SINCE_VERSION) {
    return KafkaError.INVALID_TXN_STATE;
  }
  return errorCode;
}
