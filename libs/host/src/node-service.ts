import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import { brokerConfigDefinitions, type Config } from "@moldau/config";
import type { NodeDefinition } from "@moldau/contracts";
import type { Service } from "@moldau/rpc";
import { type Loggers, logLevels, ROOT_LOGGER } from "@moldau/telemetry";

/**
 * What a node tells about itself: its own configuration, which no other process knows, and its loggers, whose levels it
 * changes on demand until it ends. Source: kafka.server.ConfigAdminManager, RuntimeLoggerManager (KIP-412).
 */
export function nodeService(config: Pick<Config, "given">, loggers: Loggers): Service<typeof NodeDefinition> {
  return {
    describe: () =>
      Promise.resolve({
        given: [...config.given()].map(([key, value]) => ({ key, value: isSecret(key) ? undefined : value })),
        loggers: loggers.levels().map(([name, level]) => ({ name, level })),
      }),
    alterLoggers({ changes, validateOnly }) {
      for (const { name, level } of changes) {
        const problem = problemWith(loggers, name, level);
        if (problem) return Promise.resolve(problem);
      }
      if (!validateOnly) for (const { name, level } of changes) loggers.set(name, level);
      return Promise.resolve({ errorCode: KafkaError.NONE, errorMessage: "" });
    },
  };
}

function isSecret(key: string): boolean {
  return brokerConfigDefinitions.get(key)?.type === "password";
}

function problemWith(
  loggers: Loggers,
  name: string,
  level: string | undefined,
): { errorCode: KafkaErrorCode; errorMessage: string } | undefined {
  const { INVALID_CONFIG, INVALID_REQUEST } = KafkaError;
  if (!loggers.has(name)) return { errorCode: INVALID_CONFIG, errorMessage: `Logger ${name} does not exist!` };
  if (level === undefined) {
    if (name !== ROOT_LOGGER) return undefined;
    return { errorCode: INVALID_REQUEST, errorMessage: "Removing the log level of the root logger is not allowed" };
  }
  if (logLevels.includes(level.toUpperCase())) return undefined;
  return {
    errorCode: INVALID_CONFIG,
    errorMessage: `Cannot set the log level of ${name} to ${level} as it is not a supported log level. Valid log levels are ${[...logLevels].sort().join(", ")}`,
  };
}
