import { createLogger, Loggers } from "./index";

function lines() {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push((JSON.parse(line) as { msg: string }).msg) };
  const root = createLogger({ service: "s", nodeId: 1, level: "info", destination });
  return { written, loggers: new Loggers(root, { node: 1 }), root };
}

it("lists them with log4j's levels", () => {
  const { loggers } = lines();
  loggers.create("moldau.broker", {});
  expect(loggers.levels()).toEqual([
    ["root", "INFO"],
    ["moldau.broker", "INFO"],
  ]);
  expect([loggers.has("moldau.broker"), loggers.has("root"), loggers.has("kafka")]).toEqual([true, true, false]);
});

it("turns one up, and what was made below it before and after", () => {
  const { loggers, written, root } = lines();
  const broker = loggers.create("moldau.broker", {});
  const gateway = loggers.create("moldau.gateway", {});
  const before = broker.child({ shard: 1 });
  loggers.set("moldau.broker", "DEBUG");
  broker.debug("a");
  before.debug("b");
  broker.child({ shard: 2 }).debug("c");
  gateway.debug("not this");
  root.debug("nor this");
  expect(written).toEqual(["a", "b", "c"]);
});

it("the others follow the root; one with a level of its own does when that is taken back", () => {
  const { loggers, written } = lines();
  const broker = loggers.create("moldau.broker", {});
  const gateway = loggers.create("moldau.gateway", {});
  loggers.set("moldau.broker", "ERROR");
  loggers.set("root", "TRACE");
  gateway.trace("1");
  broker.warn("not this");
  loggers.set("moldau.broker", undefined);
  broker.trace("2");
  expect(written).toEqual(["1", "2"]);
  expect(new Map(loggers.levels()).get("moldau.broker")).toBe("TRACE");
});

it("the root keeps its level when one is taken back from it", () => {
  const { loggers } = lines();
  loggers.set("root", "WARN");
  loggers.set("root", undefined);
  expect(loggers.levels()).toEqual([["root", "WARN"]]);
});
