// A chain of three topics, each step read, changed and written in transactions, while they are aborted at random, the clients
// that do it are killed, and the processes of the cluster too. What comes out in the end has to be exact.
import { assert, readLines, readRecords, Skip, until } from "../harness.mjs";

const partitionCount = 4;
const abortPercent = 15;
const faultEveryMs = 4_000;
const idleMs = 5_000;

export function transactionCases(context) {
  const { transactions, noChain } = context.client;
  if (transactions === undefined && noChain === undefined) return [];
  return [
    ["transactions: a chain of three topics", () => (noChain ? Promise.reject(new Skip(noChain)) : chain(context))],
  ];
}

/** A process that is started again whenever it ends, as a supervisor would. */
class Worker {
  crashes = 0;
  committed = 0;
  aborted = 0;
  #stopping = false;

  constructor(run, task) {
    Object.assign(this, { run, task });
    this.#launch();
  }

  #launch() {
    this.running = this.run({ ...this.task, timeoutMs: 900_000 }, (event) => {
      if (event.event === "committed") this.committed += event.count;
      if (event.event === "aborted") this.aborted += event.count;
    });
    this.ended = this.running.finished
      .then(
        (done) => (this.skipped = done.skipped),
        (error) => (this.lastError = error.message),
      )
      .then(() => {
        if (this.#stopping || this.skipped) return undefined;
        this.crashes++;
        return new Promise((resolve) => setTimeout(resolve, 300)).then(() => {
          if (!this.#stopping) this.#launch();
        });
      });
  }

  crash() {
    this.running.crash();
  }

  async stop() {
    this.#stopping = true;
    this.running.stop();
    await this.ended;
  }
}

async function chain(context) {
  const { client, prefix, create, run, out, say } = context;
  const names = ["in", "mid", "out"].map((name) => `${prefix}-chain-${name}`);
  for (const name of names) await create(name, partitionCount);
  const [first, middle, last] = names;
  const acked = out(`${first}-acked`);
  const writer = run({ op: "produceStream", topic: first, out: acked, prefix: "w", pauseMs: 50, timeoutMs: 900_000 });
  writer.finished.catch(() => undefined);
  const workers = [
    { from: first, to: middle, factor: 2, add: 0 },
    { from: middle, to: last, factor: 1, add: 1 },
  ].flatMap((stage) =>
    Array.from(
      { length: client.transactions.workers },
      (_, w) =>
        new Worker(run, {
          op: "transform",
          ...stage,
          group: `${stage.from}-readers`,
          transactionalId: `${stage.from}-${w}`,
          abortPercent,
        }),
    ),
  );
  const read = async (topic, isolation, more) => {
    const file = out(`${topic}-${isolation}-${Date.now()}`);
    await run({ op: "consume", topic, out: file, isolation, idleMs, ...more }).finished;
    return readRecords(file).map(({ v }) => Buffer.from(v, "base64").toString());
  };
  try {
    const total = (what) => workers.reduce((sum, worker) => sum + worker[what], 0);
    await until(
      () => {
        const skipped = workers.find((worker) => worker.skipped)?.skipped;
        if (skipped) throw new Skip(skipped);
        return workers.every(({ committed }) => committed > 0);
      },
      () => `every worker to commit something; last errors: ${workers.map(({ lastError }) => lastError).join("; ")}`,
      90_000,
    );
    const killed = await faults(context, workers);
    writer.stop();
    await writer.finished;
    const wanted = await read(first, "read_committed");
    const have = new Set(wanted);
    const lost = readLines(acked).filter((value) => !have.has(value));
    assert(lost.length === 0, `${lost.length} acknowledged records are not in the first topic`);
    // Until as many as must come have come; then once more whatever there is.
    await read(last, "read_committed", { count: wanted.length, idleMs: 60_000 });
    await Promise.all(workers.map((worker) => worker.stop()));
    const [mid, end] = [await read(middle, "read_committed"), await read(last, "read_committed")];
    const uncommitted = await read(last, "read_uncommitted");
    const number = (value) => Number(value.split("-")[1]);
    compare(
      "middle",
      wanted.map((value) => `${value}:${number(value) * 2}`),
      mid,
    );
    compare(
      "last",
      wanted.map((value) => `${value}:${number(value) * 2 + 1}`),
      end,
    );
    const sum = end.reduce((all, value) => all + Number(value.split(":")[1]), 0);
    assert(total("aborted") > 0, "no transaction was aborted");
    assert(uncommitted.length > end.length, "read_uncommitted shows no record of an aborted transaction");
    return (
      `${end.length} records, sum ${sum}, exact; ${total("committed")} transactions committed, ${total("aborted")} aborted, ` +
      `${total("crashes")} clients killed or given up, ${killed} processes of the cluster killed; ` +
      `${uncommitted.length - end.length} aborted records in the last topic`
    );
  } catch (error) {
    const errors = workers.map(({ task, lastError }) => `${task.transactionalId}: ${lastError}`);
    say(`  ${errors.join("\n  ")}`);
    throw error;
  } finally {
    writer.crash();
    await Promise.all(workers.map((worker) => (worker.crash(), worker.stop())));
  }
}

/** Kills clients all the time and, every third time, a process of the cluster; how many of the latter. */
async function faults({ cluster, options, say }, workers) {
  const roles = cluster.shape.args.includes("--split")
    ? cluster.roles().filter((role) => /^(coordinator|broker)-/.test(role))
    : ["cluster"];
  const rounds = (options.quick || options.brief ? 1 : 2) * roles.length;
  for (let i = 0; i < rounds; i++) {
    for (let client = 0; client < 2; client++) {
      await new Promise((resolve) => setTimeout(resolve, faultEveryMs));
      workers[Math.floor(Math.random() * workers.length)].crash();
    }
    await new Promise((resolve) => setTimeout(resolve, faultEveryMs));
    const role = roles[i % roles.length];
    say(`  kill -9 ${role}`);
    if (role === "cluster") await cluster.crash();
    else await cluster.kill(role);
  }
  await new Promise((resolve) => setTimeout(resolve, faultEveryMs));
  return rounds;
}

/** Each value as often in one as in the other. */
function compare(which, wanted, have) {
  const left = new Map();
  for (const value of wanted) left.set(value, (left.get(value) ?? 0) + 1);
  for (const value of have) left.set(value, (left.get(value) ?? 0) - 1);
  const missing = [...left].filter(([, n]) => n > 0).map(([value]) => value);
  const extra = [...left].filter(([, n]) => n < 0).map(([value]) => value);
  const some = (values) => `${values.length}${values.length > 0 ? ` (${values.slice(0, 3).join(", ")} …)` : ""}`;
  assert(
    missing.length + extra.length === 0,
    `of ${wanted.length} records in the ${which} topic ${some(missing)} are missing and ${some(extra)} too many or wrong`,
  );
}
