import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTelemetry, createTestTelemetry } from "./index";
import { createLogger } from "./logging";

const typescript = ["--require", "tsx/cjs", "--conditions", "@moldau/source"];

const settings: Record<string, string> = {
  "moldau.otlp.endpoint": "",
  "moldau.trace.sample.ratio": "0.5",
  "moldau.log.level": "info",
};
const config = {
  string: (key: string): string => settings[key]!,
  number: (key: string): number => Number(settings[key]),
};

function lines(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const out: string[] = [];
  const destination = { write: (line: string): void => void out.push(line) };
  write(createLogger({ service: "moldau-broker", nodeId: 3, level: "info", destination }));
  return out.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it("a line is JSON with level, time, service and the ids of its trace", () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const [first, second, ...rest] = lines((log) => {
    log.child({ role: "broker" }).warn({ traceparent, topic: "orders" }, "slow append");
    log.error({ err: new Error("no space"), traceparent: "" }, "append failed");
    log.debug("not at this level");
  });
  expect(rest).toEqual([]);
  expect(first).toMatchObject({
    level: "warn",
    service: "moldau-broker",
    instance: 3,
    role: "broker",
    topic: "orders",
    msg: "slow append",
    trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
    span_id: "00f067aa0ba902b7",
  });
  expect(first!["time"]).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(second).toMatchObject({ level: "error", err: { message: "no space" } });
  expect(second).not.toHaveProperty("traceparent");
});

describe("log files", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "moldau-telemetry-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it("are made with their folder, and appended to", async () => {
    const file = join(directory, "log", "broker-1.log");
    for (const text of ["one", "two"]) {
      const telemetry = createTelemetry({ config, service: "moldau-broker", nodeId: 1, file });
      telemetry.log.info(text);
      await telemetry.shutdown();
    }
    const written = readFileSync(file, "utf8").trim().split("\n");
    expect(written.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(["one", "two"]);
  });

  it("a terminal sees the grave ones beside the file", () => {
    const file = join(directory, "up.log");
    const script = `
      const { createLogger } = require(${JSON.stringify(join(__dirname, "index.ts"))});
      const log = createLogger({ service: "s", nodeId: 1, level: "info", file: ${JSON.stringify(file)}, terminalLevel: "warn" });
      log.info("quiet"); log.warn("loud");`;
    const { stderr } = spawnSync(process.execPath, [...typescript, "-e", script], { encoding: "utf8" });
    const messages = (text: string): unknown[] =>
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { level: string; msg: string })
        .map(({ level, msg }) => [level, msg]);
    expect(messages(stderr)).toEqual([["warn", "loud"]]);
    expect(messages(readFileSync(file, "utf8"))).toEqual([
      ["info", "quiet"],
      ["warn", "loud"],
    ]);
  });
});

it("test telemetry is silent and real", async () => {
  const telemetry = createTestTelemetry();
  telemetry.log.fatal("nobody hears this");
  telemetry.metrics.counter("a_total", "A").cell().value = 2;
  expect(await telemetry.metrics.render()).toContain("a_total 2");
  expect(telemetry.tracing.start("x", "")).toBeUndefined();
});

it("without an endpoint neither OpenTelemetry nor prom-client is loaded", () => {
  const script = `
    const { createTelemetry } = require(${JSON.stringify(join(__dirname, "index.ts"))});
    const settings = ${JSON.stringify({ ...settings, "moldau.log.level": "silent" })};
    createTelemetry({ config: { string: (k) => settings[k], number: (k) => Number(settings[k]) }, service: "s", nodeId: 1 });
    const loaded = Object.keys(require.cache).filter((path) => /opentelemetry|prom-client|pino-pretty/.test(path));
    console.log(JSON.stringify(loaded));`;
  const output = execFileSync(process.execPath, [...typescript, "-e", script]);
  expect(JSON.parse(output.toString().trim().split("\n").pop()!)).toEqual([]);
});
