import * as fc from "fast-check";
import {
  decodeConfiguration,
  decodeRaftMessage,
  encodeConfiguration,
  encodeRaftMessage,
  RaftDecodeError,
  staticVoter,
} from "./index";
import type { Configuration, RaftMessage } from "./index";

const number = fc.maxSafeNat();
const nodeId = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const payload = fc.uint8Array({ maxLength: 50 });
const directory = fc
  .array(fc.constantFrom(..."AZaz09-_"), { minLength: 22, maxLength: 22 })
  .map((characters) => characters.join(""));
const endpoint = fc.record({ name: fc.string(), host: fc.string({ unit: "grapheme" }), port: fc.nat(65535) });
const head = { from: fc.constant(1), to: fc.constant(2), term: number };
const configuration: fc.Arbitrary<Configuration> = fc.uniqueArray(nodeId, { maxLength: 6 }).chain((ids) =>
  fc.record({
    voters: fc.tuple(
      ...ids.map((id) =>
        fc.record({ id: fc.constant(id), directoryId: directory, endpoints: fc.array(endpoint, { maxLength: 2 }) }),
      ),
    ),
  }),
);

const append = fc
  .record({
    term: fc.constant(1000),
    previousIndex: fc.nat(2 ** 40),
    terms: fc.array(fc.nat(1000), { maxLength: 8 }).map((terms) => terms.sort((a, b) => a - b)),
    commit: number,
    payload,
    configuration,
  })
  .map(({ term, previousIndex, terms, commit, payload: data, configuration: members }): RaftMessage => {
    const types = ["leader", "data", "configuration"] as const;
    return {
      type: "append",
      from: 1,
      to: 2,
      term,
      previousIndex,
      previousTerm: 0,
      commit,
      entries: terms.map((entryTerm, i) => {
        const type = types[i % 3]!;
        const bytes = type === "configuration" ? encodeConfiguration(members) : data;
        return { index: previousIndex + i + 1, term: entryTerm, type, payload: bytes };
      }),
    };
  });

const message: fc.Arbitrary<RaftMessage> = fc.oneof(
  append,
  fc.record({ ...head, type: fc.constant("pre-vote" as const), lastIndex: number, lastTerm: number }),
  fc.record({ ...head, type: fc.constant("pre-vote-ack" as const), granted: fc.boolean() }),
  fc.record({
    ...head,
    type: fc.constant("vote" as const),
    lastIndex: number,
    lastTerm: number,
    transfer: fc.boolean(),
  }),
  fc.record({ ...head, type: fc.constant("vote-ack" as const), granted: fc.boolean() }),
  fc.record({
    ...head,
    type: fc.constant("append-ack" as const),
    accepted: fc.boolean(),
    index: number,
    hintIndex: number,
    hintTerm: number,
  }),
  fc.record({ ...head, type: fc.constant("heartbeat" as const), commit: number, round: number }),
  fc.record({ ...head, type: fc.constant("heartbeat-ack" as const), round: number, lastIndex: number }),
  fc.record({
    ...head,
    type: fc.constant("snapshot-chunk" as const),
    snapshot: fc.record({ index: number, term: number, configuration }),
    offset: number,
    bytes: payload,
    done: fc.boolean(),
  }),
  fc.record({ ...head, type: fc.constant("snapshot-ack" as const), index: number, nextOffset: number }),
  fc.record({ ...head, type: fc.constant("timeout-now" as const) }),
  fc.record({ ...head, fromDirectory: directory, type: fc.constant("observe" as const) }),
  fc.record({ ...head, fromDirectory: directory, type: fc.constant("inquire" as const) }),
  fc.record({ ...head, type: fc.constant("inquire-ack" as const), asked: directory, fresh: fc.boolean() }),
  fc.record({ ...head, type: fc.constant("recovered" as const), directoryId: directory, index: number }),
  fc.record({
    ...head,
    type: fc.constant("heartbeat-ack" as const),
    round: number,
    lastIndex: number,
    recovering: fc.constant(true as const),
  }),
);

const address = { from: 1, to: 2 };

/** The message, or that the bytes are none; anything else that is thrown is a bug. */
function tryDecode(bytes: Uint8Array): RaftMessage | undefined {
  try {
    return decodeRaftMessage(bytes, address);
  } catch (error) {
    if (error instanceof RaftDecodeError) return undefined;
    throw error;
  }
}

it("reads back every message that it writes", () => {
  fc.assert(
    fc.property(message, (original) => {
      expect(decodeRaftMessage(encodeRaftMessage(original), address)).toEqual(original);
    }),
    { numRuns: 500 },
  );
});

it("does not take a message that is cut off or has something behind it", () => {
  fc.assert(
    fc.property(message, fc.nat(), (original, cut) => {
      const bytes = encodeRaftMessage(original);
      expect(tryDecode(bytes.subarray(0, cut % bytes.length))).toBeUndefined();
      expect(tryDecode(Uint8Array.of(...bytes, 0))).toBeUndefined();
    }),
  );
});

it("survives any bytes, and bytes that are nearly a message", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), message, fc.nat(), fc.nat(255), (noise, original, at, value) => {
      tryDecode(noise);
      const bytes = encodeRaftMessage(original);
      bytes[at % bytes.length] = value;
      tryDecode(bytes);
    }),
    { numRuns: 1000 },
  );
});

it("does not allocate for a count that the message cannot hold", () => {
  const bytes = encodeRaftMessage({
    type: "append",
    from: 1,
    to: 2,
    term: 1,
    previousIndex: 0,
    previousTerm: 0,
    commit: 0,
    entries: [],
  });
  new DataView(bytes.buffer).setInt32(bytes.length - 4, 0x7fffffff);
  expect(() => decodeRaftMessage(bytes, address)).toThrow(/2147483647 elements do not fit/);
});

it("reads back configurations and refuses one that lists a node twice", () => {
  fc.assert(
    fc.property(configuration, (original) => {
      expect(decodeConfiguration(encodeConfiguration(original))).toEqual(original);
    }),
  );
  expect(() => decodeConfiguration(encodeConfiguration({ voters: [1, 2, 2].map(staticVoter) }))).toThrow(/twice/);
});
