// A cluster for the script of tools, and the script played on it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReferenceCluster } from "../../apache-kafka/reference.mjs";
import { Cluster, shapes } from "../cluster.mjs";
import { play } from "./play.mjs";

/** Whatever cluster it is, it is told the same: three brokers in one process, small and without waits that only take time. */
const config = {
  "offsets.topic.num.partitions": "2",
  "offsets.topic.replication.factor": "1",
  "transaction.state.log.num.partitions": "2",
  "transaction.state.log.replication.factor": "1",
  "transaction.state.log.min.isr": "1",
  "group.initial.rebalance.delay.ms": "0",
};

/** Plays the steps with `runner` (which is closed in the end) against Moldau or Apache Kafka. */
export async function playTools({ against, port, steps, runner, say }) {
  const dir = mkdtempSync(join(tmpdir(), "moldau-tools-"));
  const cluster =
    against === "apache"
      ? new ReferenceCluster({ dir: join(dir, "data"), port, brokers: 3, options: config })
      : new Cluster(
          { ...shapes.one, args: ["--brokers", "3"] },
          {
            dir: join(dir, "data"),
            port,
            adminPort: port + 60,
            options: Object.entries(config).flatMap(([key, value]) => ["-o", `${key}=${value}`]),
          },
        );
  try {
    await cluster.start();
    return await play(steps, {
      runner,
      bootstrap: cluster.bootstrap,
      dir: join(dir, "files"),
      say: (line) => say(`  ${line}`),
    });
  } finally {
    runner.close();
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
