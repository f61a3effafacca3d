import type { Figures } from "../measurement";
import { apacheKafkaVersion, classPath, whyNoApacheKafka } from "../systems/apache-kafka";
import { run } from "../systems/children";
import type { ClientTask, OtherClient } from "./client";
import { javaConsumer, javaProducer } from "./parse";

/** As kafka-producer-perf-test.sh starts it. */
const jvm = ["-Xmx512M", "-server", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-Djava.awt.headless=true"];

async function tool(name: string, args: string[], parse: (output: string) => Figures): Promise<Figures> {
  const main = `org.apache.kafka.tools.${name}`;
  return parse((await run("java", [...jvm, "-cp", classPath, main, ...args])).stdout);
}

export const javaPerf: OtherClient = {
  name: `Java's perf tools ${apacheKafkaVersion}`,
  whyNot: whyNoApacheKafka,
  produce({ bootstrap, topic, records, recordBytes, batchBytes }: ClientTask): Promise<Figures> {
    const args = ["--topic", topic, "--num-records", String(records), "--record-size", String(recordBytes)];
    args.push("--throughput", "-1", "--producer-props", `bootstrap.servers=${bootstrap}`);
    args.push("acks=all", `batch.size=${batchBytes}`);
    return tool("ProducerPerformance", args, javaProducer);
  },
  consume({ bootstrap, topic, records, group }: ClientTask): Promise<Figures> {
    const args = ["--bootstrap-server", bootstrap, "--topic", topic, "--messages", String(records), "--group", group];
    return tool("ConsumerPerformance", [...args, "--timeout", "60000"], javaConsumer);
  },
};
