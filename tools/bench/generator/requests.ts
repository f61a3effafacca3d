import { KafkaError } from "@moldau/base";
import {
  ApiKey,
  Reader,
  readProduceResponse,
  readResponseHeader,
  writeProduceRequest,
  writeRequestHeader,
  Writer,
} from "@moldau/protocol";

/** A request frame with length and header. Its correlation id is always 0, so that one frame can be on its way many times. */
export function frameOf(apiKey: number, apiVersion: number, write: (writer: Writer) => void): Buffer {
  const writer = new Writer();
  writeRequestHeader(writer, { apiKey, apiVersion, correlationId: 0, clientId: "bench" });
  write(writer);
  const body = writer.toBytes();
  const frame = Buffer.allocUnsafe(4 + body.length);
  frame.writeInt32BE(body.length, 0);
  frame.set(body, 4);
  return frame;
}

/** Behind the header of an answer to this API. */
export function readerOf(answer: Buffer, apiKey: number, apiVersion: number): Reader {
  const reader = new Reader(answer);
  readResponseHeader(reader, apiKey, apiVersion);
  return reader;
}

const PRODUCE_VERSION = 9;

/** One request that writes the same batch to each of these partitions. */
export function produceFrame(topic: string, partitions: readonly number[], batch: Uint8Array, acks: number): Buffer {
  const partitionData = partitions.map((index) => ({ index, records: batch }));
  const message = { acks, timeoutMs: 30_000, transactionalId: null, topicData: [{ name: topic, partitionData }] };
  return frameOf(ApiKey.Produce, PRODUCE_VERSION, (writer) => writeProduceRequest(writer, message, PRODUCE_VERSION));
}

/** @throws Error where one of the partitions answered with an error */
export function checkProduced(answer: Buffer): void {
  for (const code of producedErrors(answer)) if (code !== KafkaError.NONE) throw new Error(`produce: error ${code}`);
}

/** The error of each partition of a produce answer. */
export function producedErrors(answer: Buffer): number[] {
  const { responses } = readProduceResponse(readerOf(answer, ApiKey.Produce, PRODUCE_VERSION), PRODUCE_VERSION);
  return responses.flatMap(({ partitionResponses }) => partitionResponses.map(({ errorCode }) => errorCode));
}
