import { KafkaError } from "@moldau/base";
import { applyRecords, ConfigResourceType, type MetadataImage, type MetadataRecord, record } from "@moldau/metadata";
import type { AlterConfigsRequest, IncrementalAlterConfigsRequest } from "@moldau/protocol";
import { type ApiError, apiError, type Decision, noError } from "./decision";
import { elrAfterMinIsrChange, MIN_ISR } from "./eligible-replicas";
import { type ControlSettings, elrEnabled } from "./settings";

type ConfigSettings = Pick<ControlSettings, "configRules" | "topicDefaults">;

export interface AlteredResource extends ApiError {
  readonly resourceType: number;
  readonly resourceName: string;
}

/** Names stay in the metadata for good: what a client may put there is bounded. Kafka keeps whatever a request can carry. */
const RESOURCE_NAME_LENGTH_MAX = 1000;

/** Kafka's AlterConfigOp.OpType. */
const Operation = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const;

interface Resource<C> {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly C[];
}

/** Replaces all dynamic configuration of each resource by what is named (rule 36). Source: AlterConfigs 0–2. */
export function alterConfigs(
  image: MetadataImage,
  settings: ConfigSettings,
  request: AlterConfigsRequest,
): Decision<AlteredResource[]> {
  return alter(image, settings, request, (resource) => {
    const values = new Map<string, string>();
    for (const { name, value } of resource.configs) {
      if (values.has(name)) return duplicateKeys;
      if (value === null) return nullValue(name);
      values.set(name, value);
    }
    return values;
  });
}

/** Sets, deletes, appends to or subtracts from single keys. Source: IncrementalAlterConfigs 0–1, KIP-339. */
export function incrementalAlterConfigs(
  image: MetadataImage,
  settings: ConfigSettings,
  request: IncrementalAlterConfigsRequest,
): Decision<AlteredResource[]> {
  const { configRules: rules } = settings;
  return alter(image, settings, request, (resource, current) => {
    const values = new Map(current);
    const seen = new Set<string>();
    for (const { name, configOperation, value } of resource.configs) {
      if (seen.has(name)) return duplicateKeys;
      seen.add(name);
      if (configOperation === Operation.DELETE) {
        values.delete(name);
        continue;
      }
      if (value === null) return nullValue(name);
      if (configOperation === Operation.SET) {
        values.set(name, value);
        continue;
      }
      if (configOperation !== Operation.APPEND && configOperation !== Operation.SUBTRACT) {
        return apiError(KafkaError.INVALID_REQUEST, `Unknown config operation ${configOperation} for ${name}.`);
      }
      const append = configOperation === Operation.APPEND;
      if (!rules.isList(resource.resourceType, name)) {
        const verb = append ? "APPEND to" : "SUBTRACT to";
        return apiError(KafkaError.INVALID_CONFIG, `Can't ${verb} key ${name} because its type is not LIST.`);
      }
      const members = listOf(values.get(name) ?? rules.defaultOf(resource.resourceType, name) ?? "");
      const named = listOf(value);
      const next = append
        ? [...members, ...named.filter((each) => !members.includes(each))]
        : members.filter((each) => !named.includes(each));
      values.set(name, next.join(","));
    }
    return values;
  });
}

function listOf(value: string): string[] {
  return value
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

const duplicateKeys = apiError(KafkaError.INVALID_REQUEST, "Error due to duplicate config keys");

function nullValue(name: string): ApiError {
  return apiError(KafkaError.INVALID_REQUEST, `Null value not supported for : ${name}`);
}

function alter<C>(
  image: MetadataImage,
  settings: ConfigSettings,
  request: { readonly resources: readonly Resource<C>[]; readonly validateOnly: boolean },
  next: (resource: Resource<C>, current: ReadonlyMap<string, string>) => ReadonlyMap<string, string> | ApiError,
): Decision<AlteredResource[]> {
  const records: MetadataRecord[] = [];
  const seen = new Map<string, number>();
  for (const each of request.resources) {
    const key = `${each.resourceType}:${each.resourceName}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const reply = request.resources.map((resource): AlteredResource => {
    const { resourceType, resourceName } = resource;
    const answer = (error: ApiError) => ({ resourceType, resourceName, ...error });
    if ((seen.get(`${resourceType}:${resourceName}`) ?? 0) > 1) {
      return answer(apiError(KafkaError.INVALID_REQUEST, "Each resource must appear at most once."));
    }
    const problem = resourceProblem(image, resourceType, resourceName);
    if (problem !== undefined) return answer(problem);
    const current = image.configs(resourceType, resourceName);
    const wanted = next(resource, current);
    if (!(wanted instanceof Map)) return answer(wanted as ApiError);
    const values = wanted as ReadonlyMap<string, string>;
    const unsafe = elrEnabled(image) ? unsafeMinIsr(resource, current, values) : undefined;
    if (unsafe !== undefined) return answer(apiError(KafkaError.INVALID_CONFIG, unsafe));
    const invalid = settings.configRules.validate(resourceType, resourceName, values);
    if (invalid !== undefined) return answer(invalid);
    for (const name of current.keys()) {
      if (!values.has(name)) records.push(record("ConfigRecord", { resourceType, resourceName, name, value: null }));
    }
    for (const [name, value] of values) {
      if (current.get(name) !== value) {
        records.push(record("ConfigRecord", { resourceType, resourceName, name, value }));
      }
    }
    return answer(noError);
  });
  if (request.validateOnly) return { records: [], reply };
  if (records.some((each) => each.name === "ConfigRecord" && each.value.name === MIN_ISR)) {
    const after = applyRecords(image, records, { offset: image.offset, epoch: image.epoch }).image;
    records.push(...elrAfterMinIsrChange(after, settings));
  }
  return { records, reply };
}

/** Where ELRs are kept, every broker and the controller must count with one minimum (KIP-966). */
function unsafeMinIsr(
  { resourceType, resourceName }: Resource<unknown>,
  current: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string>,
): string | undefined {
  if (resourceType !== ConfigResourceType.BROKER || current.get(MIN_ISR) === values.get(MIN_ISR)) return undefined;
  if (resourceName !== "") return `Broker-level ${MIN_ISR} cannot be altered while ELR is enabled.`;
  if (values.has(MIN_ISR)) return undefined;
  return `Cluster-level ${MIN_ISR} cannot be removed while ELR is enabled.`;
}

function resourceProblem(image: MetadataImage, type: number, name: string): ApiError | undefined {
  switch (type) {
    case ConfigResourceType.TOPIC:
      if (image.topicsByName.has(name)) return undefined;
      if (name === "") return apiError(KafkaError.INVALID_REQUEST, "Default topic resources are not allowed.");
      return apiError(KafkaError.UNKNOWN_TOPIC_OR_PARTITION, `The topic '${name}' does not exist.`);
    case ConfigResourceType.BROKER: {
      if (name === "") return undefined;
      const nodeId = /^\d+$/.test(name) ? Number(name) : -1;
      if (nodeId < 0) return apiError(KafkaError.INVALID_REQUEST, `Node id must be an integer, but it is: ${name}`);
      if (image.brokers.has(nodeId)) return undefined;
      // A broker of Kafka takes its own configuration only, and refuses any other one as an invalid request.
      return apiError(KafkaError.INVALID_REQUEST, `Unexpected broker id ${nodeId}: no such broker is registered`);
    }
    case ConfigResourceType.GROUP:
      if (name === "") return apiError(KafkaError.INVALID_REQUEST, "Default group resources are not allowed.");
      return nameLengthProblem(name);
    case ConfigResourceType.CLIENT_METRICS:
      if (name === "") return apiError(KafkaError.INVALID_REQUEST, "Subscription name can't be empty");
      return nameLengthProblem(name);
    default:
      return apiError(KafkaError.INVALID_REQUEST, `Unknown resource type ${type}`);
  }
}

function nameLengthProblem(name: string): ApiError | undefined {
  if (name.length <= RESOURCE_NAME_LENGTH_MAX) return undefined;
  return apiError(KafkaError.INVALID_REQUEST, `The name has more than ${RESOURCE_NAME_LENGTH_MAX} characters.`);
}
