import { KafkaError } from "@moldau/base";
import { noContext } from "@moldau/rpc";
import { createLogger, Loggers } from "@moldau/telemetry";
import { nodeService } from "./node-service";

const start = () => {
  const loggers = new Loggers(
    createLogger({ service: "test", nodeId: 1, level: "info", destination: { write: () => 0 } }),
  );
  loggers.create("moldau.broker", {});
  const given = new Map([["log.retention.ms", "1000"]]);
  const service = nodeService({ given: () => given }, loggers);
  const alter = (changes: [string, string?][], validateOnly = false) =>
    service.alterLoggers({ changes: changes.map(([name, level]) => ({ name, level })), validateOnly }, noContext);
  return { loggers, service, alter };
};

it("tells what its process was started with, and its loggers", async () => {
  const { service } = start();
  expect(await service.describe({}, noContext)).toEqual({
    given: [{ key: "log.retention.ms", value: "1000" }],
    loggers: [
      { name: "root", level: "INFO" },
      { name: "moldau.broker", level: "INFO" },
    ],
  });
});

it("sets levels, and takes them back", async () => {
  const { loggers, alter } = start();
  expect(await alter([["moldau.broker", "debug"]])).toEqual({ errorCode: 0, errorMessage: "" });
  expect(new Map(loggers.levels()).get("moldau.broker")).toBe("DEBUG");
  await alter([["moldau.broker", undefined]]);
  expect(new Map(loggers.levels()).get("moldau.broker")).toBe("INFO");
});

it.each<[string, [string, string?], number, string]>([
  ["a logger that is not there", ["kafka.server", "INFO"], KafkaError.INVALID_CONFIG, "does not exist"],
  [
    "a level that is none",
    ["moldau.broker", "LOUD"],
    KafkaError.INVALID_CONFIG,
    "DEBUG, ERROR, FATAL, INFO, TRACE, WARN",
  ],
  ["the root's level taken away", ["root", undefined], KafkaError.INVALID_REQUEST, "root logger"],
])("refuses %s, and changes none of the others either", async (_what, change, errorCode, message) => {
  const { loggers, alter } = start();
  const reply = await alter([["moldau.broker", "TRACE"], change]);
  expect(reply).toEqual({ errorCode, errorMessage: expect.stringContaining(message) as string });
  expect(new Map(loggers.levels()).get("moldau.broker")).toBe("INFO");
});

it("changes nothing where it is asked to validate only", async () => {
  const { loggers, alter } = start();
  expect((await alter([["root", "TRACE"]], true)).errorCode).toBe(0);
  expect(loggers.levels()[0]).toEqual(["root", "INFO"]);
});
