/** The types of values, by the names that `kafka-configs.sh` prints. */
export type ConfigType = "boolean" | "string" | "int" | "short" | "long" | "double" | "list" | "class" | "password";
export type Importance = "high" | "medium" | "low";

/**
 * How a broker key may change while the cluster runs: not at all, for single brokers only, or for one broker and by a default for
 * all of them. Source: KIP-226.
 */
export type UpdateMode = "read-only" | "per-broker" | "cluster-wide";

/** Another key that stands in where this one has no value, and what to multiply its value with to get this one's unit. */
export interface Synonym {
  key: string;
  scale: number;
}

/** Everything there is to know about one key. This file and the tables import nothing, so that any room may read them. */
export interface ConfigDefinition {
  readonly name: string;
  readonly type: ConfigType;
  /** As DescribeConfigs shows it; null for a key that has no value until somebody gives one. */
  readonly default: string | null;
  readonly importance: Importance;
  readonly mode: UpdateMode;
  readonly documentation: string;
  readonly min?: number;
  readonly max?: number;
  /** The values there are; of a list, its items. */
  readonly allowed?: readonly string[];
  /** Says what is wrong with a value that has the right type; undefined when it is fine. */
  readonly check?: (value: string) => string | undefined;
  /** In order. For a topic key: the broker keys that set its default. */
  readonly synonyms: readonly Synonym[];
  /** As in Kafka, which has it as a dynamic key only, DescribeConfigs tells it where it was set, and then without its default. */
  readonly onlyWhenSet?: boolean;
  /** Accepted so that existing files work, without effect here; the reason, for a person. */
  readonly inert?: string;
}

type Details = Partial<
  Pick<ConfigDefinition, "min" | "max" | "allowed" | "check" | "synonyms" | "inert" | "onlyWhenSet">
> & {
  importance?: Importance;
  mode?: UpdateMode;
};

/** One row of a table. Importance is medium and the mode read-only where the details don't say otherwise. */
export function define(
  type: ConfigType,
  name: string,
  value: string | number | boolean | null,
  documentation: string,
  details: Details = {},
): ConfigDefinition {
  const { importance = "medium", mode = "read-only", synonyms = [], ...rest } = details;
  return {
    name,
    type,
    default: value === null ? null : String(value),
    importance,
    mode,
    documentation,
    synonyms,
    ...rest,
  };
}

/** Kafka's Long.MAX_VALUE: "no limit" in times and counts. */
export const LONG_MAX = "9223372036854775807";
export const INT_MAX = 2_147_483_647;

const integerRanges: Partial<Record<ConfigType, readonly [bigint, bigint]>> = {
  short: [-32_768n, 32_767n],
  int: [-2_147_483_648n, 2_147_483_647n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** The unit of a key's value as its name tells it; undefined for names that tell none. */
export function unitOf(name: string): string | undefined {
  const suffix = /\.(ms|bytes|seconds|secs|minutes|hours|ratio)$/.exec(name)?.[1];
  if (suffix) return suffix === "secs" ? "seconds" : suffix;
  return /\.bytes\.|\.bytes$|^message\.max\.bytes$/.test(name) ? "bytes" : undefined;
}

/** What is wrong with `value` for this key, as the end of a sentence that begins with the key; undefined when it is fine. */
export function validateValue(definition: ConfigDefinition, value: string): string | undefined {
  const text = value.trim();
  switch (definition.type) {
    case "boolean":
      if (!/^(true|false)$/i.test(text)) return `"${value}" is neither true nor false`;
      break;
    case "short":
    case "int":
    case "long": {
      if (!/^[+-]?\d+$/.test(text)) return `"${value}" is not a whole number${withUnit(definition)}`;
      const [low, high] = integerRanges[definition.type]!;
      const number = BigInt(text);
      if (number < low || number > high) return `${text} does not fit: ${low} to ${high}`;
      const range = outOfRange(definition, Number(number));
      if (range) return range;
      break;
    }
    case "double": {
      const number = text === "" ? NaN : Number(text);
      if (Number.isNaN(number)) return `"${value}" is not a number`;
      const range = outOfRange(definition, number);
      if (range) return range;
      break;
    }
    case "list": {
      const items = splitList(text);
      const wrong = definition.allowed && items.find((item) => !definition.allowed!.includes(item));
      if (wrong !== undefined) return `"${wrong}" is not one of ${definition.allowed!.join(", ")}`;
      break;
    }
    case "string":
    case "class":
    case "password":
      if (definition.allowed && !definition.allowed.includes(text)) {
        return `"${value}" is not one of ${definition.allowed.join(", ")}`;
      }
      break;
  }
  return definition.check?.(text);
}

/** The items of a comma-separated value; none for an empty one. */
export function splitList(value: string): string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/**
 * A valid value as Kafka tells it after reading it: without blanks, booleans in small letters, numbers without signs and zeros
 * in front, a double as Java prints it. Source: ConfigDef.parseType and convertToString.
 */
export function canonicalValue(type: ConfigType, value: string): string {
  const text = value.trim();
  switch (type) {
    case "boolean":
      return text.toLowerCase();
    case "short":
    case "int":
    case "long":
      return /^[+-]?\d+$/.test(text) ? String(BigInt(text.replace("+", ""))) : text;
    case "double":
      return text === "" || Number.isNaN(Number(text)) ? text : asJavaDouble(Number(text));
    case "list":
      return splitList(text).join(",");
    default:
      return text;
  }
}

function asJavaDouble(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits, exponent] = value.toExponential().split("e") as [string, string];
    return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function outOfRange({ min, max, name }: ConfigDefinition, value: number): string | undefined {
  const unit = unitOf(name);
  const units = unit && unit !== "ratio" ? ` ${unit}` : "";
  if (min !== undefined && value < min) return `${value} is below the least, ${min}${units}`;
  if (max !== undefined && value > max) return `${value} is above the most, ${max}${units}`;
  return undefined;
}

function withUnit(definition: ConfigDefinition): string {
  const unit = unitOf(definition.name);
  return unit ? ` (of ${unit})` : "";
}
