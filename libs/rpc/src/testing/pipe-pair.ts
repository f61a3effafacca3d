import { codecs, type Frame, type Outgoing } from "@moldau/contracts";
import type { Implementation, Method } from "../method";
import { PipeAnswerer } from "../pipe-answerer";
import { PipeCaller, type PipeCallerOptions } from "../pipe-caller";

/** What an outgoing frame is on the wire. */
export function bytesOf(frame: Outgoing): Uint8Array {
  const bytes = Buffer.alloc(frame.length);
  frame.copy(bytes, 0);
  return bytes;
}

/** One end's frames on their way: a test looks at them and delivers them when it wants to. */
export class Way {
  readonly frames: Uint8Array[] = [];
  deliver: (frame: Uint8Array) => void = () => undefined;

  send(frame: Outgoing): void {
    this.frames.push(bytesOf(frame));
  }

  get waiting(): Frame[] {
    return this.frames.map((bytes) => codecs.Frame.decode(bytes));
  }

  /** Delivers what waits now; returns how many that were. */
  flush(): number {
    const now = this.frames.splice(0);
    for (const frame of now) this.deliver(frame);
    return now.length;
  }
}

/** A caller and an answerer with two ways between them instead of a network. */
export class PipePair {
  readonly there = new Way();
  readonly back = new Way();
  readonly caller: PipeCaller;
  answerer!: PipeAnswerer;
  opened = 0;
  callerClosed = 0;
  answererClosed = 0;
  private closed!: (reason: string) => void;

  constructor(
    private readonly methods: readonly Method[],
    private readonly implementation: Implementation,
    options: Partial<PipeCallerOptions> & { requestWindowBytes?: number } = {},
  ) {
    this.caller = new PipeCaller({
      peer: "Test at nowhere",
      open: (events) => {
        this.opened++;
        this.there.frames.length = this.back.frames.length = 0;
        this.closed = events.closed;
        this.back.deliver = events.receive;
        this.answerer = new PipeAnswerer({
          methods: this.methods,
          implementation: this.implementation,
          transport: {
            send: (frame, copied) => {
              this.back.send(frame);
              copied?.();
            },
            close: () => this.answererClosed++,
          },
          callerNodeId: 5,
          ...(options.requestWindowBytes !== undefined && { windowBytes: options.requestWindowBytes }),
        });
        const answerer = this.answerer;
        this.there.deliver = (frame) => answerer.receive(frame);
        return { send: (frame) => this.there.send(frame), close: () => this.callerClosed++ };
      },
      ...options,
    });
  }

  break(reason: string): void {
    this.answerer.closed();
    this.closed(reason);
  }

  /** Delivers in both directions until nothing moves any more. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      const moved = this.there.flush() + this.back.flush();
      await new Promise((resolve) => setImmediate(resolve));
      quiet = moved === 0 ? quiet + 1 : 0;
    }
  }
}
