/**
 * IncrementalAlterConfigs, versions 0–1. Levels of loggers (KIP-412) are no metadata: the node that was named sets them, until its
 * process ends. Everything else is the controller's. KIPs: 339, 412. Source: ConfigAdminManager, RuntimeLoggerManager.
 */
import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { LoggerChange } from "@moldau/contracts";
import { ConfigResourceType } from "@moldau/metadata";
import {
  type IncrementalAlterConfigsRequest,
  readIncrementalAlterConfigsRequest,
  readIncrementalAlterConfigsResponse,
  Reader,
  writeIncrementalAlterConfigsRequest,
  writeIncrementalAlterConfigsResponse,
  Writer,
} from "@moldau/protocol";
import { type Answer, answer, type Call, decode, relay } from "../call";
import { askController, callContext, troubleOf } from "../forward";
import type { Gateway } from "../gateway";

const timeoutMs = 30_000;
const Operation = { SET: 0, DELETE: 1 } as const;
const unreachable = "the active controller cannot be reached; try again";

type Resource = IncrementalAlterConfigsRequest["resources"][number];
interface Outcome {
  errorCode: KafkaErrorCode | number;
  errorMessage: string | null;
}

export async function incrementalAlterConfigs(call: Call, gateway: Gateway): Promise<Answer> {
  const request = decode(call, readIncrementalAlterConfigsRequest);
  const isLogger = ({ resourceType }: Resource) => resourceType === ConfigResourceType.BROKER_LOGGER;
  const rest = request.resources.filter((resource) => !isLogger(resource));
  if (rest.length === request.resources.length) {
    const reply = await askController(call, gateway, timeoutMs);
    return reply.error === undefined
      ? relay(call, reply.body)
      : respond(call, request.resources, () => ({ errorCode: reply.error, errorMessage: unreachable }));
  }
  const outcomes = new Map<Resource, Outcome>();
  for (const resource of request.resources.filter(isLogger)) {
    const twice = request.resources.some(
      (other) => other !== resource && isLogger(other) && other.resourceName === resource.resourceName,
    );
    outcomes.set(
      resource,
      twice
        ? invalid("Each resource must appear at most once.")
        : await alterLoggers(resource, request.validateOnly, call, gateway),
    );
  }
  if (rest.length > 0) {
    const writer = new Writer();
    writeIncrementalAlterConfigsRequest(writer, { ...request, resources: rest }, call.version);
    const reply = await askController({ ...call, body: writer.toBytes() }, gateway, timeoutMs);
    const answered =
      reply.error === undefined
        ? readIncrementalAlterConfigsResponse(new Reader(reply.body), call.version).responses
        : undefined;
    rest.forEach((resource, i) =>
      outcomes.set(
        resource,
        answered?.[i] ?? { errorCode: reply.error ?? KafkaError.UNKNOWN_SERVER_ERROR, errorMessage: unreachable },
      ),
    );
  }
  return respond(call, request.resources, (resource) => outcomes.get(resource)!);
}

function respond(call: Call, resources: readonly Resource[], outcomeOf: (resource: Resource) => Outcome): Answer {
  return answer(call, writeIncrementalAlterConfigsResponse, {
    responses: resources.map((resource) => {
      const { errorCode, errorMessage } = outcomeOf(resource);
      return { resourceType: resource.resourceType, resourceName: resource.resourceName, errorCode, errorMessage };
    }),
  });
}

function invalid(errorMessage: string): Outcome {
  return { errorCode: KafkaError.INVALID_REQUEST, errorMessage };
}

async function alterLoggers(resource: Resource, validateOnly: boolean, call: Call, gateway: Gateway): Promise<Outcome> {
  const { resourceName, configs } = resource;
  if (!/^\d+$/.test(resourceName)) return invalid(`Node id must be an integer, but it is: ${resourceName}`);
  const nodeId = Number(resourceName);
  if (!gateway.image.brokers.has(nodeId) && nodeId !== gateway.context.nodeId) {
    return invalid(`Unexpected broker id ${resourceName}: no such broker is registered`);
  }
  if (new Set(configs.map(({ name }) => name)).size < configs.length) {
    return invalid("Error due to duplicate config keys");
  }
  const changes: LoggerChange[] = [];
  for (const { name, value, configOperation } of configs) {
    if (configOperation === Operation.DELETE) changes.push({ name, level: undefined });
    else if (configOperation !== Operation.SET) {
      return invalid(
        `${configOperation === 2 ? "APPEND" : "SUBTRACT"} operation is not allowed for the BROKER_LOGGER resource`,
      );
    } else if (value === null) return invalid(`Null value not supported for : ${name}`);
    else changes.push({ name, level: value });
  }
  try {
    const reply = await gateway.context.peers
      .node(nodeId)
      .alterLoggers({ changes, validateOnly }, callContext(call, gateway, timeoutMs));
    return { errorCode: reply.errorCode, errorMessage: reply.errorCode === 0 ? null : reply.errorMessage };
  } catch (error) {
    if (!troubleOf(call, gateway, error, `node ${nodeId}`)) {
      return { errorCode: KafkaError.UNKNOWN_SERVER_ERROR, errorMessage: null };
    }
    return { errorCode: KafkaError.BROKER_NOT_AVAILABLE, errorMessage: `Broker ${nodeId} cannot be reached now` };
  }
}
