// Clients that report their own metrics when a subscription asks them to (KIP-714), seen by a collector behind the cluster.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { assert } from "../harness.mjs";

const moldau = fileURLToPath(new URL("../../../apps/cli/bin/moldau.cjs", import.meta.url));
/** Under which name of their software they report. */
const reporting = new Map([
  ["kafka-clients (Java)", "apache-kafka-java"],
  ["node-rdkafka", "librdkafka"],
  ["confluent-kafka (Python)", "confluent-kafka-python"],
]);
const intervalMs = 1_000;
/** A busy machine's clients take their time. */
const patienceMs = 90_000;

export function telemetryCases({ client, cluster, prefix, collector, create, run, out }) {
  const software = reporting.get(client.name);
  if (software === undefined || collector === undefined) return [];
  const subscription = (...args) => {
    const tool = [moldau, "kafka-client-metrics", "--bootstrap-server", cluster.bootstrap, ...args];
    const { status, stderr } = spawnSync(process.execPath, tool, { encoding: "utf8" });
    assert(status === 0, `kafka-client-metrics ${args[0]} ended with ${status}: ${stderr}`);
  };
  return [
    [
      "telemetry: reports its own metrics while a subscription asks for them",
      async () => {
        const topic = await create(`${prefix}-telemetry`, 1);
        const name = `${prefix}-telemetry`;
        const wanted = "org.apache.kafka.producer.";
        const match = `client_software_name=${software}`;
        subscription(
          "--alter",
          "--name",
          name,
          "--metrics",
          wanted,
          "--interval",
          String(intervalMs),
          "--match",
          match,
        );
        try {
          const { mark } = collector;
          const task = run({ op: "produceStream", topic, out: out("telemetry"), prefix: "t", pauseMs: 20 });
          task.finished.catch(() => undefined);
          const deadline = Date.now() + patienceMs;
          let seen = collector.metricsOf(software, mark);
          while (seen.reports < 3 && Date.now() < deadline) {
            await new Promise((resolve) => setTimeout(resolve, 200));
            seen = collector.metricsOf(software, mark);
          }
          task.stop();
          await task.finished;
          assert(seen.reports >= 3, `${seen.reports} reports arrived within ${patienceMs / 1000} s`);
          const others = [...seen.names].filter((metric) => !metric.startsWith(wanted));
          assert(seen.names.size > 0 && others.length === 0, `nobody asked for ${others.slice(0, 3).join(", ")}`);
          return `${seen.names.size} metrics`;
        } finally {
          subscription("--delete", "--name", name);
        }
      },
    ],
  ];
}
