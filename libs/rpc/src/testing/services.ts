import type { BrokerDefinition, ControllerDefinition, CoordinatorDefinition } from "@moldau/contracts";
import type { CallContext, Service } from "../service";

/** A broker of which a test gives the methods it uses; the others fail. */
export function broker(methods: Partial<Service<typeof BrokerDefinition>>): Service<typeof BrokerDefinition> {
  return {
    append: unused,
    read: unused,
    listOffsets: unused,
    epochEnds: unused,
    deleteRecords: unused,
    describeLogDirs: unused,
    alterReplicaLogDirs: unused,
    describeProducers: unused,
    claim: unused,
    writeMarkers: unused,
    ...methods,
  };
}

export function controller(
  methods: Partial<Service<typeof ControllerDefinition>>,
): Service<typeof ControllerDefinition> {
  return {
    registerNode: unused,
    heartbeat: unused,
    alterPartition: unused,
    assignReplicasToDirs: unused,
    allocateProducerIds: unused,
    handle: unused,

    watchMetadata() {
      throw new Error("not part of this test");
    },
    ...methods,
  };
}

export function coordinator(
  methods: Partial<Service<typeof CoordinatorDefinition>>,
): Service<typeof CoordinatorDefinition> {
  return { handle: unused, verifyTransaction: unused, writeMarkers: unused, ...methods };
}

function unused(): Promise<never> {
  return Promise.reject(new Error("not part of this test"));
}

export function context(part: Partial<CallContext> = {}): CallContext {
  return { traceparent: "", deadlineMs: 5000, callerNodeId: -1, ...part };
}

/** Something to wait for and to end from outside. */
export function deferred<T>(): { promise: Promise<T>; resolve(value: T): void; reject(error: Error): void } {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

export async function until(condition: () => boolean, what: string, ms = 10_000): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > ms) throw new Error(`waited ${ms} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
