// A local cluster for the conformance run and the benchmark, started as a user starts it.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Skip } from "./harness.mjs";

const moldau = join(dirname(fileURLToPath(import.meta.url)), "../../apps/cli/bin/moldau.cjs");

export const shapes = {
  one: { title: "one process", args: [], replicationFactor: 1 },
  split: {
    title: "split: 1 controller, 3 brokers, 2 coordinators, 2 gateways",
    args: ["--split", "--brokers", "3", "--coordinators", "2", "--gateways", "2"],
    replicationFactor: 3,
  },
};

/** A cluster that somebody else started and stops: what is found with a client here can be tried on Apache Kafka. */
export class RunningCluster {
  shape = { title: "a running cluster", args: [], replicationFactor: 1 };

  constructor(bootstrap) {
    this.bootstrap = bootstrap;
  }

  start() {
    return Promise.resolve(0);
  }

  stop() {
    return Promise.resolve(0);
  }

  crash() {
    return Promise.reject(new Skip("the cluster is not ours to kill"));
  }

  remove() {}
}

export class Cluster {
  constructor(shape, { dir, port, adminPort, options = [] }) {
    Object.assign(this, { shape, dir, port, adminPort, options });
  }

  /** Starts it and resolves when clients can be served; milliseconds that took. */
  async start() {
    mkdirSync(this.dir, { recursive: true });
    const started = performance.now();
    this.process = spawn(
      process.execPath,
      [
        moldau,
        "up",
        ...this.shape.args,
        "--data",
        this.dir,
        "--port",
        String(this.port),
        "--admin-port",
        String(this.adminPort),
        ...this.options,
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    this.exited = new Promise((resolve) => this.process.on("exit", (code) => resolve(code)));
    await new Promise((resolve, reject) => {
      this.process.stderr.on("data", (data) => (output += data));
      this.process.stdout.on("data", (data) => {
        output += data;
        const ready = /^moldau ready: bootstrap=(\S+) admin=(\S+)$/m.exec(output);
        if (ready) {
          [, this.bootstrap, this.admin] = ready;
          resolve();
        }
      });
      this.process.on("exit", (code) => reject(new Error(`moldau up ended with status ${code}: ${output}`)));
      setTimeout(() => reject(new Error(`moldau up was not ready after 60 s: ${output}`)), 60_000).unref();
    });
    return performance.now() - started;
  }

  /** Clean stop; milliseconds that took. */
  async stop() {
    if (!this.process || this.process.exitCode !== null) return 0;
    const started = performance.now();
    this.process.kill("SIGTERM");
    const late = setTimeout(() => this.process.kill("SIGKILL"), 15_000);
    const code = await this.exited;
    clearTimeout(late);
    if (code !== 0) throw new Error(`moldau up stopped with status ${code}`);
    return performance.now() - started;
  }

  /** kill -9 of the one process that is the whole cluster, and a start on what it left behind. */
  async crash() {
    this.process.kill("SIGKILL");
    await this.exited;
    await this.start();
  }

  /** Names of the processes of a split cluster. */
  roles() {
    return readdirSync(join(this.dir, "run"))
      .filter((file) => /^(controller|broker|coordinator|gateway)-\d+\.pid$/.test(file))
      .map((file) => file.replace(".pid", ""));
  }

  /** kill -9 of one role's process, then until it and the cluster are ready again. */
  async kill(role) {
    const pid = Number(readFileSync(join(this.dir, "run", `${role}.pid`), "utf8"));
    process.kill(pid, "SIGKILL");
    const deadline = Date.now() + 30_000;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    while (Date.now() < deadline) {
      const response = await fetch(`${this.admin}/readyz`).catch(() => undefined);
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${role} was not ready again 30 s after kill -9`);
  }

  remove() {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Writes a record file (see drivers/driver-kit.mjs) and returns its records. */
export function writeRecords(file, records) {
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  return records;
}
