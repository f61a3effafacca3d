import { BinaryWriter } from "@bufbuild/protobuf/wire";
import fc, { type Arbitrary } from "fast-check";
import { frameAround } from "./frame-codec";
import type { Codec, GeneratedType, Outgoing } from "./codec";
import { codecOf, codecs } from "./codecs";
import { AppendReply, AppendRequest, ClaimRequest, ReadReply, ReadRequest } from "./generated/moldau/v1/broker";
import { Frame, FrameKind, KafkaAnswer, KafkaCall } from "./generated/moldau/v1/common";
import { WireError } from "./wire";

const int32 = fc.oneof(fc.constantFrom(0, 1, -1, 127, 128, 2 ** 31 - 1, -(2 ** 31)), fc.integer());
const uint32 = fc.oneof(fc.constantFrom(0, 127, 128, 2 ** 32 - 1), fc.nat());
const int64 = fc.oneof(
  fc.constantFrom(
    0,
    -1,
    2 ** 28,
    2 ** 31,
    2 ** 32,
    2 ** 35,
    -(2 ** 32),
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
  ),
  fc.maxSafeInteger(),
);
const text = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "ř".repeat(63),
    "ř".repeat(64),
    "x".repeat(127),
    "x".repeat(128),
    "\ufefftext",
    "x".repeat(5000),
  ),
  fc.string({ unit: "binary" }),
);
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.integer({ min: 0, max: 20_000 }).map((n) => new Uint8Array(n).fill(n)),
);
const few = <T>(of: Arbitrary<T>) => fc.array(of, { maxLength: 4 });

const appendRequest = fc.record<AppendRequest>({
  acks: int32,
  timeoutMs: int32,
  transactionalId: text,
  partitions: few(
    fc.record({
      topicId: text,
      partition: int32,
      leaderEpoch: int32,
      ownerEpoch: int32,
      records: bytes,
      claimOffset: int64,
    }),
  ),
  produceVersion: int32,
  internal: fc.boolean(),
});
const appendReply = fc.record<AppendReply>({
  partitions: few(
    fc.record({
      topicId: text,
      partition: int32,
      errorCode: int32,
      errorMessage: text,
      baseOffset: int64,
      logAppendTimeMs: int64,
      logStartOffset: int64,
      recordErrors: few(fc.record({ batchIndex: int32, message: text })),
      currentLeaderId: int32,
      currentLeaderEpoch: int32,
    }),
  ),
});
const readRequest = fc.record<ReadRequest>({
  replicaId: int32,
  replicaEpoch: int64,
  maxWaitMs: int32,
  minBytes: int32,
  maxBytes: int32,
  isolationLevel: int32,
  partitions: few(
    fc.record({
      topicId: text,
      partition: int32,
      currentLeaderEpoch: int32,
      fetchOffset: int64,
      lastFetchedEpoch: int32,
      logStartOffset: int64,
      maxBytes: int32,
      highWatermark: int64,
    }),
  ),
  rackId: text,
});
const readReply = fc.record<ReadReply>({
  partitions: few(
    fc.record({
      topicId: text,
      partition: int32,
      errorCode: int32,
      highWatermark: int64,
      lastStableOffset: int64,
      logStartOffset: int64,
      divergingEpoch: int32,
      divergingEndOffset: int64,
      currentLeaderId: int32,
      currentLeaderEpoch: int32,
      aborted: few(fc.record({ producerId: int64, firstOffset: int64 })),
      preferredReadReplica: int32,
      records: few(bytes),
    }),
  ),
});
const kafkaCall = fc.record<KafkaCall>({
  apiKey: int32,
  apiVersion: int32,
  clientId: text,
  principal: text,
  clientHost: text,
  listener: text,
  body: bytes,
  targetNodeId: int32,
});
const kafkaAnswer = fc.record<KafkaAnswer>({
  body: bytes,
  errorCode: fc.option(int32, { nil: undefined }),
  leaderId: fc.option(int32, { nil: undefined }),
  metadataOffset: fc.option(fc.maxSafeInteger(), { nil: undefined }),
});
const frameHead = {
  correlationId: uint32,
  kind: fc.constantFrom(...[0, 1, 2, 3, 4, 5, 6].map((kind): FrameKind => kind)),
  method: text,
  deadlineMs: uint32,
  traceparent: text,
  creditBytes: uint32,
  error: text,
};
const frame = fc.record<Frame>({ ...frameHead, payload: bytes });

describe("bytes are the generated codec's, both ways", () => {
  function same<T>(name: string, type: GeneratedType<T>, messages: Arbitrary<T>): void {
    it(name, () => {
      const codec = codecOf(type);
      fc.assert(
        fc.property(messages, (message) => {
          const expected = type.encode(message).finish();
          const actual = codec.encode(message);
          expect(Buffer.compare(Buffer.from(actual), Buffer.from(expected))).toBe(0);
          expect(Buffer.compare(written(codec.prepare(message)), Buffer.from(expected))).toBe(0);
          expect(plain(codec.decode(actual))).toEqual(plain(type.decode(expected)));
        }),
      );
    });
  }
  same("AppendRequest", AppendRequest, appendRequest);
  same("AppendReply", AppendReply, appendReply);
  same("ReadRequest", ReadRequest, readRequest);
  same("ReadReply", ReadReply, readReply);
  same("KafkaCall", KafkaCall, kafkaCall);
  same("KafkaAnswer", KafkaAnswer, kafkaAnswer);
  same("Frame", Frame, frame);

  it("a frame written around its message", () => {
    fc.assert(
      fc.property(
        fc.record(frameHead),
        fc.oneof(appendRequest, fc.constant(AppendRequest.decode(new Uint8Array()))),
        (head, message) => {
          const payload = AppendRequest.encode(message).finish();
          const expected = Frame.encode({ ...head, payload }).finish();
          const actual = written(frameAround(head, codecs.AppendRequest, message));
          expect(Buffer.compare(Buffer.from(actual), Buffer.from(expected))).toBe(0);
        },
      ),
    );
  });

  it("a frame around a message that has no codec of its own", () => {
    const claim: ClaimRequest = { topicId: "t", partition: 3, ownerId: 101, ownerEpoch: 7 };
    const head = { correlationId: 9, kind: FrameKind.FRAME_KIND_REQUEST, method: "claim", deadlineMs: 0 };
    const whole = { ...head, traceparent: "", creditBytes: 0, error: "" };
    const framed = codecs.Frame.decode(written(frameAround(whole, codecOf(ClaimRequest), claim)));
    expect(framed).toMatchObject(head);
    expect(codecOf(ClaimRequest).decode(framed.payload)).toEqual(claim);
  });
});

it("decodes records as views of the message", () => {
  const records = new Uint8Array(100).fill(7);
  const encoded = codecs.AppendRequest.encode({
    acks: -1,
    timeoutMs: 0,
    transactionalId: "",
    partitions: [{ topicId: "t", partition: 0, leaderEpoch: 0, ownerEpoch: -1, claimOffset: -1, records }],
    produceVersion: 9,
    internal: false,
  });
  const view = codecs.AppendRequest.decode(encoded).partitions[0]!.records;
  expect(view.buffer).toBe(encoded.buffer);
  expect([...view]).toEqual([...records]);
});

it("refuses a message with a hole instead of sending garbage", () => {
  const hole = undefined as unknown as number;
  const call: KafkaCall = { ...KafkaCall.decode(new Uint8Array()), apiKey: hole };
  expect(() => codecs.KafkaCall.prepare(call)).toThrow(WireError);
  expect(() => codecs.KafkaCall.prepare({ ...call, apiKey: 1, clientId: hole as unknown as string })).toThrow();
});

it("skips fields that a newer version added", () => {
  const newer = new BinaryWriter().uint32((99 << 3) | 0).int64(-5);
  newer
    .uint32((98 << 3) | 2)
    .string("later")
    .uint32((97 << 3) | 1)
    .fixed64(1)
    .uint32((96 << 3) | 5)
    .fixed32(1);
  const call: KafkaCall = { ...KafkaCall.decode(new Uint8Array()), apiKey: 3, body: new Uint8Array([1, 2]) };
  const bytes = Buffer.concat([newer.finish(), KafkaCall.encode(call).finish()]);
  expect(plain(codecs.KafkaCall.decode(bytes))).toEqual(plain(call));
});

describe("hostile input ends in an error", () => {
  const messages: [string, Codec<unknown>, Uint8Array][] = [
    ["AppendRequest", codecs.AppendRequest as Codec<unknown>, sample(codecs.AppendRequest, appendRequest)],
    ["ReadReply", codecs.ReadReply as Codec<unknown>, sample(codecs.ReadReply, readReply)],
    ["Frame", codecs.Frame as Codec<unknown>, sample(codecs.Frame, frame)],
  ];
  it.each(messages)("%s cut anywhere decodes to less or throws WireError", (_, codec, whole) => {
    for (let length = 0; length < whole.length; length++) decodeOrWireError(codec, whole.subarray(0, length));
  });
  it.each(messages)("%s of random bytes decodes or throws WireError", (_, codec) => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => decodeOrWireError(codec, bytes)));
  });
  it("refuses a length beyond the message, an endless varint and an unsafe integer", () => {
    expect(() => codecs.KafkaAnswer.decode(Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1))).toThrow(WireError);
    expect(() => codecs.KafkaAnswer.decode(new Uint8Array(20).fill(0xff))).toThrow(WireError);
    const unsafe = new BinaryWriter().uint32(0x10).uint64("18446744073709551615").finish();
    expect(codecs.ReadRequest.decode(unsafe).replicaEpoch).toBe(-1);
    const huge = new BinaryWriter().uint32(0x10).int64("9223372036854775807").finish();
    expect(() => codecs.ReadRequest.decode(huge)).toThrow(WireError);
  });
});

/** What an outgoing message writes, and that it stays within the size it gave. */
function written(outgoing: Outgoing): Buffer {
  const target = Buffer.alloc(outgoing.length + 10, 0xee);
  outgoing.copy(target, 5);
  expect(outgoing.byteLength).toBe(outgoing.length);
  expect(target.subarray(0, 5).every((byte) => byte === 0xee)).toBe(true);
  expect(target.subarray(target.length - 5).every((byte) => byte === 0xee)).toBe(true);
  return target.subarray(5, target.length - 5);
}

function decodeOrWireError(codec: Codec<unknown>, bytes: Uint8Array): void {
  try {
    codec.decode(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
  }
}

function sample<T>(codec: Codec<T>, messages: Arbitrary<T>): Uint8Array {
  const [message] = fc.sample(messages, { numRuns: 1, seed: 11 });
  return codec.encode(message!).slice(0, 2000);
}

/** Both codecs give Uint8Arrays, one as Buffers: compare what is in them. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value;
}
