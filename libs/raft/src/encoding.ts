import { NO_NODE, type NodeId, type Uuid, ZERO_UUID } from "@moldau/base";
import { staticVoter } from "./configuration";
import type {
  AppendAck,
  Configuration,
  Entry,
  EntryType,
  RaftMessage,
  SnapshotMetadata,
  Voter,
  VoterEndpoint,
} from "./messages";

/**
 * Raft messages as bytes. One byte of version, one of type, then fixed-width big-endian fields; integers of 64 bits are
 * numbers within 2^53. Whatever reads is safe with any input: lengths are checked against what is there before anything
 * is allocated, and what does not fit ends in a RaftDecodeError. Byte fields are views of the input.
 */
const VERSION = 2;
/** Of configurations by themselves, in the log and in snapshots; 1 had ids only, and learners. */
const CONFIGURATION_VERSION = 2;

const typeCodes = {
  "pre-vote": 1,
  "pre-vote-ack": 2,
  vote: 3,
  "vote-ack": 4,
  append: 5,
  "append-ack": 6,
  heartbeat: 7,
  "heartbeat-ack": 8,
  "snapshot-chunk": 9,
  "snapshot-ack": 10,
  "timeout-now": 11,
  observe: 12,
  inquire: 13,
  "inquire-ack": 14,
  recovered: 15,
} as const satisfies Record<RaftMessage["type"], number>;

const entryTypes: readonly EntryType[] = ["leader", "data", "configuration"];
/** term, type, payload length */
const ENTRY_HEADER = 13;
const UUID_LENGTH = 22;
/** id, directory, count of endpoints */
const VOTER_MIN = 4 + UUID_LENGTH + 4;

/** The bytes are not a raft message. */
export class RaftDecodeError extends Error {
  override name = "RaftDecodeError";
}

/** Number under which an entry type is stored. */
export function entryTypeCode(type: EntryType): number {
  return entryTypes.indexOf(type);
}

export function entryTypeOf(code: number): EntryType | undefined {
  return entryTypes[code];
}

class Sink {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }
  u8(value: number): this {
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
    return this;
  }
  i32(value: number): this {
    this.#view.setInt32(this.#at, value);
    this.#at += 4;
    return this;
  }
  u64(value: number): this {
    this.#view.setUint32(this.#at, Math.floor(value / 0x1_0000_0000));
    this.#view.setUint32(this.#at + 4, value >>> 0);
    this.#at += 8;
    return this;
  }
  raw(value: Uint8Array): this {
    this.bytes.set(value, this.#at);
    this.#at += value.length;
    return this;
  }
  sized(value: Uint8Array): this {
    return this.i32(value.length).raw(value);
  }
  /** Two bytes a unit: this room has no encoder of UTF-8, and addresses are short. */
  text(value: string): this {
    this.i32(value.length);
    for (let i = 0; i < value.length; i++) this.u8(value.charCodeAt(i) >> 8).u8(value.charCodeAt(i) & 255);
    return this;
  }
  /** As its 22 characters. */
  uuid(value: Uuid): this {
    for (let i = 0; i < UUID_LENGTH; i++) this.u8(value.charCodeAt(i));
    return this;
  }
}

class Source {
  readonly #view: DataView;
  #at = 0;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  get remaining(): number {
    return this.bytes.length - this.#at;
  }
  #take(size: number): number {
    if (size > this.remaining) throw new RaftDecodeError(`${size} bytes wanted, ${this.remaining} left`);
    const at = this.#at;
    this.#at += size;
    return at;
  }
  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }
  bool(): boolean {
    const value = this.u8();
    if (value > 1) throw new RaftDecodeError(`${value} is not a boolean`);
    return value === 1;
  }
  i32(): number {
    return this.#view.getInt32(this.#take(4));
  }
  u64(): number {
    const at = this.#take(8);
    const value = this.#view.getUint32(at) * 0x1_0000_0000 + this.#view.getUint32(at + 4);
    if (value > Number.MAX_SAFE_INTEGER) throw new RaftDecodeError("number above 2^53");
    return value;
  }
  sized(): Uint8Array {
    const size = this.i32();
    if (size < 0) throw new RaftDecodeError(`length ${size}`);
    const at = this.#take(size);
    return this.bytes.subarray(at, at + size);
  }
  text(): string {
    const length = this.count(2);
    let value = "";
    for (let i = 0; i < length; i++) value += String.fromCharCode(this.u8() * 256 + this.u8());
    return value;
  }
  uuid(): Uuid {
    const at = this.#take(UUID_LENGTH);
    const value = String.fromCharCode(...this.bytes.subarray(at, at + UUID_LENGTH));
    if (!/^[A-Za-z0-9_-]*$/.test(value)) throw new RaftDecodeError("not an id of a directory");
    return value;
  }
  /** A count of things that take at least `each` bytes. */
  count(each: number): number {
    const count = this.i32();
    if (count < 0 || count * each > this.remaining) throw new RaftDecodeError(`${count} elements do not fit`);
    return count;
  }
  end(): void {
    if (this.remaining !== 0) throw new RaftDecodeError(`${this.remaining} bytes too many`);
  }
}

function configurationSize(configuration: Configuration): number {
  const endpointSize = ({ name, host }: VoterEndpoint): number => 12 + 2 * (name.length + host.length);
  return configuration.voters.reduce(
    (sum, voter) => voter.endpoints.reduce((size, endpoint) => size + endpointSize(endpoint), sum + VOTER_MIN),
    4,
  );
}

function writeConfiguration(sink: Sink, configuration: Configuration): void {
  sink.i32(configuration.voters.length);
  for (const { id, directoryId, endpoints } of configuration.voters) {
    sink.i32(id).uuid(directoryId).i32(endpoints.length);
    for (const { name, host, port } of endpoints) sink.text(name).text(host).i32(port);
  }
}

function readConfiguration(source: Source): Configuration {
  const voters = Array.from({ length: source.count(VOTER_MIN) }, () => readVoter(source));
  return { voters: distinct(voters) };
}

function readVoter(source: Source): Voter {
  const id = source.i32();
  const directoryId = source.uuid();
  const endpoints = Array.from({ length: source.count(12) }, () => ({
    name: source.text(),
    host: source.text(),
    port: source.i32(),
  }));
  return { id, directoryId, endpoints };
}

/** Version 1: ids of voters, ids of learners. */
function readFormerConfiguration(source: Source): Configuration {
  const ids = (): NodeId[] => Array.from({ length: source.count(4) }, () => source.i32());
  const voters = ids().map(staticVoter);
  ids();
  return { voters: distinct(voters) };
}

function distinct(voters: Voter[]): Voter[] {
  if (new Set(voters.map(({ id }) => id)).size === voters.length) return voters;
  throw new RaftDecodeError("a node is listed twice");
}

/** The payload of a `configuration` entry, and what a snapshot file keeps. */
export function encodeConfiguration(configuration: Configuration): Uint8Array {
  const sink = new Sink(1 + configurationSize(configuration)).u8(CONFIGURATION_VERSION);
  writeConfiguration(sink, configuration);
  return sink.bytes;
}

/** @throws RaftDecodeError */
export function decodeConfiguration(bytes: Uint8Array): Configuration {
  const source = new Source(bytes);
  const version = source.u8();
  if (version !== 1) checkVersion(version, CONFIGURATION_VERSION);
  const configuration = version === 1 ? readFormerConfiguration(source) : readConfiguration(source);
  source.end();
  return configuration;
}

function checkVersion(version: number, known: number): void {
  if (version !== known) throw new RaftDecodeError(`version ${version}, this node knows ${known}`);
}

/** The message without its addresses: those travel in the envelope. */
export function encodeRaftMessage(message: RaftMessage): Uint8Array {
  const head = (size: number): Sink =>
    new Sink(10 + UUID_LENGTH + size)
      .u8(VERSION)
      .u8(typeCodes[message.type])
      .u64(message.term)
      .uuid(message.fromDirectory ?? ZERO_UUID);
  switch (message.type) {
    case "pre-vote":
      return head(16).u64(message.lastIndex).u64(message.lastTerm).bytes;
    case "vote":
      return head(17).u64(message.lastIndex).u64(message.lastTerm).u8(Number(message.transfer)).bytes;
    case "pre-vote-ack":
    case "vote-ack":
      return head(1).u8(Number(message.granted)).bytes;
    case "append": {
      const payloads = message.entries.reduce((sum, entry) => sum + ENTRY_HEADER + entry.payload.length, 0);
      const sink = head(28 + payloads)
        .u64(message.previousIndex)
        .u64(message.previousTerm)
        .u64(message.commit)
        .i32(message.entries.length);
      for (const entry of message.entries) sink.u64(entry.term).u8(entryTypeCode(entry.type)).sized(entry.payload);
      return sink.bytes;
    }
    case "append-ack":
      return head(25).u8(ackFlags(message)).u64(message.index).u64(message.hintIndex).u64(message.hintTerm).bytes;
    case "heartbeat":
      return head(16).u64(message.commit).u64(message.round).bytes;
    case "heartbeat-ack":
      return head(17)
        .u64(message.round)
        .u64(message.lastIndex)
        .u8(Number(message.recovering === true)).bytes;
    case "snapshot-chunk": {
      const { snapshot } = message;
      const sink = head(16 + configurationSize(snapshot.configuration) + 13 + message.bytes.length);
      sink.u64(snapshot.index).u64(snapshot.term);
      writeConfiguration(sink, snapshot.configuration);
      return sink.u64(message.offset).u8(Number(message.done)).sized(message.bytes).bytes;
    }
    case "snapshot-ack":
      return head(16).u64(message.index).u64(message.nextOffset).bytes;
    case "timeout-now":
    case "observe":
    case "inquire":
      return head(0).bytes;
    case "inquire-ack":
      return head(UUID_LENGTH + 1)
        .uuid(message.asked)
        .u8(Number(message.fresh)).bytes;
    case "recovered":
      return head(UUID_LENGTH + 8)
        .uuid(message.directoryId)
        .u64(message.index).bytes;
  }
}

function ackFlags(message: AppendAck): number {
  return (message.accepted ? 1 : 0) | (message.recovering === true ? 2 : 0);
}

/**
 * The message in `bytes`, addressed as its envelope said.
 * @throws RaftDecodeError
 */
export function decodeRaftMessage(bytes: Uint8Array, address: { from: NodeId; to: NodeId }): RaftMessage {
  const source = new Source(bytes);
  if (address.from === NO_NODE || address.to === NO_NODE) throw new RaftDecodeError("a message without an address");
  checkVersion(source.u8(), VERSION);
  const code = source.u8();
  const term = source.u64();
  const fromDirectory = source.uuid();
  const head = { from: address.from, to: address.to, term };
  const message = readBody(source, code, fromDirectory === ZERO_UUID ? head : { fromDirectory, ...head });
  source.end();
  return message;
}

interface Head {
  from: NodeId;
  to: NodeId;
  term: number;
  fromDirectory?: Uuid;
}

function readBody(source: Source, code: number, head: Head): RaftMessage {
  switch (code) {
    case typeCodes["pre-vote"]:
      return { type: "pre-vote", lastIndex: source.u64(), lastTerm: source.u64(), ...head };
    case typeCodes["pre-vote-ack"]:
      return { type: "pre-vote-ack", granted: source.bool(), ...head };
    case typeCodes.vote:
      return { type: "vote", lastIndex: source.u64(), lastTerm: source.u64(), transfer: source.bool(), ...head };
    case typeCodes["vote-ack"]:
      return { type: "vote-ack", granted: source.bool(), ...head };
    case typeCodes.append: {
      const previousIndex = source.u64();
      const previousTerm = source.u64();
      const commit = source.u64();
      const entries = readEntries(source, previousIndex, previousTerm, head.term);
      return { type: "append", previousIndex, previousTerm, commit, entries, ...head };
    }
    case typeCodes["append-ack"]: {
      const flags = source.u8();
      if (flags > 3) throw new RaftDecodeError(`${flags} are not flags of an answer`);
      const index = source.u64();
      const hint = { hintIndex: source.u64(), hintTerm: source.u64() };
      return { type: "append-ack", accepted: (flags & 1) === 1, index, ...head, ...hint, ...recoveringIf(flags > 1) };
    }
    case typeCodes.heartbeat:
      return { type: "heartbeat", commit: source.u64(), round: source.u64(), ...head };
    case typeCodes["heartbeat-ack"]:
      return {
        type: "heartbeat-ack",
        round: source.u64(),
        lastIndex: source.u64(),
        ...head,
        ...recoveringIf(source.bool()),
      };
    case typeCodes["snapshot-chunk"]: {
      const index = source.u64();
      const term = source.u64();
      const snapshot: SnapshotMetadata = { index, term, configuration: readConfiguration(source) };
      const offset = source.u64();
      const done = source.bool();
      return { type: "snapshot-chunk", snapshot, offset, done, bytes: source.sized(), ...head };
    }
    case typeCodes["snapshot-ack"]:
      return { type: "snapshot-ack", index: source.u64(), nextOffset: source.u64(), ...head };
    case typeCodes["timeout-now"]:
      return { type: "timeout-now", ...head };
    case typeCodes.observe:
      return { type: "observe", ...head };
    case typeCodes.inquire:
      return { type: "inquire", ...head };
    case typeCodes["inquire-ack"]:
      return { type: "inquire-ack", asked: source.uuid(), fresh: source.bool(), ...head };
    case typeCodes.recovered:
      return { type: "recovered", directoryId: source.uuid(), index: source.u64(), ...head };
    default:
      throw new RaftDecodeError(`unknown message type ${code}`);
  }
}

function recoveringIf(recovering: boolean): { recovering?: true } {
  return recovering ? { recovering: true } : {};
}

function readEntries(source: Source, previousIndex: number, previousTerm: number, senderTerm: number): Entry[] {
  const count = source.count(ENTRY_HEADER);
  if (previousIndex + count > Number.MAX_SAFE_INTEGER) throw new RaftDecodeError("index above 2^53");
  const entries: Entry[] = [];
  let lastTerm = previousTerm;
  for (let i = 1; i <= count; i++) {
    const term = source.u64();
    if (term < lastTerm || term > senderTerm) throw new RaftDecodeError(`term ${term} after ${lastTerm}`);
    lastTerm = term;
    const type = entryTypeOf(source.u8());
    if (type === undefined) throw new RaftDecodeError("unknown entry type");
    const payload = source.sized();
    if (type === "configuration") decodeConfiguration(payload);
    entries.push({ index: previousIndex + i, term, type, payload });
  }
  return entries;
}
