// Six members of a group, each stopped and started again in turn while somebody writes.
import { existsSync } from "node:fs";
import { holdings, rereads, sharedHoldings, untouched } from "../group-log.mjs";
import { assert, readLines, readRecords, Skip, until } from "../harness.mjs";

const memberCount = 6;
const partitionCount = 12;
const titles = {
  range: "eager (range)",
  roundrobin: "eager (round robin)",
  "cooperative-sticky": "cooperative",
  consumer: "KIP-848",
};
/** Members under these keep what they do not have to give away. */
const isIncremental = (protocol) => protocol !== "range" && protocol !== "roundrobin";
/** Six JVMs on a busy machine take more than a minute to start. */
const changeTimeoutMs = 240_000;
const now = () => Number(process.hrtime.bigint() / 1000n) / 1000;

export function rollingGroupCases(context) {
  const { client } = context;
  const protocols = client.protocols ?? [];
  return [
    ...protocols.map((protocol) => [`rolling restart of 6: ${titles[protocol]}`, () => roll(context, protocol)]),
    ...(client.staticMembers ?? []).map((protocol) => [
      `static members: ${protocol === "consumer" ? "KIP-848" : "classic"}`,
      () => restartStatic(context, protocol),
    ]),
  ];
}

/** Members of one group; what they hold is known from what they say. */
class Members {
  files = [];

  constructor({ run, out }, { topic, group, protocol }) {
    Object.assign(this, { run, out, topic, group, protocol, running: new Map() });
  }

  start(name, life, instanceId) {
    const file = this.out(`${this.group}-${name}-${life}`);
    const member = { file, partitions: [], errors: [] };
    const task = { op: "member", topic: this.topic, group: this.group, protocol: this.protocol, out: file, instanceId };
    member.task = this.run({ ...task, timeoutMs: 900_000 }, (event) => {
      if (event.event === "assigned") member.partitions = event.partitions;
      if (event.event === "retry") member.errors.push(event.error);
    });
    member.ended = member.task.finished.then(
      (done) => (member.skipped = done.skipped),
      (error) => (member.failed = error),
    );
    this.running.set(name, member);
    this.files.push([`${name}.${life}`, file]);
  }

  async stop(name) {
    const member = this.running.get(name);
    member.task.stop();
    let isOver = false;
    void member.ended.then(() => (isOver = true));
    await until(
      () => isOver,
      () => `${name} to end when it was asked to`,
    );
    this.running.delete(name);
    if (member.failed) throw member.failed;
  }

  /** Until every partition has exactly one holder, and each member as many as any other, more or less one. */
  async untilShared() {
    const held = () => [...this.running.values()].map(({ partitions }) => partitions);
    const isShared = () => {
      for (const { failed, skipped } of this.running.values()) {
        if (failed) throw failed;
        if (skipped) throw new Skip(skipped);
      }
      const counts = held().map(({ length }) => length);
      const all = held().flat();
      return (
        all.length === partitionCount &&
        new Set(all).size === partitionCount &&
        Math.max(...counts) - Math.min(...counts) <= 1
      );
    };
    const errors = () => [...this.running.values()].flatMap(({ errors }) => errors.slice(-1));
    await until(
      isShared,
      () =>
        `${this.running.size} members to share ${partitionCount} partitions; they hold ${JSON.stringify(held())} ${errors().join("; ")}`,
      changeTimeoutMs,
    );
  }

  logs() {
    return new Map(this.files.filter(([, file]) => existsSync(file)).map(([name, file]) => [name, readRecords(file)]));
  }

  crashAll() {
    for (const { task } of this.running.values()) task.crash();
  }
}

/** Starts somebody who writes; `finish` stops it and waits until the members have read everything that was acknowledged. */
function startWriter({ run, out }, topic, members) {
  const acked = out(`${topic}-acked`);
  const task = run({ op: "produceStream", topic, out: acked, prefix: "w", pauseMs: 30, timeoutMs: 900_000 });
  task.finished.catch(() => undefined);
  const finish = async () => {
    task.stop();
    await task.finished;
    const wanted = new Set(readLines(acked));
    assert(wanted.size > 0, "not one record was acknowledged");
    let missing = [];
    const seenAll = () => {
      const seen = new Set([...members.logs().values()].flatMap((events) => events.map(({ v }) => v)));
      missing = [...wanted].filter((value) => !seen.has(value));
      return missing.length === 0;
    };
    await until(
      seenAll,
      () =>
        `${missing.length} of ${wanted.size} acknowledged records to be read, e.g. ${missing.slice(0, 3).join(", ")}`,
    );
    return wanted.size;
  };
  return { finish, crash: () => task.crash() };
}

async function roll(context, protocol) {
  const topic = await context.create(`${context.prefix}-rolling-${protocol}`, partitionCount);
  const members = new Members(context, { topic, group: `${context.prefix}-rolling-${protocol}`, protocol });
  const writer = startWriter(context, topic, members);
  try {
    const names = Array.from({ length: memberCount }, (_, i) => `m${i}`);
    for (const name of names) members.start(name, 0);
    await members.untilShared();
    const steps = [];
    const change = async (what, act) => {
      const fromMs = now();
      await act();
      await members.untilShared();
      // So that what was not touched has time to show that it goes on.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      steps.push({ what, fromMs, toMs: now() });
    };
    for (const name of context.options.quick || context.options.brief ? names.slice(0, 2) : names) {
      await change(`${name} stops`, () => members.stop(name));
      await change(`${name} starts`, async () => members.start(name, 1));
    }
    const acked = await writer.finish();
    for (const name of names) await members.stop(name);
    return judge(members.logs(), { protocol, steps, acked, mayReread: context.client.rereads === true });
  } finally {
    writer.crash();
    members.crashAll();
  }
}

function judge(logs, { protocol, steps, acked, mayReread }) {
  const all = holdings(logs);
  const again = rereads(all);
  const problems = [...sharedHoldings(all), ...(mayReread ? [] : again)];
  let kept = 0;
  let gapMs = 0;
  for (const { what, ...step } of steps) {
    const found = untouched(all, step);
    kept += found.kept.length;
    if (!isIncremental(protocol)) continue;
    gapMs = Math.max(gapMs, found.gapMs);
    for (const { member, partition } of found.revoked) {
      problems.push(`when ${what}, partition ${partition} was taken from ${member} and given back`);
    }
    for (const { member, partition } of found.silent) {
      problems.push(`when ${what}, ${member} read nothing of partition ${partition}, which it kept`);
    }
  }
  assert(problems.length === 0, `${problems.length} problems: ${problems.slice(0, 3).join("; ")}`);
  if (isIncremental(protocol)) assert(kept > 0, "no partition stayed where it was in any step");
  const records = all.flatMap((holding) => holding.records);
  const twice = records.length - new Set(records.map(({ p, o }) => `${p}-${o}`)).size;
  const keptText = isIncremental(protocol)
    ? `; ${kept} times a partition stayed where it was, longest pause ${Math.round(gapMs)} ms`
    : "";
  const rereadText = mayReread ? `, ${again.length} of them by the same one (the client's way)` : "";
  return `${acked} acknowledged, all read, ${twice} again by the next holder${rereadText}; ${steps.length} rebalances${keptText}`;
}

/** A static member comes back under its name within its session: nobody else notices. */
async function restartStatic(context, protocol) {
  const topic = await context.create(`${context.prefix}-static-${protocol}`, partitionCount);
  const members = new Members(context, { topic, group: `${context.prefix}-static-${protocol}`, protocol });
  const writer = startWriter(context, topic, members);
  try {
    const names = ["s0", "s1", "s2"];
    for (const name of names) members.start(name, 0, name);
    await members.untilShared();
    const before = new Map([...members.running].map(([name, { partitions }]) => [name, [...partitions].sort()]));
    const steps = [];
    for (const name of names) {
      const fromMs = now();
      await members.stop(name);
      members.start(name, 1, name);
      await members.untilShared();
      const has = [...members.running.get(name).partitions].sort();
      assert(
        String(has) === String(before.get(name)),
        `${name} had partitions ${before.get(name)} and came back to ${has}`,
      );
      await new Promise((resolve) => setTimeout(resolve, 1500));
      steps.push({ what: `${name} is restarted`, fromMs, toMs: now() });
    }
    const acked = await writer.finish();
    for (const name of names) await members.stop(name);
    const all = holdings(members.logs());
    const problems = [...sharedHoldings(all), ...rereads(all)];
    for (const { what, ...step } of steps) {
      for (const { member, partition } of untouched(all, step).revoked)
        problems.push(`when ${what}, partition ${partition} was taken from ${member} and given back`);
      const moved = all.filter(
        ({ fromMs, member }) => fromMs > step.fromMs && fromMs < step.toMs && !what.startsWith(member.split(".")[0]),
      );
      if (moved.length > 0) problems.push(`when ${what}, ${moved[0].member} was given partition ${moved[0].partition}`);
    }
    assert(problems.length === 0, `${problems.length} problems: ${problems.slice(0, 3).join("; ")}`);
    return `${acked} acknowledged, all read; 3 restarts without a rebalance`;
  } finally {
    writer.crash();
    members.crashAll();
  }
}
