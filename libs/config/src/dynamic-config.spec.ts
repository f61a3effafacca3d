import { DynamicConfig, loadConfig } from "./index";

const layer = (...pairs: [string, string][]): ReadonlyMap<string, string> => new Map(pairs);
const none = layer();
const config = (...given: [string, string][]) => new DynamicConfig(loadConfig({ overrides: new Map(given) }));

it("this broker's value wins over the cluster's, that over the file's, that over the default", () => {
  const dynamic = config(["message.max.bytes", "1000"]);
  const now = () => dynamic.number("message.max.bytes");
  expect(now()).toBe(1000);
  dynamic.update({ own: none, clusterDefault: layer(["message.max.bytes", "2000"]) });
  expect(now()).toBe(2000);
  dynamic.update({ own: layer(["message.max.bytes", "3000"]), clusterDefault: layer(["message.max.bytes", "2000"]) });
  expect(now()).toBe(3000);
  dynamic.update({ own: none, clusterDefault: none });
  expect(now()).toBe(1000);
  expect(config().number("message.max.bytes")).toBe(1_048_588);
});

it("a topic's defaults follow, and the finer unit wins wherever it was set", () => {
  const dynamic = config(["log.retention.hours", "1"]);
  expect(dynamic.topicDefaults().get("retention.ms")).toBe("3600000");
  dynamic.update({ own: none, clusterDefault: layer(["log.retention.ms", "5000"]) });
  expect(dynamic.topicDefaults().get("retention.ms")).toBe("5000");
  expect(dynamic.number("log.retention.ms")).toBe(5000);
});

it("what a broker was started with stays what it is", () => {
  const dynamic = config(["log.cleaner.threads", "2"]);
  dynamic.update({ own: layer(["log.cleaner.threads", "4"]), clusterDefault: none });
  expect([...dynamic.given()]).toEqual([["log.cleaner.threads", "2"]]);
});

it("ignores what may not change and what makes no sense", () => {
  const dynamic = config();
  dynamic.update({
    own: layer(["num.partitions", "9"], ["log.cleaner.threads", "many"], ["no.such.key", "1"]),
    clusterDefault: none,
  });
  expect([dynamic.number("num.partitions"), dynamic.number("log.cleaner.threads")]).toEqual([1, 1]);
});

it("tells who listens, and only of changes of the value in force", () => {
  const dynamic = config();
  const heard: number[] = [];
  const stop = dynamic.onChange(["log.cleaner.threads", "log.cleaner.backoff.ms"], () =>
    heard.push(dynamic.number("log.cleaner.threads")),
  );
  dynamic.update({ own: none, clusterDefault: layer(["log.cleaner.threads", "2"]) });
  dynamic.update({ own: none, clusterDefault: layer(["log.cleaner.threads", "2"], ["message.max.bytes", "5"]) });
  dynamic.update({ own: layer(["log.cleaner.threads", "2"]), clusterDefault: none });
  dynamic.update({ own: none, clusterDefault: layer(["log.cleaner.backoff.ms", "7"]) });
  expect(heard).toEqual([2, 1]);
  stop();
  dynamic.update({ own: none, clusterDefault: none });
  expect(heard).toEqual([2, 1]);
});
