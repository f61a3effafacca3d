import { knowsOwnStart } from "@moldau/host";
import type { Gateway } from "./gateway";

/** When a gateway begins to answer. */
export interface Opening {
  /** Once true it stays so. */
  readonly isOpen: boolean;
  /** Resolves when it is open; rejects where `signal` ends first. */
  wait(signal: AbortSignal): Promise<void>;
  stop(): void;
}

/**
 * Requests wait until the metadata show this node alive since its own start, and a door to name. Before, they are from the
 * life before, or say that the cluster has no nodes: librdkafka then forgets the nodes it knew, and waits for ever where one of them
 * was a coordinator. Kafka's brokers do not listen before they are unfenced; a port that is open and slow is found sooner than one
 * that has to be tried again, and no frame beyond a connection's first ones is read meanwhile.
 */
export function opening(gateway: Gateway): Opening {
  const { observer, nodeId } = gateway.context;
  let isOpen = false;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const look = (): void => {
    if (isOpen || !knowsOwnStart(gateway.context)) return;
    if (gateway.image.brokers.get(nodeId)?.fenced !== false || gateway.doors.all().length === 0) return;
    isOpen = true;
    open();
    // Not from within the subscription that may call at once.
    queueMicrotask(() => unsubscribe());
  };
  const unsubscribe = observer.subscribe(look);
  return {
    get isOpen() {
      return isOpen;
    },
    async wait(signal) {
      if (isOpen) return;
      await new Promise<void>((resolve, reject) => {
        const ended = (): void => reject(new Error("the client went before the gateway was open"));
        if (signal.aborted) return ended();
        signal.addEventListener("abort", ended, { once: true });
        void opened.then(() => {
          signal.removeEventListener("abort", ended);
          resolve();
        });
      });
    },
    stop: unsubscribe,
  };
}
