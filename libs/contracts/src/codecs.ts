import { appendReplyCodec, appendRequestCodec } from "./append-codec";
import { generatedCodec, type Codec, type GeneratedType } from "./codec";
import { frameCodec } from "./frame-codec";
import { AppendReply, AppendRequest, ReadReply, ReadRequest } from "./generated/moldau/v1/broker";
import { Frame, KafkaAnswer, KafkaCall } from "./generated/moldau/v1/common";
import { kafkaAnswerCodec, kafkaCallCodec } from "./kafka-call-codec";
import { readReplyCodec, readRequestCodec } from "./read-codec";

/** The hand-made codecs by their names: what carries records, and what is sent for every one of those. */
export const codecs = {
  AppendRequest: appendRequestCodec,
  AppendReply: appendReplyCodec,
  ReadRequest: readRequestCodec,
  ReadReply: readReplyCodec,
  KafkaCall: kafkaCallCodec,
  KafkaAnswer: kafkaAnswerCodec,
  Frame: frameCodec,
} as const;

const handMade = new Map<unknown, unknown>([
  [AppendRequest, codecs.AppendRequest],
  [AppendReply, codecs.AppendReply],
  [ReadRequest, codecs.ReadRequest],
  [ReadReply, codecs.ReadReply],
  [KafkaCall, codecs.KafkaCall],
  [KafkaAnswer, codecs.KafkaAnswer],
  [Frame, codecs.Frame],
]);

/** The codec of a message type: the hand-made one where there is one, the generated one otherwise. Transports ask here. */
export function codecOf<T>(type: GeneratedType<T>): Codec<T> {
  return (handMade.get(type) as Codec<T> | undefined) ?? generatedCodec(type);
}
