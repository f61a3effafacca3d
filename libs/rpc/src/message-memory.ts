import type { ServerDuplexStream } from "@grpc/grpc-js";
import { StreamDecoder } from "@grpc/grpc-js/build/src/stream-decoder";
import { BufferPool } from "@moldau/base";
import type { Outgoing } from "@moldau/contracts";
import { HEAD_BYTES, LARGE_BYTES, MessageAssembler, messageBuffer } from "./message-assembler";

/** Idle memory: as much as a few busy pipes use at a time. Unit: bytes. */
const IDLE_BYTES = 16 * 1024 * 1024;
/** Ticks until half of it is let go: some ten seconds. */
const SHRINK_TICKS = 40;

/**
 * The memory that large messages between processes lie in. grpc-js allocates each anew, and a fresh buffer of a megabyte costs
 * more than the copy into it: page faults, and collections of the whole heap. It has no option for that, so its parts that
 * allocate are replaced from outside (1.14): each is checked, so that an upgrade cannot lose it silently.
 */
export const messageMemory = new BufferPool(IDLE_BYTES);

let ticks = 0;
/** Every TICK_MS, by whoever ticks in this process. */
export function shrinkMessageMemory(): void {
  if (++ticks % SHRINK_TICKS === 0) messageMemory.shrink();
}

interface DecoderInternals {
  maxReadMessageLength: number;
  write(piece: Buffer): Buffer[];
  /** Ours. */
  assembler?: MessageAssembler;
}

interface ServerCallInternals {
  serializeMessage(message: Outgoing): Buffer;
  decoder: DecoderInternals;
}

function changed(what: string): Error {
  return new Error(`this version of @grpc/grpc-js ${what} another way: adapt message-memory.ts`);
}

/** From now on what arrives at streams of this process is put together in memory that is used again. */
export function poolReceived(): void {
  const prototype = StreamDecoder.prototype as unknown as DecoderInternals;
  const probe = new StreamDecoder(7) as unknown as Partial<DecoderInternals>;
  if (typeof prototype.write !== "function" || probe.maxReadMessageLength !== 7) throw changed("receives messages");
  prototype.write = function (this: DecoderInternals, piece) {
    this.assembler ??= new MessageAssembler(this.maxReadMessageLength, messageMemory);
    return this.assembler.push(piece);
  };
}

/** What the peer sends on a served pipe is requests, and nobody says when their memory is free: it is collected. */
export function collectReceived(call: ServerDuplexStream<Buffer, Outgoing>): void {
  const { decoder } = internalsOf(call);
  decoder.assembler = new MessageAssembler(decoder.maxReadMessageLength, undefined);
}

/** Sends on a served pipe out of memory that is used again; calls `copied` when the message's own bytes are looked at no more. */
export function poolSent(
  call: ServerDuplexStream<Buffer, Outgoing>,
): (message: Outgoing, copied: (() => void) | undefined) => void {
  const internals = internalsOf(call);
  const outputs = new WeakMap<Outgoing, Buffer>();
  internals.serializeMessage = (message) => {
    const output = messageBuffer(messageMemory, HEAD_BYTES + message.byteLength);
    output[0] = 0;
    output.writeUInt32BE(message.byteLength, 1);
    message.copy(output, HEAD_BYTES);
    if (output.length >= LARGE_BYTES) outputs.set(message, output);
    return output;
  };
  return (message, copied) => {
    if (copied === undefined && HEAD_BYTES + message.byteLength < LARGE_BYTES) {
      call.write(message);
      return;
    }
    call.write(message, () => {
      const output = outputs.get(message);
      if (output !== undefined) messageMemory.give(output);
      copied?.();
    });
  };
}

function internalsOf(call: ServerDuplexStream<Buffer, Outgoing>): ServerCallInternals {
  const internals = (call as unknown as { call?: Partial<ServerCallInternals> }).call;
  if (typeof internals?.serializeMessage !== "function" || typeof internals.decoder?.write !== "function") {
    throw changed("sends messages");
  }
  return internals as ServerCallInternals;
}
