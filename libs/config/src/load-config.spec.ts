import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brokerConfigDefinitions, ConfigError, loadConfig, nearestName, topicConfigDefinitions } from "./index";
import { parseProperties, parseYaml } from "./read-config-file";

const options = (...pairs: [string, string][]): ReadonlyMap<string, string> => new Map(pairs);

function refusal(sources: Parameters<typeof loadConfig>[0]): string {
  try {
    loadConfig(sources);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error("the configuration was accepted");
}

describe("files", () => {
  let directory: string;
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "moldau-config-"))));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };

  it("says which line of which file is wrong and what was meant", () => {
    const path = file("x.properties", "node.id=1\n# comment\nnum.partition = 3\nlog.segment.bytes=1kb\n");
    const message = refusal({ file: path });
    expect(message).toContain(`unknown key num.partition: did you mean num.partitions? (file ${path} line 3)`);
    expect(message).toContain(`log.segment.bytes: "1kb" is not a whole number (of bytes) (file ${path} line 4)`);
  });

  it("option beats environment beats file beats default", () => {
    const path = file("order.properties", "num.partitions=2\nbroker.rack=file\ndefault.replication.factor=2\n");
    const env = { MOLDAU_NUM_PARTITIONS: "3", MOLDAU_BROKER_RACK: "env", OTHER: "x" };
    const config = loadConfig({ file: path, env, overrides: options(["num.partitions", "4"]) });
    expect([config.number("num.partitions"), config.string("broker.rack")]).toEqual([4, "env"]);
    expect([config.number("default.replication.factor"), config.number("replica.fetch.wait.max.ms")]).toEqual([2, 500]);
    expect([...config.given().keys()].sort()).toEqual(["broker.rack", "default.replication.factor", "num.partitions"]);
  });

  it("reads YAML, nested or flat, with line numbers", () => {
    const path = file(
      "x.yaml",
      "num.partitions: 3\nlog:\n  dirs:\n    - /a\n    - /b\n  segment.bytes: 1048576\nnode.id: 7\n",
    );
    const config = loadConfig({ file: path });
    expect(config.list("log.dirs")).toEqual(["/a", "/b"]);
    expect([config.number("num.partitions"), config.number("log.segment.bytes"), config.number("node.id")]).toEqual([
      3, 1048576, 7,
    ]);
    const wrong = file("y.yaml", "node:\n  id: 1\n  ids: 2\n");
    expect(refusal({ file: wrong })).toBe(`unknown key node.ids: did you mean node.id? (file ${wrong} line 3)`);
  });

  it("a file that is not there or not readable as what it is", () => {
    expect(refusal({ file: join(directory, "none.properties") })).toContain("there is no such file");
    expect(refusal({ file: directory })).toContain("it is a directory");
    expect(refusal({ file: file("bad.yaml", "a: [1,\nb: 2") })).toContain("bad.yaml is not valid YAML");
    expect(refusal({ file: file("list.yaml", "- 1") })).toContain("expected keys and values");
    expect(refusal({ file: file("twice.properties", "node.id=1\nnode.id=2") })).toContain("given twice");
  });
});

it("properties follow Java's rules", () => {
  const text =
    "! comment\r\na.b = c d \\\n     e\n  key:value\n\nspaced value here\nempty=\nesc\\=aped=\\u010d\\t!\nlone\n";
  expect(parseProperties(text)).toEqual([
    { key: "a.b", value: "c d e", line: 2 },
    { key: "key", value: "value", line: 4 },
    { key: "spaced", value: "value here", line: 6 },
    { key: "empty", value: "", line: 7 },
    { key: "esc=aped", value: "č\t!", line: 8 },
    { key: "lone", value: "", line: 9 },
  ]);
});

it("YAML scalars stay what was written", () => {
  expect(parseYaml("a: 0x10\nb: null\nc: ' x '\nd: true\n", "f").map((entry) => entry.value)).toEqual([
    "0x10",
    "",
    "x",
    "true",
  ]);
});

describe("environment", () => {
  it("leaves the command's own variables to the command", () => {
    const env = { MOLDAU_BOOTSTRAP: "127.0.0.1:9092", MOLDAU_DEBUG: "1", MOLDAU_NUM_PARTITIONS: "3" };
    expect([...loadConfig({ env }).given()]).toEqual([["num.partitions", "3"]]);
  });

  it("finds keys of ours without their prefix, and refuses unknown ones", () => {
    const config = loadConfig({
      env: { MOLDAU_LOG_LEVEL: "debug", MOLDAU_MOLDAU_ADVERTISE: "ports", MOLDAU_LOG_DIR: "d" },
    });
    expect([config.string("moldau.log.level"), config.string("moldau.advertise"), config.string("log.dir")]).toEqual([
      "debug",
      "ports",
      "d",
    ]);
    expect(refusal({ env: { MOLDAU_NUM_PARTITION: "1" } })).toBe(
      "unknown key num.partition: did you mean num.partitions? (environment MOLDAU_NUM_PARTITION)",
    );
  });

  it("OpenTelemetry's own variable stands in", () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };
    expect(loadConfig({ env }).string("moldau.otlp.endpoint")).toBe("http://collector:4318");
    const overrides = options(["moldau.otlp.endpoint", ""]);
    expect(loadConfig({ env, overrides }).string("moldau.otlp.endpoint")).toBe("");
  });
});

describe("refuses", () => {
  it.each([
    ["num.partitions", "0", "0 is below the least, 1"],
    ["num.partitions", "2147483648", "does not fit"],
    ["log.retention.bytes", "9223372036854775808", "does not fit"],
    ["auto.create.topics.enable", "yes", "neither true nor false"],
    ["log.cleanup.policy", "delete,squeeze", '"squeeze" is not one of compact, delete'],
    ["compression.type", "brotli", "is not one of"],
    ["log.cleaner.min.cleanable.ratio", "1.5", "above the most, 1"],
    ["listeners", "PLAINTEXT:9092", "is not NAME://host:port"],
    ["listeners", "PLAINTEXT://:9092,PLAINTEXT://:9093", "given twice"],
    ["listeners", "INSIDE://:9092", "add INSIDE:PLAINTEXT to listener.security.protocol.map"],
    ["listeners", "SSL://:9092", "needs SSL, which is not supported yet"],
    ["controller.quorum.voters", "1:9093", "is not id@host:port"],
    ["process.roles", "broker,zookeeper", "is not one of controller, broker"],
    ["ssl.keystore.location", "/x", "TLS and SASL are not supported yet"],
    ["listener.name.client.sasl.enabled.mechanisms", "PLAIN", "TLS and SASL are not supported yet"],
    ["authorizer.class.name", "a.B", "access control is not supported yet"],
    ["remote.log.storage.system.enable", "true", "tiered storage is not supported"],
    ["zookeeper.connect", "x:2181", "there is no ZooKeeper"],
    ["retention.ms", "1", "key of topics; the default for all of them is log.retention.ms"],
    ["moldau.admin.listener", "9644", "is not host:port"],
    ["moldau.cluster.id", "short", "22 characters"],
    ["completely.different", "1", "unknown key completely.different (-o"],
  ])("%s=%s: %s", (key, value, reason) => {
    expect(refusal({ overrides: options([key, value]) })).toContain(reason);
  });

  it("two ids that differ", () => {
    expect(refusal({ overrides: options(["node.id", "1"], ["broker.id", "2"]) })).toContain("differ");
  });
});

it("accepts listeners of own names, and the one for the other roles without a protocol", () => {
  const overrides = options(
    ["listeners", "INSIDE://:9092,RPC://10.0.0.1:9192,PLAINTEXT://[::1]:0"],
    ["listener.security.protocol.map", "INSIDE:PLAINTEXT,PLAINTEXT:PLAINTEXT"],
  );
  expect(loadConfig({ overrides }).list("listeners")).toHaveLength(3);
  expect(loadConfig({ overrides: options(["listeners", ""]) }).list("listeners")).toEqual([]);
});

describe("values", () => {
  it("one key stands in for another, in its unit", () => {
    const overrides = options(["log.retention.minutes", "30"], ["log.dir", "/d"], ["broker.id", "4"]);
    const config = loadConfig({ overrides });
    expect(config.number("log.retention.ms")).toBe(1_800_000);
    expect(loadConfig().number("log.retention.ms")).toBe(604_800_000);
    expect([config.list("log.dirs"), config.string("metadata.log.dir")]).toEqual([["/d"], "/d"]);
    expect([config.number("node.id"), config.isSet("node.id"), loadConfig().isSet("node.id")]).toEqual([
      4,
      true,
      false,
    ]);
  });

  it("a key without a value is empty text, and no number", () => {
    const config = loadConfig();
    expect(config.string("broker.rack")).toBe("");
    expect(() => config.number("node.id")).toThrow("node.id has no numeric value");
    expect(() => config.string("no.such.key")).toThrow("no configuration key no.such.key");
  });

  it("topic defaults follow the broker's keys", () => {
    const defaults = loadConfig({
      overrides: options(["log.retention.hours", "1"], ["log.retention.minutes", "-1"], ["message.max.bytes", "99"]),
    }).topicDefaults();
    expect(defaults.get("retention.ms")).toBe("-1");
    expect(defaults.get("max.message.bytes")).toBe("99");
    expect(defaults.get("cleanup.policy")).toBe("delete");
    expect(defaults.size).toBe(topicConfigDefinitions.size);
  });

  it("says what has no effect", () => {
    const config = loadConfig({ overrides: options(["num.network.threads", "9"], ["num.partitions", "2"]) });
    expect(config.warnings()).toEqual(["num.network.threads has no effect: one event loop does this work"]);
  });
});

it("the nearest name is one that could have been meant", () => {
  const names = [...brokerConfigDefinitions.keys()];
  expect(nearestName("log.retention.hour", names)).toBe("log.retention.hours");
  expect(nearestName("nmu.partitions", names)).toBe("num.partitions");
  expect(nearestName("xyz", names)).toBeUndefined();
});
