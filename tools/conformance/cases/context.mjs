// What the cases of one client have at hand: its topics, tasks, files.
import { join } from "node:path";
import { clients } from "../clients.mjs";
import { writeRecords } from "../cluster.mjs";
import { assert, runTask, Skip } from "../harness.mjs";

/** `options` are those of the command line; `prefix` keeps the names of clients apart; `say` tells a person. */
export function contextOf({ client, cluster, collector, dir, prefix, options, say }) {
  const create = async (topic, partitions) => {
    const maker = client.cannotCreate ? (clients.find((c) => c.ready && !c.cannotCreate) ?? client) : client;
    await runTask(maker, {
      op: "create",
      bootstrap: cluster.bootstrap,
      topic,
      partitions,
      replicationFactor: cluster.shape.replicationFactor,
    }).finished;
    return topic;
  };
  const run = (task, onEvent) => runTask(client, { bootstrap: cluster.bootstrap, ...task }, onEvent);
  const produce = async (topic, records, options = {}) => {
    const file = writeRecordsTo(`${topic}-in`, records);
    const done = await run({ op: "produce", topic, file, ...options }).finished;
    if (done.skipped) throw new Skip(done.skipped);
    assert(done.acked === records.length, `${done.acked} of ${records.length} records were acknowledged`);
  };
  const writeRecordsTo = (name, records) => {
    const file = join(dir, `${name}.ndjson`);
    writeRecords(file, records);
    return file;
  };
  const out = (name) => join(dir, `${name}.ndjson`);
  return { client, cluster, collector, dir, prefix, options, say, create, run, produce, out };
}
