import { CoordinatorDefinition, type KafkaAnswer } from "@moldau/contracts";
import {
  type NodeRegistration,
  type Role,
  type RoleContext,
  type RunningRole,
  startNodeRegistration,
} from "@moldau/host";
import type { Cell } from "@moldau/telemetry";
import { groupConfigOf } from "./group-config-of";
import { registerGroupMetrics } from "./group-metrics";
import { GroupShards } from "./group-shards";
import { logGroupEvent } from "./log-group-event";
import { servedApis } from "./served-apis";
import { steadyClock } from "./steady-clock";

/** A stretch of log that is replayed without letting anybody else have the process. */
const LOAD_BYTES_MAX = 1024 * 1024;
/** How long a clean stop waits for the controller to move the shards away. */
const SHUTDOWN_TIMEOUT_MS = 4_000;

/**
 * The coordinator: owns shards of `__consumer_offsets` as the controller assigns them, and answers for the groups in them.
 * Keeps nothing that is not in the log.
 */
export const coordinatorRole: Role = {
  name: "coordinator",
  start(context) {
    return Promise.resolve(startCoordinator(context));
  },
};

function startCoordinator(context: RoleContext): RunningRole {
  const { config, telemetry, clock, observer, peers, nodeId } = context;
  const { log } = telemetry;
  const nowMs = steadyClock(clock);
  const rebalances: { cell?: Cell } = {};
  const shards = new GroupShards({
    nodeId,
    peers,
    log,
    config: groupConfigOf(config),
    codec: config.number("offsets.topic.compression.codec"),
    loadBytes: Math.min(config.number("offsets.load.buffer.size"), LOAD_BYTES_MAX),
    appendTimeoutMs: config.number("offsets.commit.timeout.ms"),
    image: () => observer.image,
    nowMs,
    monotonicMs: () => clock.monotonicMs(),
    onEvent: (event) => {
      if (event.event === "rebalance completed" && rebalances.cell !== undefined) rebalances.cell.value++;
      logGroupEvent(log, event);
    },
  });
  rebalances.cell = registerGroupMetrics(telemetry.metrics, () => shards.states());

  const api = { shards, random: context.random, image: () => observer.image };
  context.services.offer(CoordinatorDefinition, {
    async handle(call, { signal, traceparent }): Promise<KafkaAnswer> {
      const handler = servedApis.get(call.apiKey);
      if (handler === undefined) throw new Error(`the coordinator does not serve API ${call.apiKey}`);
      const span = telemetry.tracing.start("coordinator.handle", traceparent, { "kafka.api": call.apiKey });
      try {
        const body = await handler(call, api, signal);
        span?.end();
        return { body };
      } catch (error) {
        span?.end(String(error));
        throw error;
      }
    },
  });
  const unsubscribe = observer.subscribe((delta, image) => shards.onImage(delta, image));
  const registration = startOwnRegistration(context);

  return {
    notReady() {
      const loading = shards.loading;
      return [
        ...(observer.caughtUp ? [] : ["the metadata is not caught up"]),
        ...(registration?.notReady() ?? []),
        ...(loading.length === 0 ? [] : [`${loading.length} shards are loading, the first is ${loading[0]}`]),
      ];
    },
    async drain() {
      await registration?.shutDown(SHUTDOWN_TIMEOUT_MS);
    },
    stop() {
      unsubscribe();
      shards.stop();
      registration?.stop();
      return Promise.resolve();
    },
  };
}

/** The broker role registers the node where there is one; a coordinator on a node of its own does it itself. */
function startOwnRegistration(context: RoleContext): NodeRegistration | undefined {
  if (context.config.list("process.roles").includes("broker")) return undefined;
  return startNodeRegistration(context, { roles: ["coordinator"] });
}
