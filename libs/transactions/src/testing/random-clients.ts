import type { TransactionReply, TransactionRequest, TransactionValue } from "../index";
import type { Producer } from "../transaction";

/** What a client of transactions asks. */
export type ClientRequest = Extract<
  TransactionRequest,
  { call: "initProducerId" | "verify" | "addPartitions" | "endTxn" }
>;

/** A producer: honest, but its replies get lost, and it may be older than it thinks. */
export interface Client {
  readonly transactionalId: string;
  readonly isV2: boolean;
  /** Counts its lives: each begins with an InitProducerId without an id. */
  life: number;
  self: Producer | undefined;
  /** `topic-partition` that it was told are part of its transaction. */
  acked: Set<string>;
  /** An end it asked for and has no answer to: it asks for nothing else before. */
  ending: boolean | undefined;
  last: { request: ClientRequest; life: number } | undefined;
  /** What an EndTxn was answered, and the records of its id up to then. */
  ended: { request: ClientRequest; reply: string; life: number } | undefined;
}

export function newClient(transactionalId: string, isV2: boolean): Client {
  const nothing = { self: undefined, ending: undefined, last: undefined, ended: undefined };
  return { transactionalId, isV2, life: 0, acked: new Set(), ...nothing };
}

export function initRequest({ transactionalId }: Client, self: Producer | undefined): ClientRequest {
  const body = { transactionalId, transactionTimeoutMs: 20_000, producerId: -1, producerEpoch: -1, ...self };
  return { call: "initProducerId", caller: { apiVersion: 5 }, body };
}

export function addRequest({ transactionalId, isV2, self }: Client, how: number): ClientRequest {
  const partitions = how % 4 === 0 ? [how % 6, (how + 1) % 6] : [how % 6];
  const topic = how % 2 === 0 ? "orders" : "payments";
  const producer = { transactionalId, ...(self as Producer) };
  if (isV2) return { call: "verify", ...producer, partitions: [{ topic, partitions }], add: true };
  return { call: "addPartitions", caller: { apiVersion: 3 }, ...producer, topics: [{ name: topic, partitions }] };
}

export function endRequest({ transactionalId, isV2, self }: Client, committed: boolean): ClientRequest {
  const body = { transactionalId, ...(self as Producer), committed };
  return { call: "endTxn", caller: { apiVersion: isV2 ? 5 : 4 }, body };
}

export function isOfClient(request: TransactionRequest): request is ClientRequest {
  return ["initProducerId", "verify", "addPartitions", "endTxn"].includes(request.call);
}

export function idOf(request: ClientRequest): string {
  return ("body" in request ? request.body.transactionalId : request.transactionalId) ?? "";
}

export function selfOf(request: ClientRequest): Producer | undefined {
  const { producerId, producerEpoch } = "body" in request ? request.body : request;
  return producerId === -1 ? undefined : { producerId, producerEpoch };
}

export function partitionsOf(request: Extract<ClientRequest, { call: "verify" | "addPartitions" }>): string[] {
  if (request.call === "verify") return listOf(request);
  return request.topics.flatMap(({ name, partitions }) => partitions.map((partition) => `${name}-${partition}`));
}

export function listOf(value: Pick<TransactionValue, "partitions"> | undefined): string[] {
  return (value?.partitions ?? []).flatMap(({ topic, partitions }) => partitions.map((number) => `${topic}-${number}`));
}

/** Apart from the producer id that was spent on it. */
export function sameAsk(a: ClientRequest, b: ClientRequest): boolean {
  return JSON.stringify({ ...a, newProducerId: 0 }) === JSON.stringify({ ...b, newProducerId: 0 });
}

export function nameOf(transactionalId: string, { producerId, producerEpoch }: Producer): string {
  return `${transactionalId} ${producerId}:${producerEpoch}`;
}

export function producerOf(reply: TransactionReply): Producer {
  const { producerId = -1, producerEpoch = -1 } = reply as Partial<Producer>;
  return { producerId, producerEpoch };
}

export function errorOf(reply: TransactionReply): number {
  if (Array.isArray(reply)) return (reply[0]?.partitions[0]?.errorCode as number | undefined) ?? 0;
  if ("resultsByTopicV3AndBelow" in reply) {
    return reply.resultsByTopicV3AndBelow?.[0]?.resultsByPartition?.[0]?.partitionErrorCode ?? 0;
  }
  return "errorCode" in reply ? (reply.errorCode ?? 0) : 0;
}
