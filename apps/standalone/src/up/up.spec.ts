import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";

// `moldau up` as a user runs it: the command's contract, with real processes.

const moldau = join(__dirname, "../../../cli/bin/moldau.cjs");
const started: Up[] = [];
let dir: string;

beforeEach(() => (dir = mkdtempSync(join(tmpdir(), "moldau-up-"))));
afterEach(async () => {
  await Promise.all(started.splice(0).map((up) => up.end()));
  rmSync(dir, { recursive: true, force: true });
});

class Up {
  stdout = "";
  stderr = "";
  readonly exit: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(...args: string[]) {
    this.child = spawn(
      process.execPath,
      [moldau, "up", "--port", "0", "--admin-port", "0", "--data", join(dir, "data"), ...args],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.child.stdout!.on("data", (data) => (this.stdout += String(data)));
    this.child.stderr!.on("data", (data) => (this.stderr += String(data)));
    this.exit = new Promise((resolve) => this.child.on("close", (code) => resolve(code)));
    started.push(this);
  }

  async ready(): Promise<{ bootstrap: string[]; admin: string }> {
    const deadline = Date.now() + 25_000;
    for (;;) {
      const line = /^moldau ready: bootstrap=(\S+) admin=(\S+)$/m.exec(this.stdout);
      if (line) return { bootstrap: line[1]!.split(","), admin: line[2]! };
      if (this.child.exitCode !== null || Date.now() > deadline)
        throw new Error(`not ready: ${this.stdout}${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async end(): Promise<void> {
    if (this.child.exitCode === null) this.child.kill("SIGTERM");
    await this.exit;
  }
}

async function roundTrip(bootstrap: string[], topic: string, value: string): Promise<void> {
  const kafka = new Kafka({
    brokers: bootstrap,
    logLevel: logLevel.NOTHING,
    retry: { retries: 20, initialRetryTime: 100, maxRetryTime: 500 },
  });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ value }] });
  await producer.disconnect();
}

async function offsets(bootstrap: string[], topic: string): Promise<number> {
  const admin = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0);
  } finally {
    await admin.disconnect();
  }
}

it("says when it is ready, serves, stops with status 0 on SIGTERM and finds its data again", async () => {
  const first = new Up();
  const { bootstrap, admin } = await first.ready();
  expect((await fetch(`${admin}/readyz`)).status).toBe(200);
  await roundTrip(bootstrap, "kept", "one");
  expect(await (await fetch(`${admin}/metrics`)).text()).toContain(
    'kafka_server_brokertopicmetrics_messagesin_total{topic="kept"} 1',
  );
  first.signal("SIGTERM");
  expect(await first.exit).toBe(0);
  expect(first.stdout.trim().split("\n")).toHaveLength(1);

  const second = new Up();
  expect(await offsets((await second.ready()).bootstrap, "kept")).toBe(1);
});

it("runs each role in a process of its own, starts a killed one again and loses nothing", async () => {
  const up = new Up("--split", "--brokers", "2", "--gateways", "2", "--coordinators", "2");
  const { bootstrap, admin } = await up.ready();
  expect(bootstrap).toHaveLength(2);
  const run = join(dir, "data/run");
  const names = readdirSync(run).filter((file) => /-\d+\.pid$/.test(file));
  expect(names.sort()).toEqual(
    ["broker-1", "broker-2", "controller-201", "coordinator-101", "coordinator-102", "gateway-301", "gateway-302"].map(
      (name) => `${name}.pid`,
    ),
  );
  await roundTrip(bootstrap, "split", "one");
  const pidOf = (name: string) => Number(readFileSync(join(run, `${name}.pid`), "utf8"));
  for (const name of ["broker-1", "broker-2"]) {
    const before = pidOf(name);
    process.kill(before, "SIGKILL");
    const deadline = Date.now() + 20_000;
    while (!existsSync(join(run, `${name}.pid`)) || pidOf(name) === before || !(await fetch(`${admin}/readyz`)).ok) {
      if (Date.now() > deadline) throw new Error(`${name} did not come back: ${up.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await roundTrip(bootstrap, "split", "two");
  expect(await offsets(bootstrap, "split")).toBe(2);
  expect(await (await fetch(`${admin}/metrics`)).text()).toMatch(/role="gateway",node="301"/);
  up.signal("SIGINT");
  expect(await up.exit).toBe(0);
  expect(readdirSync(run).filter((file) => file.endsWith(".pid"))).toEqual([]);
}, 60_000);

describe("what cannot be done is one clear line and status 2", () => {
  const refusal = async (up: Up) => {
    expect(await up.exit).toBe(2);
    expect(up.stdout).toBe("");
    const lines = up.stderr.trim().split("\n");
    expect(lines).toHaveLength(1);
    return lines[0]!;
  };

  it("an unknown option", async () => {
    expect(await refusal(new Up("--broker", "3"))).toMatch(/unknown option '--broker'.*--brokers/);
  });

  it("a key that nobody knows", async () => {
    expect(await refusal(new Up("-o", "num.partition=3"))).toMatch(/num\.partition.*num\.partitions/);
  });

  it("a quorum of two", async () => {
    expect(await refusal(new Up("--controllers", "2"))).toBe(
      "moldau: --controllers 2: a quorum has 1, 3 or 5 controllers",
    );
  });

  it("a port that is taken, for clients and for the admin", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => squatter.once("listening", resolve));
    const port = String((squatter.address() as AddressInfo).port);
    try {
      expect(await refusal(new Up("--admin-port", port))).toContain(`admin port 127.0.0.1:${port} is taken`);
      if (Number(port) < 55_000) expect(await refusal(new Up("--port", port))).toContain(`127.0.0.1:${port} is taken`);
    } finally {
      squatter.close();
    }
  });

  it("a data directory that another cluster is using", async () => {
    const first = new Up();
    await first.ready();
    expect(await refusal(new Up())).toMatch(/is in use by the cluster of process \d+/);
  });

  it("a data directory that is a file", async () => {
    writeFileSync(join(dir, "data"), "");
    expect(await refusal(new Up())).toMatch(/cannot use .*data as the data directory/);
  });

  it("a broker's directory of another cluster, and its data stays", async () => {
    const first = new Up();
    await first.ready();
    first.signal("SIGTERM");
    await first.exit;
    const file = join(dir, "data/broker-1/meta.properties");
    const text = readFileSync(file, "utf8").replace(/cluster\.id=.*/, "cluster.id=AAAAAAAAAAAAAAAAAAAAAw");
    writeFileSync(file, text);
    expect(await refusal(new Up())).toMatch(/broker-1.*cluster/);
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});
