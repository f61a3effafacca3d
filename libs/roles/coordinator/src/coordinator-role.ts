import { KafkaError } from "@moldau/base";
import { CoordinatorDefinition, type KafkaAnswer } from "@moldau/contracts";
import {
  knowsOwnStart,
  type Role,
  type RoleContext,
  type RunningRole,
  startNodeRegistration,
  startProducerIds,
} from "@moldau/host";
import type { MetadataDelta, MetadataImage } from "@moldau/metadata";
import type { Cell } from "@moldau/telemetry";
import { ClusterTopics } from "./cluster-topics";
import { forgetDeletedTopics } from "./forget-topics";
import { groupConfigOf } from "./group-config-of";
import { groupKind, type GroupShards } from "./group-kind";
import { registerGroupMetrics } from "./group-metrics";
import { startLag } from "./lag/start-lag";
import { logGroupEvent } from "./log-group-event";
import { OwnedShards } from "./owned-shards";
import { RebalanceHistory } from "./rebalance-history";
import { servedApis } from "./served-apis";
import { steadyClock } from "./steady-clock";
import { transactionConfigOf } from "./transaction-config-of";
import { TransactionCoordinator } from "./transaction-coordinator";
import { registerTransactionMetrics } from "./transaction-metrics";
import { verifyTransaction } from "./verify-transaction";
import { writeMarkers } from "./write-markers";

/** A stretch of log that is replayed without letting anybody else have the process. */
const LOAD_BYTES_MAX = 1024 * 1024;
/** How long a clean stop waits for the controller to move the shards away. */
const SHUTDOWN_TIMEOUT_MS = 4_000;

/**
 * The coordinator: owns shards of `__consumer_offsets` and `__transaction_state` as the controller assigns them, and answers
 * for the groups and transactions in them. Keeps nothing that is not in the log.
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
  const image = (): MetadataImage => observer.image;
  const shared = { nodeId, peers, log, image, nowMs, monotonicMs: () => clock.monotonicMs() };
  const counted: { rebalances?: Cell; transactions?: Cell } = {};
  const rebalances = new RebalanceHistory();
  const topics = new ClusterTopics(image);
  const shards: GroupShards = new OwnedShards(
    groupKind(groupConfigOf(config), config.number("offsets.topic.compression.codec"), topics),
    {
      ...shared,
      loadBytes: Math.min(config.number("offsets.load.buffer.size"), LOAD_BYTES_MAX),
      appendTimeoutMs: config.number("offsets.commit.timeout.ms"),
      onEvent: (event) => {
        if (event.event === "rebalance completed" && counted.rebalances !== undefined) counted.rebalances.value++;
        rebalances.add(event, nowMs());
        logGroupEvent(log, event);
      },
    },
  );
  const transactions = new TransactionCoordinator({
    ...shared,
    config: transactionConfigOf(config, image),
    producerIds: startProducerIds(context),
    loadBytes: Math.min(config.number("transaction.state.log.load.buffer.size"), LOAD_BYTES_MAX),
    appendTimeoutMs: config.number("offsets.commit.timeout.ms"),
    onCompleted: () => {
      if (counted.transactions !== undefined) counted.transactions.value++;
    },
  });
  counted.rebalances = registerGroupMetrics(telemetry.metrics, () => shards.states());
  counted.transactions = registerTransactionMetrics(telemetry.metrics, transactions);
  const lag = startLag({ ...shared, states: () => shards.states() }, { config, metrics: telemetry.metrics });

  const servesConsumerGroups = (): boolean =>
    (observer.image.features.get("group.version") ?? 0) > 0 &&
    config.list("group.coordinator.rebalance.protocols").includes("consumer");
  const groupShards = config.number("offsets.topic.num.partitions");
  const { random } = context;
  const api = { shards, rebalances, transactions, groupShards, random, image, peers, nodeId, servesConsumerGroups };
  let serves = false;
  context.services.offer(CoordinatorDefinition, {
    async handle(call, { signal, traceparent }): Promise<KafkaAnswer> {
      // With the metadata of before its start it would tell clients of topics and features that there are none, for good.
      if (!serves) return { body: new Uint8Array(0), errorCode: KafkaError.NOT_COORDINATOR };
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
    verifyTransaction: (request, { signal }) => verifyTransaction(request, { ...api, serves }, signal),
    writeMarkers: (request, { signal }) => writeMarkers(request, api, signal),
  });

  const registration = startNodeRegistration(context, "coordinator");
  const onImage = (delta: MetadataDelta, next: MetadataImage): void => {
    topics.onImage(delta);
    serves ||= knowsOwnStart(context);
    if (!serves) return;
    shards.onImage(delta, next);
    transactions.onImage(delta, next);
    forgetDeletedTopics(shards, delta);
  };
  const unsubscribe = observer.subscribe(onImage);

  return {
    notReady() {
      const loading = [...shards.loading, ...transactions.shards.loading];
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
      lag.stop();
      shards.stop();
      transactions.stop();
      registration?.stop();
      return Promise.resolve();
    },
  };
}
