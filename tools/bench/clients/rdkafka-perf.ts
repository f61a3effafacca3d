import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Figures } from "../measurement";
import { run } from "../systems/children";
import type { ClientTask, OtherClient } from "./client";
import { rdkafka } from "./parse";

/** node-rdkafka compiles librdkafka with its examples; the conformance run installs it. */
const program = join(
  __dirname,
  "../../conformance/.work/node/node_modules/node-rdkafka/deps/librdkafka/examples/rdkafka_performance",
);

async function tool(args: string[], { bootstrap, topic, records }: ClientTask): Promise<Figures> {
  const all = [...args, "-t", topic, "-b", bootstrap, "-c", String(records), "-q"];
  const { stdout, stderr } = await run(program, all);
  return rdkafka(`${stdout}\n${stderr}`);
}

export const rdkafkaPerf: OtherClient = {
  name: "librdkafka's rdkafka_performance",
  whyNot: () =>
    existsSync(program)
      ? undefined
      : "rdkafka_performance is not there: `npm run conformance` compiles it with node-rdkafka where there is a C compiler",
  produce: (task) =>
    tool(["-P", "-a", "-1", "-s", String(task.recordBytes), "-X", `batch.size=${task.batchBytes}`], task),
  consume: (task) => tool(["-G", task.group, "-X", "auto.offset.reset=earliest"], task),
};
