import { connect } from "node:net";
import { PeerUnavailable, type ProbeOutcome, type RpcAddress } from "./service";

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
    const timer = setTimeout(() => end(() => resolve("silent")), timeoutMs);
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
