// Kafka's own tools, unmodified, all in one JVM (drivers/java-tools/ToolRunner.java): a start of its own costs each of them a second.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const tools = "org.apache.kafka.tools";
/** What bin/*.sh of Kafka starts. */
export const mainClasses = {
  "kafka-topics": `${tools}.TopicCommand`,
  "kafka-configs": "kafka.admin.ConfigCommand",
  "kafka-console-producer": `${tools}.ConsoleProducer`,
  "kafka-console-consumer": `${tools}.consumer.ConsoleConsumer`,
  "kafka-consumer-groups": `${tools}.consumer.group.ConsumerGroupCommand`,
  "kafka-groups": `${tools}.GroupsCommand`,
  "kafka-get-offsets": `${tools}.GetOffsetShell`,
  "kafka-reassign-partitions": `${tools}.reassign.ReassignPartitionsCommand`,
  "kafka-leader-election": `${tools}.LeaderElectionCommand`,
  "kafka-delete-records": `${tools}.DeleteRecordsCommand`,
  "kafka-log-dirs": `${tools}.LogDirsCommand`,
  "kafka-cluster": `${tools}.ClusterTool`,
  "kafka-features": `${tools}.FeatureCommand`,
  "kafka-metadata-quorum": `${tools}.MetadataQuorumCommand`,
  "kafka-transactions": `${tools}.TransactionsCommand`,
  "kafka-client-metrics": `${tools}.ClientMetricsCommand`,
  "kafka-broker-api-versions": `${tools}.BrokerApiVersionsCommand`,
  "kafka-replica-verification": `${tools}.ReplicaVerificationTool`,
  "kafka-verifiable-producer": `${tools}.VerifiableProducer`,
  "kafka-verifiable-consumer": `${tools}.VerifiableConsumer`,
  "kafka-producer-perf-test": `${tools}.ProducerPerformance`,
  "kafka-consumer-perf-test": `${tools}.ConsumerPerformance`,
  "kafka-e2e-latency": `${tools}.EndToEndLatency`,
  "kafka-streams-application-reset": `${tools}.StreamsResetter`,
};

const base64 = (text) => Buffer.from(text).toString("base64");

/** Runs tools as {tool, args, stdin} → {code, stdout, stderr}. */
export class JavaRunner {
  #waiting = new Map();
  #next = 0;
  #process;

  constructor(jars, classes) {
    const toolsJar = join(
      jars,
      readdirSync(jars).find((name) => /^kafka-tools-\d.*\.jar$/.test(name)),
    );
    const options = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
    this.command = [...options, "-cp", `${join(jars, "*")}:${classes}`, "ToolRunner", toolsJar];
    process.once("exit", () => this.close());
  }

  /** Starts a tool; `finished` settles when it has ended, or with code "late" after its time. */
  start({ tool, args, stdin = "", timeoutMs = 60_000 }) {
    const id = String(++this.#next);
    const jvm = this.#jvm();
    const finished = new Promise((resolve) => {
      const late = setTimeout(() => resolve({ code: "late", stdout: "", stderr: "" }), timeoutMs);
      this.#waiting.set(id, (result) => {
        clearTimeout(late);
        this.#waiting.delete(id);
        resolve(result);
      });
    });
    jvm.stdin.write(`${["run", id, mainClasses[tool], base64(stdin), ...args.map(base64)].join(" ")}\n`);
    return { finished, stop: () => jvm.stdin.write(`stop ${id}\n`) };
  }

  close() {
    this.#process?.kill("SIGKILL");
  }

  /** A few tools end the process whatever one does; the next one gets another. */
  #jvm() {
    if (this.#process !== undefined) return this.#process;
    const jvm = spawn("java", this.command, { stdio: ["pipe", "pipe", "ignore"] });
    this.#process = jvm;
    jvm.stdin.on("error", () => undefined);
    const exited = new Map();
    createInterface({ input: jvm.stdout }).on("line", (line) => {
      const [id, code, ...streams] = line.split(" ");
      const [stdout, stderr] = streams.map((word) => Buffer.from(word, "base64").toString());
      if (code === "exited") exited.set(id, { stdout, stderr });
      else this.#waiting.get(id)?.({ code, stdout, stderr });
    });
    jvm.on("close", (code) => {
      if (this.#process === jvm) this.#process = undefined;
      for (const [id, said] of exited) this.#waiting.get(id)?.({ code: String(code), ...said });
      for (const settle of this.#waiting.values()) settle({ code: "died", stdout: "", stderr: "" });
    });
    return jvm;
  }
}
