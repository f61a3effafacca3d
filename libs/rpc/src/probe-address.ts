import { connect } from "node:net";
import { PeerUnavailable, type ProbeOutcome, type RpcAddress } from "./service";

/** The time is waited out in parts: a process that stood still itself reads the answer before the last one is over. */
const WAIT_PARTS = 3;

/**
 * Opens a TCP connection and closes it again. The kernel takes connections for a process that is busy, in a long garbage
 * collection or stopped, and refuses them as soon as nobody listens: that is what tells slow from dead.
 */
export function probeAddress(address: RpcAddress, timeoutMs: number): Promise<ProbeOutcome> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.host, port: address.port });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on("error", () => undefined);
      socket.destroy();
      settle();
    };
    let timer: NodeJS.Timeout | undefined;
    const waitOn = (parts: number): void => {
      if (parts === 0) return end(() => resolve("silent"));
      timer = setTimeout(() => waitOn(parts - 1), timeoutMs / WAIT_PARTS);
    };
    waitOn(WAIT_PARTS);
    socket.once("connect", () => end(() => resolve("alive")));
    socket.once("error", (error: NodeJS.ErrnoException) => {
      const { code = "", message } = error;
      if (code === "ECONNREFUSED") return end(() => resolve("dead"));
      // It took the connection and let go of it again.
      if (code === "ECONNRESET") return end(() => resolve("alive"));
      if (code === "EHOSTUNREACH" || code === "EHOSTDOWN" || code === "ETIMEDOUT") return end(() => resolve("silent"));
      // No network here, no descriptors, a name that nobody knows: that is about this end.
      end(() => reject(new PeerUnavailable(`${address.host}:${address.port} could not be asked: ${message}`, false)));
    });
  });
}
