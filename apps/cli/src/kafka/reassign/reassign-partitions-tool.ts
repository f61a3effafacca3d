// kafka-reassign-partitions. Source: org.apache.kafka.tools.reassign.ReassignPartitionsCommand of Kafka 4.1.
import { toText } from "../java-error";
import { bootstrapController, bootstrapServer, commandConfig, type Options, requireOptions } from "../options";
import type { KafkaTool, ToolRun } from "../tool";
import { TerseError, ToolUsageError } from "../tool-error";
import { cancel } from "./cancel";
import { execute } from "./execute";
import { generate } from "./generate";
import { list, verify } from "./verify";

const actions = ["generate", "execute", "verify", "cancel", "list"] as const;
type Action = (typeof actions)[number];

const required: Readonly<Record<Action, readonly string[]>> = {
  verify: ["reassignment-json-file"],
  generate: ["topics-to-move-json-file", "broker-list"],
  execute: ["reassignment-json-file"],
  cancel: ["reassignment-json-file"],
  list: [],
};
const permitted: Readonly<Record<Action, readonly string[]>> = {
  verify: ["bootstrap-server", "command-config", "preserve-throttles"],
  generate: ["bootstrap-server", "broker-list", "command-config", "disable-rack-aware"],
  execute: [
    "additional",
    "bootstrap-server",
    "command-config",
    "throttle",
    "replica-alter-log-dirs-throttle",
    "timeout",
    "disallow-replication-factor-change",
  ],
  cancel: ["bootstrap-server", "bootstrap-controller", "command-config", "preserve-throttles", "timeout"],
  list: ["bootstrap-server", "bootstrap-controller", "command-config"],
};
const runs: Readonly<Record<Action, (tool: ToolRun) => Promise<void>>> = { generate, execute, verify, cancel, list };

export const reassignPartitionsTool: KafkaTool = {
  name: "kafka-reassign-partitions",
  purpose: "move partitions between brokers and log directories",
  summary: "This tool helps to move topic partitions between replicas.",
  examples: [
    [
      "--bootstrap-server localhost:9092 --generate --topics-to-move-json-file topics.json --broker-list 1,2,3",
      "a proposal",
    ],
    [
      "--bootstrap-server localhost:9092 --execute --reassignment-json-file moves.json --throttle 50000000",
      "begin to move, 50 MB/s at most",
    ],
    [
      "--bootstrap-server localhost:9092 --verify --reassignment-json-file moves.json",
      "until all have arrived: it takes the throttle back",
    ],
    ["--bootstrap-server localhost:9092 --list", "what is moving"],
  ],
  errorsOn: "output",
  describe: (error) => (error instanceof TerseError ? undefined : `Error: ${toText(error)}`),
  command: {
    options: [
      { ...bootstrapServer, valueOptional: true },
      { ...bootstrapController, valueOptional: true },
      commandConfig,
      { flag: "generate", help: "propose an assignment; nothing is changed" },
      { flag: "execute", help: "begin the reassignment that the file says" },
      { flag: "verify", help: "tell whether it has ended, and take back its throttles if so" },
      { flag: "cancel", help: "take back a reassignment that is under way" },
      { flag: "list", help: "show what is under way" },
      {
        flag: "reassignment-json-file",
        value: "file",
        help: '{"partitions": [{"topic": "orders", "partition": 0, "replicas": [1, 2], "log_dirs": ["any", "/data/2"]}]}; log_dirs may be left out',
      },
      { flag: "topics-to-move-json-file", value: "file", help: '{"topics": [{"topic": "orders"}]}' },
      { flag: "broker-list", value: "1,2,3", help: "the brokers to move to" },
      { flag: "disable-rack-aware", help: "do not look at racks" },
      { flag: "throttle", value: "bytes/s", type: "integer", default: "-1", help: "at most so much between brokers" },
      {
        flag: "replica-alter-log-dirs-throttle",
        value: "bytes/s",
        type: "integer",
        default: "-1",
        help: "at most so much between directories of a broker",
      },
      {
        flag: "timeout",
        value: "ms",
        type: "integer",
        default: "10000",
        help: "how long moves between directories may take to begin",
      },
      { flag: "additional", help: "beside what is under way; or change its throttle" },
      { flag: "preserve-throttles", help: "leave throttles as they are" },
      { flag: "disallow-replication-factor-change", help: "refuse to change the number of replicas" },
    ],
    async run(tool) {
      await runs[check(tool.options)](tool);
    },
  },
};

function check(options: Options): Action {
  const given = actions.filter((action) => options.has(action));
  const [action] = given;
  if (action === undefined || given.length > 1) {
    throw new ToolUsageError(
      `Command must include exactly one action: ${actions.map((name) => `--${name}`).join(", ")}`,
    );
  }
  if (options.has("bootstrap-server") && options.has("bootstrap-controller")) {
    throw new ToolUsageError("Please don't specify both --bootstrap-server and --bootstrap-controller");
  }
  if (!options.has("bootstrap-server") && !options.has("bootstrap-controller")) {
    throw new ToolUsageError("Please specify either --bootstrap-server or --bootstrap-controller");
  }
  requireOptions(options, ...required[action]);
  const other = options.given.find(
    ({ flag }) => flag !== action && !required[action].includes(flag) && !permitted[action].includes(flag),
  );
  if (other !== undefined) {
    throw new ToolUsageError(`Option "[${other.flag}]" can't be used with action "[${action}]"`);
  }
  return action;
}
