import { execFileSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { end, run, start } from "./children";
import { type Place, sharedOptions, type System } from "./system";

const here = join(__dirname, "..");
const jars = join(here, ".work/lib");

/** As in pom.xml. */
export const apacheKafkaVersion = "4.1.1";
/** For everything of it: the broker, its tools. */
export const classPath = join(jars, "*");

const words = (command: string, args: string[], cwd?: string): string | undefined => {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch {
    return undefined;
  }
};

/** Fetches the jars where they are missing. Undefined when Apache Kafka can be started, else why not. */
export function whyNoApacheKafka(): string | undefined {
  if (words("java", ["--version"]) === undefined) return "no JDK";
  if (existsSync(jars)) return undefined;
  if (words("mvn", ["-v"]) === undefined) return "no Maven";
  process.stderr.write(`Fetching Apache Kafka ${apacheKafkaVersion} from Maven Central (once) …\n`);
  const fetched = words("mvn", ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${jars}`], here);
  if (fetched !== undefined) return undefined;
  rmSync(jars, { recursive: true, force: true });
  return "Maven Central cannot be reached";
}

/** What kafka-server-start.sh and kafka-run-class.sh give the JVM. */
export const serverJvm = [
  "-Xmx1G",
  "-Xms1G",
  "-server",
  "-XX:+UseG1GC",
  "-XX:MaxGCPauseMillis=20",
  "-XX:InitiatingHeapOccupancyPercent=35",
  "-XX:+ExplicitGCInvokesConcurrent",
  "-Djava.awt.headless=true",
];

/** Apache Kafka as its own scripts start it: a JVM for each broker, the first one is the controller, too. */
export class ApacheKafka implements System {
  readonly dir: string;
  readonly bootstrap: string;
  failed: Promise<never> = new Promise(() => undefined);
  private jvms: ChildProcess[] = [];
  private stopping = false;

  constructor(
    readonly name: string,
    readonly title: string,
    readonly brokers: number,
    private readonly place: Place,
    private readonly jvm: readonly string[] = serverJvm,
  ) {
    this.dir = place.dir;
    this.bootstrap = `127.0.0.1:${place.port}`;
  }

  async prepare(): Promise<void> {
    for (let id = 1; id <= this.brokers; id++) {
      mkdirSync(this.dir, { recursive: true });
      const file = this.file(id);
      writeFileSync(file, this.properties(id).join("\n"));
      const format = ["format", "-t", "4L6g3nShT-eMCtK--X86sw", "-c", file];
      await run("java", ["-cp", classPath, "kafka.tools.StorageTool", ...format]);
    }
  }

  launch(): void {
    this.stopping = false;
    this.jvms = [];
    this.failed = new Promise((_, reject) => {
      for (let id = 1; id <= this.brokers; id++) {
        const args = [...this.jvm, "-cp", classPath, "kafka.Kafka", this.file(id)];
        const jvm = start("java", args, { stdio: ["ignore", "ignore", "pipe"] });
        this.jvms.push(jvm);
        let said = "";
        jvm.stderr!.on("data", (data) => (said = (said + data).slice(-2_000)));
        jvm.once("exit", (code) => {
          if (!this.stopping) reject(new Error(`${this.name} ended with status ${code}: ${said.trim()}`));
        });
      }
    });
    this.failed.catch(() => undefined);
  }

  processes(): { name: string; pid: number }[] {
    return this.jvms.flatMap((jvm, i) =>
      jvm.pid === undefined || jvm.exitCode !== null ? [] : [{ name: `broker-${i + 1}`, pid: jvm.pid }],
    );
  }

  async stop(): Promise<void> {
    this.stopping = true;
    // Brokers first: they hand over to the controller.
    await Promise.all(this.jvms.slice(1).map((jvm) => end(jvm)));
    await Promise.all(this.jvms.slice(0, 1).map((jvm) => end(jvm)));
  }

  private file(id: number): string {
    return join(this.dir, `node-${id}.properties`);
  }

  private properties(id: number): string[] {
    const controller = `127.0.0.1:${this.place.port + 9}`;
    const isController = id === 1;
    const replicas = Math.min(3, this.brokers);
    const listeners = [`PLAINTEXT://127.0.0.1:${this.place.port + id - 1}`];
    if (isController) listeners.push(`CONTROLLER://${controller}`);
    const options = {
      "process.roles": isController ? "broker,controller" : "broker",
      "node.id": id,
      "controller.quorum.voters": `1@${controller}`,
      "controller.listener.names": "CONTROLLER",
      listeners: listeners.join(","),
      "log.dirs": join(this.dir, `node-${id}`),
      "offsets.topic.replication.factor": replicas,
      "transaction.state.log.replication.factor": replicas,
      "transaction.state.log.min.isr": Math.max(1, replicas - 1),
      // Otherwise the first files are deleted after 30 s, in the middle of another measurement.
      "log.initial.task.delay.ms": 100,
      ...sharedOptions,
    };
    return Object.entries(options).map(([key, value]) => `${key}=${value}`);
  }
}
