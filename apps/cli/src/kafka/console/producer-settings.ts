import type { ProducerOptions } from "@moldau/client";
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
