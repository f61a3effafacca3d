// Tools that watch lag: what they say has to be what is.
import { clients } from "../clients.mjs";
import { assert, b64, runTask } from "../harness.mjs";
import { contextOf } from "./context.mjs";

const partitionCount = 3;
const perPartition = 100;

export function lagCases({ client, cluster, prefix, create, run, out, dir }) {
  if (!client.readsLag) return [];
  return [
    [
      "lag",
      async () => {
        const topic = await create(`${prefix}-lag`, partitionCount);
        const group = `${prefix}-lag`;
        const writer = clients.find((each) => each.ready && !each.choosesPartition && !each.cannotCreate);
        const writing = contextOf({ client: writer, cluster, dir, prefix });
        const batch = (name, count) =>
          Array.from({ length: count * partitionCount }, (_, i) => ({
            k: null,
            v: b64(`${name}-${i}`),
            h: [],
            p: i % partitionCount,
          }));
        await writing.produce(topic, batch("a", perPartition));
        const reading = { op: "consumeGroup", bootstrap: cluster.bootstrap, topic, group };
        const all = perPartition * partitionCount;
        await runTask(writer, { ...reading, out: out("lag-all"), count: all, idleMs: 30_000 }).finished;
        const seen = [await lagsOf({ run, topic, group, wanted: 0, end: perPartition })];
        await writing.produce(topic, batch("b", 20));
        seen.push(await lagsOf({ run, topic, group, wanted: 20, end: perPartition + 20 }));
        if (client.resetsOffsets) {
          await run({ op: "resetOffsets", topic, group, offset: 40 }).finished;
          seen.push(await lagsOf({ run, topic, group, wanted: 80, end: perPartition + 20 }));
        }
        return seen.join("; ");
      },
    ],
  ];
}

/** Asks the tool until it says what is wanted of every partition; some look only every now and then. */
async function lagsOf({ run, topic, group, wanted, end }) {
  let said;
  const isRight = () =>
    said?.length === partitionCount && said.every((at) => at.lag === wanted && at.current === end - wanted);
  const deadline = Date.now() + 60_000;
  while (!isRight() && Date.now() < deadline) said = (await run({ op: "lag", topic, group }).finished).partitions;
  assert(isRight(), `lag is ${wanted} at end ${end} in each partition, the tool says ${JSON.stringify(said)}`);
  return `${wanted} of ${end}`;
}
