import type { ProducerOptions, TransactionalProducerOptions } from "@moldau/client";
import { ToolError } from "../tool-error";

const codecs = ["none", "gzip", "snappy", "lz4", "zstd"] as const;
/** Kafka's delivery.timeout.ms. */
const DELIVERY_TIMEOUT_MS = 120_000;

/** A producer's settings from Kafka's property names. Names that this client has no use for are passed over. */
export function producerSettings(properties: ReadonlyMap<string, string>): Omit<ProducerOptions, "bootstrap"> {
  const number = (key: string): number | undefined => {
    const text = properties.get(key);
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text)) throw new ToolError(`Invalid value ${text} for configuration ${key}: Not a number`);
    return Number(text);
  };
  const acks = acksOf(properties.get("acks") ?? "all");
  const compression = codecs.find((name) => name === (properties.get("compression.type") ?? "none"));
  if (compression === undefined) {
    throw new ToolError(
      `Invalid value ${properties.get("compression.type")} for configuration compression.type: Unknown compression name`,
    );
  }
  return {
    acks,
    compression,
    // Kafka's client falls back to one without where acks do not allow it.
    idempotent: acks === -1 && properties.get("enable.idempotence") !== "false",
    lingerMs: number("linger.ms"),
    batchBytesMax: number("batch.size"),
    bufferBytesMax: number("buffer.memory"),
    timeoutMs: number("delivery.timeout.ms") ?? DELIVERY_TIMEOUT_MS,
  };
}

/** Those of a producer of transactions, which is idempotent and waits for all replicas. */
export function transactionSettings(
  properties: ReadonlyMap<string, string>,
): Omit<TransactionalProducerOptions, "bootstrap" | "transactionalId"> {
  const { acks, idempotent, ...settings } = producerSettings(properties);
  if (properties.get("enable.idempotence") === "false") {
    throw new ToolError("Cannot set a transactional.id without also enabling idempotence.");
  }
  if (acks !== -1 || !idempotent) {
    throw new ToolError(
      "Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.",
    );
  }
  const timeout = properties.get("transaction.timeout.ms");
  if (timeout === undefined) return settings;
  if (!/^\d+$/.test(timeout)) {
    throw new ToolError(`Invalid value ${timeout} for configuration transaction.timeout.ms: Not a number`);
  }
  return { ...settings, transactionTimeoutMs: Number(timeout) };
}

/** Refuses what Kafka's tool refuses with its first record: it begins no transaction. */
export function withoutTransactions(properties: ReadonlyMap<string, string>, tool: string): void {
  if (!properties.has("transactional.id")) return;
  throw new ToolError(
    `transactional.id: ${tool} begins no transactions; leave it out, or use moldau produce --transactional-id`,
  );
}

function acksOf(text: string): -1 | 0 | 1 {
  switch (text) {
    case "all":
    case "-1":
      return -1;
    case "0":
      return 0;
    case "1":
      return 1;
    default:
      throw new ToolError(`Invalid value ${text} for configuration acks: String must be one of: all, -1, 0, 1`);
  }
}
