/**
 * Talk between a process of a cluster and the one that started it, over Node's IPC channel: the parent asks how the
 * child is, the child tells when it cannot start. A child whose parent is gone stops, so that nothing is left behind.
 */
export type FromParent =
  /** `metrics`: their text as well; without it the answer has none. */
  { type: "status"; id: number; metrics: boolean } | { type: "stop" };
export type FromChild =
  | { type: "status"; id: number; notReady: string[]; addresses: string[]; metrics: string }
  | { type: "failed"; message: string };

export interface ParentLink {
  /** Tells the parent why this process ends. */
  failed(message: string): void;
}

/** Answers the parent where there is one; does nothing in a process that somebody else started. */
export function linkToParent(handlers: {
  status(): { notReady: string[]; addresses: string[] };
  metrics(): Promise<string>;
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
      const { id } = message;
      // Metrics of the process cost timers from the first time on that somebody asks for them.
      void Promise.resolve(message.metrics ? handlers.metrics() : "").then(
        (metrics) => send({ type: "status", id, ...handlers.status(), metrics }),
        (error: unknown) => send({ type: "status", id, notReady: [String(error)], addresses: [], metrics: "" }),
      );
    }
  });
  process.on("disconnect", () => handlers.stop("the parent process is gone"));
  return { failed: (message) => send({ type: "failed", message }) };
}
