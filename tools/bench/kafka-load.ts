// A load generator that is cheap enough not to be the bottleneck: frames are encoded once and sent again with nothing
// but the correlation id changed; answers are counted by their length prefix and not decoded.
import { connect, type Socket } from "node:net";
import { build as buildHistogram, type Histogram } from "hdr-histogram-js";
import { Reader, Writer, writeRequestHeader } from "@moldau/protocol";

export interface Frame {
  bytes: Buffer;
  /** Payload that counts for MB/s. */
  payloadBytes: number;
}

/** A request frame with length and header, its correlation id at offset 8. */
export function frameOf(apiKey: number, apiVersion: number, write: (writer: Writer) => void): Buffer {
  const writer = new Writer();
  writeRequestHeader(writer, { apiKey, apiVersion, correlationId: 0, clientId: "moldau-bench" });
  write(writer);
  const body = Buffer.from(writer.toBytes());
  const frame = Buffer.allocUnsafe(4 + body.length);
  frame.writeInt32BE(body.length, 0);
  body.copy(frame, 4);
  return frame;
}

/** One connection with requests in flight; answers come back in order. */
export class LoadConnection {
  private readonly waiting: { sentAt: number; resolve(body: Buffer): void }[] = [];
  private chunks: Buffer[] = [];
  private have = 0;
  private need = 4;
  private inBody = false;
  private correlationId = 0;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on("data", (data) => this.take(data));
  }

  static open(address: string): Promise<LoadConnection> {
    const at = address.lastIndexOf(":");
    return new Promise((resolve, reject) => {
      const socket = connect({ host: address.slice(0, at), port: Number(address.slice(at + 1)) });
      socket.once("error", reject);
      socket.once("connect", () => resolve(new LoadConnection(socket)));
    });
  }

  /** Sends a frame; resolves with the answer's body behind its length prefix. */
  send(frame: Buffer): Promise<Buffer> {
    frame.writeInt32BE(this.correlationId++ & 0x7fffffff, 8);
    return new Promise((resolve) => {
      this.waiting.push({ sentAt: performance.now(), resolve });
      this.socket.write(frame);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(data: Buffer): void {
    this.chunks.push(data);
    this.have += data.length;
    while (this.have >= this.need) {
      const bytes = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
      const part = bytes.subarray(0, this.need);
      const rest = bytes.subarray(this.need);
      this.chunks = rest.length > 0 ? [rest] : [];
      this.have = rest.length;
      if (this.inBody) {
        this.need = 4;
        this.waiting.shift()!.resolve(part);
      } else this.need = part.readInt32BE(0);
      this.inBody = !this.inBody;
    }
  }
}

export interface LoadResult {
  mbPerSecond: number;
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Runs `total` requests over connections with `inFlight` each. `frameFor` gives each slot a frame of its own. */
export async function load(options: {
  connections: LoadConnection[];
  inFlight: number;
  total: number;
  frameFor(connection: number, slot: number): Frame;
  check(answer: Buffer): void;
}): Promise<LoadResult> {
  const times: Histogram = buildHistogram({ highestTrackableValue: 60_000_000 });
  let left = options.total;
  let payload = 0;
  const started = performance.now();
  await Promise.all(
    options.connections.flatMap((connection, c) =>
      Array.from({ length: options.inFlight }, async (_, slot) => {
        const frame = options.frameFor(c, slot);
        while (left-- > 0) {
          const sentAt = performance.now();
          const answer = await connection.send(frame.bytes);
          times.recordValue(Math.round((performance.now() - sentAt) * 1000));
          options.check(answer);
          payload += frame.payloadBytes;
        }
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  return {
    mbPerSecond: payload / 1e6 / seconds,
    requestsPerSecond: options.total / seconds,
    p50Ms: times.getValueAtPercentile(50) / 1000,
    p99Ms: times.getValueAtPercentile(99) / 1000,
  };
}

/** A reader behind the response header (`flexible`: with its empty tag section). */
export function bodyReader(answer: Buffer, flexible: boolean): Reader {
  return new Reader(answer, flexible ? 5 : 4);
}
