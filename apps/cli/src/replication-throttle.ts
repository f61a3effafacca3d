import { KafkaError } from "@moldau/base";
import type { Admin } from "@moldau/client";
import { hasCode } from "./errors";

/** Rates of a broker, replicas of a topic that they are for: KIP-73, as Kafka's own tool sets them. */
const RATES = ["leader.replication.throttled.rate", "follower.replication.throttled.rate"] as const;
const SOURCES = "leader.replication.throttled.replicas";
const TARGETS = "follower.replication.throttled.replicas";

/** A partition that is copied. */
export interface ThrottledCopy {
  topic: string;
  partition: number;
  sources: readonly number[];
  destinations: readonly number[];
}

/**
 * Lets what is copied take at most so many bytes a second, into each broker that takes part and out of each; other replication is not
 * slowed down. What was set under these keys before is replaced.
 */
export async function throttleCopies(admin: Admin, copies: readonly ThrottledCopy[], bytesPerS: number): Promise<void> {
  for (const topic of new Set(copies.map((copy) => copy.topic))) {
    const list = (side: "sources" | "destinations"): string =>
      copies
        .filter((copy) => copy.topic === topic)
        .flatMap((copy) => copy[side].map((id) => `${copy.partition}:${id}`))
        .sort()
        .join(",");
    await admin.alterConfigs(
      { type: "topic", name: topic },
      { [SOURCES]: list("sources"), [TARGETS]: list("destinations") },
    );
  }
  const rates = Object.fromEntries(RATES.map((key) => [key, String(bytesPerS)]));
  for (const id of new Set(copies.flatMap(({ sources, destinations }) => [...sources, ...destinations]))) {
    await admin.alterConfigs({ type: "broker", name: String(id) }, rates);
  }
}

/** Takes throttles away. `otherRates`: further keys of the brokers that go with them. */
export async function unthrottleBrokers(
  admin: Admin,
  brokers: Iterable<number>,
  otherRates: readonly string[] = [],
): Promise<void> {
  const none = Object.fromEntries([...RATES, ...otherRates].map((key) => [key, null]));
  for (const id of brokers) await admin.alterConfigs({ type: "broker", name: String(id) }, none);
}

/** Takes the lists of throttled replicas away. */
export async function unthrottleTopics(admin: Admin, topics: Iterable<string>): Promise<void> {
  for (const name of topics) {
    try {
      await admin.alterConfigs({ type: "topic", name }, { [SOURCES]: null, [TARGETS]: null });
    } catch (error) {
      // A topic that was deleted meanwhile has no throttles.
      if (!hasCode(error, KafkaError.UNKNOWN_TOPIC_OR_PARTITION)) throw error;
    }
  }
}
