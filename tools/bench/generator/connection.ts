// A Kafka connection that costs the generator as little as possible: frames are sent as they are, the socket reads into one
// buffer, an answer is assembled in another one that the next answer overwrites.
import { connect, type Socket } from "node:net";

const READ_BYTES = 256 * 1024;

/** An answer without its length prefix; valid until the callback returns. */
export type OnAnswer = (body: Buffer) => void;

export class WireConnection {
  private readonly waiting: OnAnswer[] = [];
  private readonly prefix = Buffer.alloc(4);
  private body = Buffer.allocUnsafe(64 * 1024);
  private have = 0;
  /** Bytes of the answer that is coming; -1 while its length is. */
  private need = -1;
  private failed: Error | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly onFailure: (error: Error) => void,
  ) {}

  /**
   * @param address `host:port`
   * @param onFailure the connection is gone with requests waiting; without it, the process ends with that error
   */
  static open(address: string, onFailure: (error: Error) => void = raise): Promise<WireConnection> {
    const at = address.lastIndexOf(":");
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: address.slice(0, at),
        port: Number(address.slice(at + 1)),
        noDelay: true,
        onread: {
          buffer: Buffer.allocUnsafe(READ_BYTES),
          callback: (length, buffer) => {
            connection.take(buffer as Buffer, length);
            return true;
          },
        },
      });
      const connection = new WireConnection(socket, onFailure);
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        socket.on("error", (error) => connection.fail(error));
        socket.on("close", () => connection.fail(new Error(`${address} closed the connection`)));
        resolve(connection);
      });
    });
  }

  /** Answers come in the order of requests, so nothing is looked up by correlation id. */
  request(frame: Uint8Array, onAnswer: OnAnswer): void {
    if (this.failed !== undefined) return this.onFailure(this.failed);
    this.waiting.push(onAnswer);
    this.socket.write(frame);
  }

  /** For what is not answered (acks=0): resolves when the socket has taken it. */
  tell(frame: Uint8Array, onTaken: () => void): void {
    this.socket.write(frame, () => onTaken());
  }

  close(): void {
    this.failed ??= new Error("closed by the generator");
    this.socket.destroy();
  }

  private fail(error: Error): void {
    if (this.failed !== undefined) return;
    this.failed = error;
    if (this.waiting.length > 0) this.onFailure(error);
  }

  private take(bytes: Buffer, length: number): void {
    for (let at = 0; at < length;) {
      if (this.need < 0) {
        const part = Math.min(4 - this.have, length - at);
        bytes.copy(this.prefix, this.have, at, at + part);
        at += part;
        this.have += part;
        if (this.have < 4) return;
        this.need = this.prefix.readInt32BE(0);
        this.have = 0;
        if (this.need > this.body.length) this.body = Buffer.allocUnsafe(Math.max(this.need, 2 * this.body.length));
      }
      const part = Math.min(this.need - this.have, length - at);
      bytes.copy(this.body, this.have, at, at + part);
      at += part;
      this.have += part;
      if (this.have < this.need) return;
      const answer = this.body.subarray(0, this.need);
      this.need = -1;
      this.have = 0;
      this.waiting.shift()!(answer);
    }
  }
}

function raise(error: Error): never {
  throw error;
}
