/**
 * Talk between a process of a cluster and the one that started it, over Node's IPC channel: the parent asks how the
 * child is, the child tells when it cannot start. A child whose parent is gone stops, so that nothing is left behind.
 */
export type FromParent = { type: "status"; id: number } | { type: "stop" };
export type FromChild =
  | { type: "status"; id: number; notReady: string[]; addresses: string[]; metrics: string }
  | { type: "failed"; message: string };

export interface ParentLink {
  /** Tells the parent why this process ends. */
  failed(message: string): void;
}

/** Answers the parent where there is one; does nothing in a process that somebody else started. */
export function linkToParent(handlers: {
  status(): Promise<{ notReady: string[]; addresses: string[]; metrics: string }>;
  /** The parent asks for a clean stop, or is gone. */
  stop(reason: string): void;
}): ParentLink {
  if (process.send === undefined) return { failed: () => undefined };
  const send = (message: FromChild) => {
    if (process.connected) process.send?.(message);
  };
  process.on("message", (message: FromParent) => {
    if (message.type === "stop") handlers.stop("the parent process asked for it");
    if (message.type === "status") {
      void handlers.status().then(
        (status) => send({ type: "status", id: message.id, ...status }),
        (error: unknown) =>
          send({ type: "status", id: message.id, notReady: [String(error)], addresses: [], metrics: "" }),
      );
    }
  });
  process.on("disconnect", () => handlers.stop("the parent process is gone"));
  return { failed: (message) => send({ type: "failed", message }) };
}
