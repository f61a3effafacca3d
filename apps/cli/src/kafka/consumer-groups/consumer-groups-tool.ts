// kafka-consumer-groups. Source: org.apache.kafka.tools.consumer.group.ConsumerGroupCommand of Kafka 4.1.
import type { Admin } from "@moldau/client";
import { messageOf } from "../java-error";
import { bootstrapServer, commandConfig, onlyBeside, type Options, refuseWith, requireOptions } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { ToolUsageError } from "../tool-error";
import { deleteGroups } from "./delete-groups";
import { deleteOffsets } from "./delete-offsets";
import { describeGroups } from "./describe-groups";
import { listGroups } from "./list-groups";
import { resetOffsets, resetScenarios } from "./reset-offsets";

const actions = ["list", "describe", "delete", "reset-offsets", "delete-offsets", "validate-regex"] as const;
const DEFAULT_TIMEOUT_MS = "30000";

export const consumerGroupsTool: KafkaTool = {
  name: "kafka-consumer-groups",
  purpose: "list, describe and delete consumer groups, reset and delete their offsets",
  summary:
    "This tool helps to list all consumer groups, describe a consumer group, delete consumer group info, or reset consumer group offsets.",
  examples: [
    ["--bootstrap-server localhost:9092 --list", "their names"],
    ["--bootstrap-server localhost:9092 --describe --group billing", "offsets and lag"],
    ["--bootstrap-server localhost:9092 --describe --group billing --members --verbose", "who reads what"],
    ["--bootstrap-server localhost:9092 --describe --all-groups --state", "how they are"],
    [
      "--bootstrap-server localhost:9092 --reset-offsets --group billing --topic orders:0,1 --to-earliest --dry-run",
      "what would be changed; --execute changes it",
    ],
  ],
  errorPrefix: "\nError: Executing consumer group command failed due to ",
  errorsOn: "output",
  // The tool ends with 0 even then.
  failsWith: 0,
  command: {
    options: [
      bootstrapServer,
      commandConfig,
      { flag: "list", help: "list all consumer groups" },
      { flag: "describe", help: "offsets and lag of groups, or --members or --state" },
      { flag: "delete", help: "delete groups that have no members" },
      { flag: "reset-offsets", help: "other offsets for groups without members; --dry-run or --execute" },
      { flag: "delete-offsets", help: "forget what a group has committed for topics" },
      { flag: "validate-regex", value: "regex", help: "check a regular expression" },
      { flag: "group", value: "group", help: "the group; may be repeated" },
      { flag: "all-groups", help: "all groups" },
      {
        flag: "topic",
        value: "topic[:0,1,...]",
        help: "the topic, or some of its partitions, to reset or forget; may be repeated",
      },
      { flag: "all-topics", help: "all topics that the group has committed for" },
      { flag: "members", help: "describe the members" },
      { flag: "offsets", help: "describe the offsets; what --describe does by itself" },
      {
        flag: "state",
        value: "states",
        valueOptional: true,
        help: "describe the state; with --list: show it, or list only groups in these states",
      },
      {
        flag: "type",
        value: "types",
        valueOptional: true,
        help: "with --list: show the type, or list only these types",
      },
      { flag: "verbose", help: "describe more" },
      { flag: "timeout", value: "ms", type: "integer", default: DEFAULT_TIMEOUT_MS, help: "how long a call may take" },
      { flag: "dry-run", help: "show what --reset-offsets would do" },
      { flag: "execute", help: "do it" },
      { flag: "export", help: "show the offsets as CSV" },
      { flag: "to-offset", value: "offset", type: "integer", help: "reset to this offset" },
      { flag: "from-file", value: "csv", help: "reset to the offsets of a file: topic,partition,offset" },
      { flag: "to-datetime", value: "YYYY-MM-DDThh:mm:ss.sss", help: "reset to the first record from this time on" },
      { flag: "by-duration", value: "PnDTnHnMnS", help: "reset to a time so long ago" },
      { flag: "to-earliest", help: "reset to the beginning" },
      { flag: "to-latest", help: "reset to the end" },
      { flag: "to-current", help: "reset to what is committed" },
      { flag: "shift-by", value: "n", type: "integer", help: "reset n forward, or back where it is negative" },
    ],
    async run(tool) {
      const { options } = tool;
      check(tool);
      if (options.has("validate-regex")) return validateRegex(tool, options.required("validate-regex"));
      await tool.withAdmin((admin) => act(tool, admin), { timeoutMs: options.integer("timeout") });
    },
  },
  describe: messageOf,
};

async function act(tool: ToolRun, admin: Admin): Promise<void> {
  const { options } = tool;
  if (options.has("list")) return listGroups(tool, admin);
  if (options.has("describe")) return describeGroups(tool, admin, await groupIds(options, admin));
  if (options.has("delete")) return deleteGroups(tool, admin, await groupIds(options, admin));
  if (options.has("reset-offsets")) return resetOffsets(tool, admin, await groupIds(options, admin));
  return deleteOffsets(tool, admin);
}

async function groupIds(options: Options, admin: Admin): Promise<string[]> {
  return options.has("all-groups") ? consumerGroupIds(admin) : [...new Set(options.values("group"))];
}

/** Groups of consumers, and those that hold offsets without ever having had members. */
export async function consumerGroupIds(admin: Admin): Promise<string[]> {
  const groups = await admin.listGroups();
  return groups.filter(({ protocolType, type }) => isConsumerGroup(protocolType, type)).map(({ groupId }) => groupId);
}

export function isConsumerGroup(protocolType: string, type: string): boolean {
  return type.toLowerCase() === "consumer" || protocolType === "consumer" || protocolType === "";
}

function check(tool: ToolRun): void {
  const { options } = tool;
  onlyBeside(options, "members", "describe");
  onlyBeside(options, "verbose", "describe");
  onlyBeside(options, "offsets", "describe");
  onlyBeside(options, "state", "describe", "list");
  onlyBeside(options, "type", "list");
  if (!options.has("validate-regex")) requireOptions(options, "bootstrap-server");
  const scope = "[group], [all-groups]";
  const grouped = options.has("group") || options.has("all-groups");
  if (options.has("describe")) {
    if (!grouped) throw new ToolUsageError(`Option [describe] takes one of these options: ${scope}`);
    if (["members", "offsets", "state"].filter((flag) => options.has(flag)).length > 1) {
      throw new ToolUsageError("Option [describe] takes at most one of these options: [members], [offsets], [state]");
    }
    if (options.value("state") !== undefined) {
      throw new ToolUsageError("Option [describe] does not take a value for [state]");
    }
  }
  if (options.has("delete")) {
    if (!grouped) throw new ToolUsageError(`Option [delete] takes one of these options: ${scope}`);
    if (options.has("topic")) {
      throw new ToolUsageError("The consumer does not support topic-specific offset deletion from a consumer group.");
    }
  }
  if (options.has("delete-offsets") && (!options.has("group") || !options.has("topic"))) {
    throw new ToolUsageError("Option [delete-offsets] takes the following options: [group], [topic]");
  }
  if (options.has("reset-offsets")) checkReset(tool, grouped, scope);
  refuseWith(options, "group", "all-groups");
  refuseWith(options, "group", "list");
  refuseWith(options, "topic", "list", "describe");
  if (actions.filter((action) => options.has(action)).length !== 1) {
    const names = actions.map((action) => `--${action}`).join(", ");
    throw new ToolUsageError(`Command must include exactly one action: ${names}`);
  }
}

function checkReset(tool: ToolRun, grouped: boolean, scope: string): void {
  const { options } = tool;
  if (options.has("dry-run") && options.has("execute")) {
    throw new ToolUsageError("Option [reset-offsets] only accepts one of [execute] and [dry-run]");
  }
  if (!options.has("dry-run") && !options.has("execute")) {
    tool.warn(
      "WARN: No action will be performed as the --execute option is missing. " +
        "In a future major release, the default behavior of this command will be to prompt the user before " +
        "executing the reset rather than doing a dry run. You should add the --dry-run option explicitly " +
        "if you are scripting this command and want to keep the current default behavior without prompting.",
    );
  }
  if (!grouped) throw new ToolUsageError(`Option [reset-offsets] takes one of these options: ${scope}`);
  for (const scenario of resetScenarios) {
    refuseWith(options, scenario, ...resetScenarios.filter((other) => other !== scenario));
  }
}

function validateRegex(tool: ToolRun, regex: string): void {
  try {
    new RegExp(regex, "u");
    tool.print(`The regular expression \`${regex}\` is valid.`);
  } catch (error) {
    const why = (error as Error).message.replace(/^.*: /, "");
    tool.print(`The regular expression \`${regex}\` is invalid: ${why}.`);
  }
}
