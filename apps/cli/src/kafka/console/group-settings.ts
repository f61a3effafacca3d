import type { ConsumerOptions } from "@moldau/client";
import { ToolError } from "../tool-error";

/** Keys that the other protocol has no use for. Source: org.apache.kafka.clients.consumer.ConsumerConfig. */
const unsupported = {
  classic: ["group.remote.assignor"],
  consumer: ["partition.assignment.strategy", "heartbeat.interval.ms", "session.timeout.ms"],
} as const;

/** What a consumer's properties say of its membership in a group; refuses, in Kafka's words, what does not go together. */
export function groupSettings(
  properties: ReadonlyMap<string, string>,
): Pick<
  ConsumerOptions,
  "groupProtocol" | "groupInstanceId" | "serverAssignor" | "sessionTimeoutMs" | "heartbeatIntervalMs"
> {
  const named = properties.get("group.protocol") ?? "classic";
  const groupProtocol = named.toLowerCase();
  if (groupProtocol !== "classic" && groupProtocol !== "consumer") {
    throw new ToolError(
      `Invalid value ${named} for configuration group.protocol: String must be one of: (case insensitive) CLASSIC, CONSUMER`,
    );
  }
  const given = unsupported[groupProtocol].filter((key) => (properties.get(key) ?? "").trim() !== "");
  if (given.length > 0) {
    throw new ToolError(`${given.join(", ")} cannot be set when group.protocol=${groupProtocol.toUpperCase()}`);
  }
  const strategy = properties.get("partition.assignment.strategy");
  if (strategy !== undefined && !strategy.split(",").some((name) => /(?:^|\.)RangeAssignor$/.test(name.trim()))) {
    throw new ToolError(`partition.assignment.strategy: this client has the RangeAssignor alone, not ${strategy}`);
  }
  const number = (key: string): number | undefined => {
    const text = properties.get(key);
    return text === undefined ? undefined : Number(text);
  };
  return {
    groupProtocol,
    groupInstanceId: properties.get("group.instance.id"),
    serverAssignor: properties.get("group.remote.assignor"),
    sessionTimeoutMs: number("session.timeout.ms"),
    heartbeatIntervalMs: number("heartbeat.interval.ms"),
  };
}
