// kafka-features. Source: org.apache.kafka.tools.FeatureCommand of Kafka 4.1.
import type { Admin } from "@moldau/client";
import { isKafkaClientError } from "../../errors";
import { messageOf } from "../java-error";
import { bootstrapController, bootstrapServer, commandConfig, type OptionDefinition, type Options } from "../options";
import type { ClientSettings, KafkaTool, ToolRun } from "../tool";
import { ToolError, ToolUsageError } from "../tool-error";
import {
  features,
  LATEST_LEVEL,
  levelOfName,
  levelWith,
  METADATA_VERSION,
  nameOfLevel,
  releasedNames,
} from "./metadata-versions";

type Update = Parameters<Admin["updateFeatures"]>[0][number];

const settings: ClientSettings = { controllers: true };
const LEVEL_MAX = 32_767;
const dryRun: OptionDefinition = { flag: "dry-run", help: "check it, but do not do it" };
const unsafe: OptionDefinition = { flag: "unsafe", help: "even if it may irreversibly destroy metadata" };
const levels: readonly OptionDefinition[] = [
  { flag: "release-version", value: "version", help: "all features as this release has them: 4.0, 3.9-IV0" },
  {
    flag: "metadata",
    value: "version",
    help: "the metadata version by its name; --release-version is to be preferred",
  },
  { flag: "feature", value: "feature=level", help: "this feature to this level; may be repeated" },
];

export const featuresTool: KafkaTool = {
  name: "kafka-features",
  purpose: "features of the cluster and their levels",
  summary: "This tool manages feature flags in Kafka.",
  examples: [
    ["--bootstrap-server localhost:9092 describe", "what is in force, and what could be"],
    ["--bootstrap-server localhost:9092 upgrade --feature group.version=1 --dry-run", "whether it could be"],
  ],
  options: [bootstrapServer, bootstrapController, commandConfig],
  subcommands: {
    describe: { summary: "describe the current active feature flags", options: [], run: describe },
    upgrade: {
      summary: "upgrade one or more feature flags",
      options: [...levels, dryRun],
      run: (tool) => change(tool, "upgrade", wanted(tool, "upgrade")),
    },
    downgrade: {
      summary: "downgrade one or more feature flags",
      options: [...levels, unsafe, dryRun],
      run: (tool) => change(tool, "downgrade", wanted(tool, downgradeOf(tool.options))),
    },
    disable: {
      summary: "disable one or more feature flags: the same as downgrading to 0",
      options: [{ flag: "feature", value: "feature", help: "the feature; may be repeated" }, unsafe, dryRun],
      run: (tool) => {
        const names = tool.options.values("feature");
        refuseTwice(names);
        const type = downgradeOf(tool.options);
        return change(
          tool,
          "disable",
          names.map((name) => ({ name, level: 0, type })),
        );
      },
    },
    "version-mapping": {
      summary: "the levels of all features that a release sets",
      options: [{ flag: "release-version", value: "version", help: "the release; the latest where there is none" }],
      run: versionMapping,
    },
    "feature-dependencies": {
      summary: "which levels of other features a level needs",
      options: [{ flag: "feature", value: "feature=level", help: "the feature and its level; may be repeated" }],
      run: dependencies,
    },
  },
};

function levelText(feature: string, level: number): string {
  return feature === METADATA_VERSION ? (nameOfLevel(level) ?? `UNKNOWN ${level}`) : String(level);
}

async function describe({ print, withAdmin }: ToolRun): Promise<void> {
  const { supported, finalized, finalizedEpoch } = await withAdmin((admin) => admin.describeFeatures(), settings);
  for (const { name, min, max } of [...supported].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const level = finalized.find((feature) => feature.name === name)?.max ?? 0;
    print(
      [
        `Feature: ${name}`,
        `SupportedMinVersion: ${levelText(name, min)}`,
        `SupportedMaxVersion: ${levelText(name, max)}`,
        `FinalizedVersionLevel: ${levelText(name, level)}`,
        `Epoch: ${finalizedEpoch < 0 ? "-" : finalizedEpoch}`,
      ].join("\t"),
    );
  }
}

function downgradeOf(options: Options): Update["type"] {
  return options.has("unsafe") ? "unsafe_downgrade" : "safe_downgrade";
}

function parseFeature(text: string): { name: string; level: number } {
  const at = text.indexOf("=");
  if (at < 0) throw new ToolError(`Can't parse feature=level string ${text}: equals sign not found.`);
  const level = text.slice(at + 1).trim();
  if (!/^[-+]?\d+$/.test(level) || Math.abs(Number(level)) > LEVEL_MAX) {
    throw new ToolError(`Can't parse feature=level string ${text}: unable to parse ${level} as a short.`);
  }
  return { name: text.slice(0, at).trim(), level: Number(level) };
}

function refuseTwice(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ToolError(`Feature ${twice} was specified more than once.`);
}

function metadataLevel(text: string): number {
  const level = levelOfName(text);
  if (level !== undefined) return level;
  throw new ToolError(`Unknown metadata.version ${text}. Supported metadata.version are ${releasedNames().join(", ")}`);
}

/** The levels that the command line asks for. */
function wanted({ options, print }: ToolRun, type: Update["type"]): Update[] {
  const release = options.value("release-version");
  const metadata = options.value("metadata");
  const named = options.values("feature");
  if (release !== undefined && (metadata !== undefined || named.length > 0)) {
    throw new ToolError("Can not specify `release-version` with other feature flags.");
  }
  if (release !== undefined) {
    const level = metadataLevel(release);
    const others = features
      .map((feature): Update => ({ name: feature.name, level: levelWith(feature, level), type }))
      // To raise something to 0 says nothing.
      .filter((update) => type !== "upgrade" || update.level > 0);
    return [{ name: METADATA_VERSION, level, type }, ...others];
  }
  const updates: Update[] = [];
  if (metadata !== undefined) {
    print(" `metadata` flag is deprecated and may be removed in a future release.");
    updates.push({ name: METADATA_VERSION, level: metadataLevel(metadata), type });
  }
  updates.push(...named.map((text) => ({ ...parseFeature(text), type })));
  refuseTwice(updates.map(({ name }) => name));
  return updates;
}

async function change(
  tool: ToolRun,
  verb: "upgrade" | "downgrade" | "disable",
  updates: readonly Update[],
): Promise<void> {
  const { options, print } = tool;
  if (updates.length === 0) throw new ToolError(`You must specify at least one feature to ${verb}`);
  const validateOnly = options.has("dry-run");
  const outcomes = await tool.withAdmin((admin) => outcomesOf(admin, updates, validateOnly), settings);
  let failures = 0;
  for (const update of [...updates].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const error = outcomes.get(update.name);
    if (error) {
      failures++;
      const what = verb === "disable" ? `disable ${update.name}` : `${verb} ${update.name} to ${update.level}`;
      print(`${validateOnly ? "Can not " : "Could not "}${what}. ${messageOf(error)}`);
    } else {
      const what = verb === "disable" ? "disabled." : `${verb}d to ${update.level}.`;
      print(`${update.name}${validateOnly ? " can be " : " was "}${what}`);
    }
  }
  if (failures > 0) throw new ToolError(`${failures} out of ${updates.length} operation(s) failed.`);
}

/** An error of the whole is an error of each. */
async function outcomesOf(
  admin: Admin,
  updates: readonly Update[],
  validateOnly: boolean,
): Promise<Map<string, unknown>> {
  try {
    const outcomes = await admin.updateFeatures(updates, { validateOnly });
    return new Map(outcomes.map(({ name, error }) => [name, error]));
  } catch (error) {
    if (!isKafkaClientError(error)) throw error;
    return new Map(updates.map(({ name }) => [name, error]));
  }
}

function versionMapping({ options, print }: ToolRun): Promise<void> {
  const name = options.value("release-version") ?? nameOfLevel(LATEST_LEVEL)!;
  const level = levelOfName(name);
  if (level === undefined) {
    const released = releasedNames();
    throw new ToolError(
      `Unknown release version '${name}'. Supported versions are: ${released[0]} to ${released.at(-1)}`,
    );
  }
  print(`${METADATA_VERSION}=${level} (${name})`);
  for (const feature of features) print(`${feature.name}=${levelWith(feature, level)}`);
  return Promise.resolve();
}

/** Only the feature of eligible leader replicas needs another. */
const needed: Readonly<Record<string, number>> = { "eligible.leader.replicas.version=1": 23 };

function dependencies({ options, print }: ToolRun): Promise<void> {
  if (!options.has("feature")) throw new ToolUsageError("argument --feature is required");
  for (const text of options.values("feature")) {
    const { name, level } = parseFeature(text);
    if (name === METADATA_VERSION) {
      const known = nameOfLevel(level);
      if (known === undefined) throw new ToolError(`Unknown metadata.version ${level}`);
      print(`${name}=${level} (${known}) has no dependencies.`);
      continue;
    }
    const feature = features.find((each) => each.name === name);
    if (feature === undefined) throw new ToolError(`Unknown feature: ${name}`);
    if (level !== 0 && !feature.levels.some((each) => each.level === level)) {
      throw new ToolError(`No feature:${name} with feature level ${level}`);
    }
    const metadata = needed[`${name}=${level}`];
    if (metadata === undefined) print(`${name}=${level} has no dependencies.`);
    else {
      print(`${name}=${level} requires:`);
      print(`    ${METADATA_VERSION}=${metadata} (${nameOfLevel(metadata)})`);
    }
  }
  return Promise.resolve();
}
