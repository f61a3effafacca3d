// A real Apache Kafka 4.0.0 from Maven Central, to compare with: started by whoever compares, stopped with it.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const work = join(here, ".work");
const jars = join(work, "lib");
const classes = join(work, "classes");

/** Which Apache Kafka this is. */
export const referenceVersion = "4.0.0";

const quietly = (command, args, cwd) => {
  try {
    execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
    return undefined;
  } catch (error) {
    return String(error.stderr || error.stdout || error.message)
      .trim()
      .split("\n")
      .pop();
  }
};

/** Fetches and compiles what is missing. Undefined when a cluster can be started, else why not. */
export function prepareReference(say = () => undefined) {
  if (quietly("javac", ["-version"]) || quietly("mvn", ["-v"])) return "no JDK with Maven";
  if (!existsSync(jars)) {
    say(`fetching Apache Kafka ${referenceVersion} from Maven Central …`);
    const failed = quietly("mvn", ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${jars}`], here);
    if (failed) {
      rmSync(jars, { recursive: true, force: true });
      return `Maven Central cannot be reached: ${failed}`;
    }
  }
  const source = join(here, "ReferenceCluster.java");
  const compiled = join(classes, "ReferenceCluster.class");
  if (existsSync(compiled) && statSync(compiled).mtimeMs > statSync(source).mtimeMs) return undefined;
  mkdirSync(classes, { recursive: true });
  return quietly("javac", ["-cp", join(jars, "*"), "-d", classes, source]);
}

/** Apache Kafka, all brokers in one JVM: node 1 is the controller, too. */
export class ReferenceCluster {
  constructor({ dir, port, brokers = 1, logDirs = 1, options = {} }) {
    Object.assign(this, { dir, port, brokers, logDirs, options });
    this.bootstrap = `127.0.0.1:${port}`;
  }

  async start() {
    mkdirSync(this.dir, { recursive: true });
    const settings = Object.entries(this.options).map(([key, value]) => `${key}=${value}`);
    this.process = spawn(
      "java",
      [
        `-Xmx${384 + 128 * this.brokers}m`,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        `${join(jars, "*")}:${classes}`,
        "ReferenceCluster",
        this.dir,
        String(this.brokers),
        String(this.port),
        String(this.logDirs),
        ...settings,
      ],
      { stdio: ["pipe", "pipe", "pipe"] },
    );
    process.once("exit", () => this.process.kill("SIGKILL"));
    let said = "";
    await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Apache Kafka was not ready after 180 s: ${said}`)), 180_000);
      this.process.stdout.on("data", (data) => {
        said += data;
        if (/^ready$/m.test(said)) {
          clearTimeout(late);
          resolve();
        }
      });
      this.process.stderr.on("data", (data) => (said += data));
      this.process.on("exit", (code) =>
        reject(new Error(`Apache Kafka ended with status ${code}: ${said.slice(-2000)}`)),
      );
    });
  }

  /** Ends it; nothing is kept. */
  async stop() {
    if (!this.process || this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
    rmSync(this.dir, { recursive: true, force: true });
  }
}
