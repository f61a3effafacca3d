// One connection, one request at a time, frames as they are: what a broker does with bytes is what is looked at.
import { connect, type Socket } from "node:net";

/** What came back: the frame behind its length, or nothing because the connection was closed, or nothing in time. */
export type Outcome = { frame: Buffer } | { closed: true } | { silent: true };

const silenceMs = 10_000;

export class Connection {
  private socket: Socket | undefined;

  constructor(private readonly address: string) {}

  /** Sends bytes behind a length prefix (or `length` instead of the true one) and waits for one frame, `waitMs` at most. */
  async send(bytes: Uint8Array, { length = bytes.length, waitMs = silenceMs } = {}): Promise<Outcome> {
    const socket = await this.open();
    const prefix = Buffer.alloc(4);
    prefix.writeInt32BE(length);
    return new Promise((resolve) => {
      let have = Buffer.alloc(0);
      const end = (outcome: Outcome) => {
        clearTimeout(late);
        socket.off("data", take).off("close", closed);
        if (!("frame" in outcome)) this.close();
        resolve(outcome);
      };
      const take = (data: Buffer) => {
        have = Buffer.concat([have, data]);
        if (have.length >= 4 && have.length >= 4 + have.readInt32BE(0)) end({ frame: have.subarray(4) });
      };
      const closed = () => end({ closed: true });
      const late = setTimeout(() => end({ silent: true }), waitMs);
      socket.on("data", take).on("close", closed);
      socket.write(Buffer.concat([prefix, bytes]));
    });
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private async open(): Promise<Socket> {
    if (this.socket !== undefined && !this.socket.destroyed) return this.socket;
    const colon = this.address.lastIndexOf(":");
    const socket = connect({ host: this.address.slice(0, colon), port: Number(this.address.slice(colon + 1)) });
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    socket.on("error", () => undefined);
    return (this.socket = socket.setNoDelay(true));
  }
}
