import { setTimeout as delay } from "node:timers/promises";
import { type Admin, type Consumer, createAdmin, createConsumer, createProducer, type Producer } from "@moldau/client";
import { startCluster, type TestCluster } from "./start-cluster";

// Our own client's members of groups of the new kind (KIP-848), against a whole cluster.

let cluster: TestCluster;
let admin: Admin;
let producer: Producer;
beforeAll(async () => {
  cluster = await startCluster({
    brokers: 2,
    coordinators: 2,
    config: {
      "group.consumer.heartbeat.interval.ms": "100",
      "group.consumer.min.heartbeat.interval.ms": "100",
      "group.consumer.session.timeout.ms": "8000",
      "group.consumer.min.session.timeout.ms": "8000",
    },
  });
  admin = createAdmin({ bootstrap: cluster.bootstrap });
  producer = createProducer({ bootstrap: cluster.bootstrap });
}, 60_000);
afterAll(async () => {
  await Promise.all([admin.close(), producer.close()]);
  await cluster.stop();
}, 60_000);

/** What a member saw, in its order. */
type Event =
  | { what: "assigned" | "revoked" | "lost"; partitions: string[] }
  | { what: "record"; partition: string; offset: number; value: string };

/** A member that reads until it is stopped, and commits what it has read each time. */
class Member {
  readonly events: Event[] = [];
  readonly consumer: Consumer;
  private isOver = false;
  private readonly reading: Promise<void>;

  constructor(
    readonly name: string,
    topics: Parameters<Consumer["subscribe"]>[0],
    options: { groupId: string; groupInstanceId?: string; groupProtocol?: "classic" | "consumer" },
  ) {
    const note = (what: "assigned" | "revoked" | "lost") => (list: readonly { topic: string; partition: number }[]) =>
      void this.events.push({ what, partitions: list.map((at) => `${at.topic}-${at.partition}`).sort() });
    this.consumer = createConsumer({
      bootstrap: cluster.bootstrap,
      clientId: name,
      offsetReset: "earliest",
      groupProtocol: "consumer",
      ...options,
      onAssigned: note("assigned"),
      onRevoked: async (list) => {
        note("revoked")(list);
        await this.consumer.commit();
      },
      onLost: note("lost"),
    });
    this.reading = this.read(topics);
  }

  get holds(): string[] {
    return this.consumer
      .assignment()
      .map((at) => `${at.topic}-${at.partition}`)
      .sort();
  }

  get values(): string[] {
    return this.events.flatMap((event) => (event.what === "record" ? [event.value] : []));
  }

  /** Leaves as a well-behaved member does. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.reading;
    await this.consumer.close({ commit: true });
  }

  /** As if its process were gone: no goodbye, no more heartbeats. */
  async kill(): Promise<void> {
    this.isOver = true;
    await (Reflect.get(this.consumer, "cluster") as { close(): Promise<void> }).close();
    // Whatever it was doing fails.
    await this.reading.catch(() => undefined);
    await this.consumer.close();
  }

  private async read(topics: Parameters<Consumer["subscribe"]>[0]): Promise<void> {
    await this.consumer.subscribe(topics);
    while (!this.isOver) {
      const records = await this.consumer.poll(50, 20);
      for (const { topic, partition, offset, value } of records) {
        const text = Buffer.from(value!).toString();
        this.events.push({ what: "record", partition: `${topic}-${partition}`, offset, value: text });
      }
      if (records.length > 0 && !this.isOver) await this.consumer.commit();
    }
  }
}

async function until(what: string, condition: () => boolean, seconds = 90): Promise<void> {
  for (const deadline = performance.now() + seconds * 1000; !condition();) {
    if (performance.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await delay(20);
  }
}

const names = (topic: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${topic}-${i}`);
const shared = (members: readonly Member[], all: readonly string[]): boolean => {
  const held = members.flatMap(({ holds }) => holds);
  const sizes = members.map(({ holds }) => holds.length);
  return (
    held.length === all.length && new Set(held).size === all.length && Math.max(...sizes) - Math.min(...sizes) <= 1
  );
};

/** Under one holding each offset comes once, in order; and a partition that is held is not assigned again. */
function checkHoldings({ name, events }: Member): void {
  const next = new Map<string, number>();
  const held = new Set<string>();
  for (const event of events) {
    if (event.what === "assigned") {
      for (const partition of event.partitions) {
        if (held.has(partition)) throw new Error(`${name} was assigned ${partition} while it held it`);
        held.add(partition);
        next.delete(partition);
      }
    } else if (event.what === "record") {
      if (!held.has(event.partition)) throw new Error(`${name} read ${event.partition} without holding it`);
      const wanted = next.get(event.partition);
      if (wanted !== undefined && event.offset !== wanted) {
        throw new Error(`${name} read offset ${event.offset} of ${event.partition} instead of ${wanted}`);
      }
      next.set(event.partition, event.offset + 1);
    } else {
      for (const partition of event.partitions) {
        if (!held.delete(partition)) throw new Error(`${name}: ${event.what} ${partition}, which it did not hold`);
      }
    }
  }
}

/** Writes to all partitions until it is told to end; what was acknowledged. */
function writing(topic: string, partitions: number): { stop(): Promise<string[]> } {
  let isOver = false;
  const sent: string[] = [];
  const done = (async () => {
    for (let i = 0; !isOver; i++) {
      const value = `${topic} ${i}`;
      await producer.send({ topic, partition: i % partitions, value });
      sent.push(value);
      await delay(2);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await done;
      return sent;
    },
  };
}

it("shares partitions as members come, leave and die, and loses nothing", async () => {
  const topic = "changing";
  await admin.createTopic({ name: topic, partitions: 6, replicationFactor: 2 });
  const all = names(topic, 6);
  const writer = writing(topic, 6);
  const groupId = "changing";
  const one = new Member("one", [topic], { groupId });
  await until("one has all", () => shared([one], all));
  const two = new Member("two", [topic], { groupId });
  await until("two have three each", () => shared([one, two], all));
  const three = new Member("three", [topic], { groupId });
  await until("three have two each", () => shared([one, two, three], all));

  const [described] = await admin.describeGroups([groupId]);
  expect(described).toMatchObject({ state: "Stable", protocolType: "consumer" });
  expect(described!.members.map(({ clientId }) => clientId).sort()).toEqual(["one", "three", "two"]);

  const kept = [...one.holds];
  await two.stop();
  await until("one and three share", () => shared([one, three], all));
  // Of what it had when another one left, nothing was taken away.
  expect(one.holds).toEqual(expect.arrayContaining(kept));
  const since = one.events.length;
  await three.kill();
  await until("one has all again, when the session of the dead one is over", () => shared([one], all));
  expect(one.events.slice(since).filter(({ what }) => what === "revoked" || what === "lost")).toEqual([]);

  const sent = await writer.stop();
  const members = [one, two, three];
  await until("everything is read", () => new Set(members.flatMap(({ values }) => values)).size >= sent.length);
  await one.stop();
  expect(new Set(members.flatMap(({ values }) => values))).toEqual(new Set(sent));
  members.forEach(checkHoldings);
  // Who leaves well leaves nothing to be read twice: only what the dead one had not committed may come again.
  const again = [...one.values, ...two.values].length - new Set([...one.values, ...two.values]).size;
  expect(again).toBe(0);
  const committed = await admin.committedOffsets(groupId);
  expect(committed.reduce((sum, { offset }) => sum + offset, 0)).toBe(sent.length);
}, 180_000);

it("goes on through a restart of the cluster, and joins again where its session ended meanwhile", async () => {
  const topic = "restarted";
  await admin.createTopic({ name: topic, partitions: 2, replicationFactor: 2 });
  const member = new Member("lasting", [topic], { groupId: "restarted" });
  await until("it has both", () => member.holds.length === 2);
  await producer.send({ topic, partition: 0, value: "before" });
  await until("it reads", () => member.values.includes("before"));
  await cluster.restart();
  await producer.send({ topic, partition: 1, value: "after" });
  await until("it reads on", () => member.values.includes("after"));

  // Thrown out by an administrator's hand: what it had is lost, and then it is back.
  const { memberId, groupId } = member.consumer.groupMetadata();
  const stranger = createConsumer({ bootstrap: cluster.bootstrap, groupId, groupProtocol: "consumer" });
  const strangers = Reflect.get(stranger, "cluster") as {
    withCoordinator(
      id: string,
      work: (ask: (...args: unknown[]) => Promise<unknown>) => Promise<unknown>,
    ): Promise<unknown>;
  };
  const { calls } = jest.requireActual<{ calls: Record<string, unknown> }>("../../client/src/calls");
  await strangers.withCoordinator(groupId, (ask) =>
    ask(calls.consumerGroupHeartbeat, { groupId, memberId, memberEpoch: -1 }),
  );
  await until("it is told", () => member.events.some(({ what }) => what === "lost"));
  await until("it is back", () => member.holds.length === 2);
  await producer.send({ topic, partition: 1, value: "later" });
  await until("it reads on", () => member.values.includes("later"));
  await member.stop();
  await stranger.close();
  checkHoldings(member);
  expect(member.values).toEqual(["before", "after", "later"]);
}, 180_000);

it("takes a regular expression, and topics that come later", async () => {
  await admin.createTopic({ name: "pattern.one", partitions: 1 });
  const member = new Member("seeker", { pattern: "pattern\\..*" }, { groupId: "patterns" });
  await until("it has the first", () => member.holds.length === 1);
  await admin.createTopic({ name: "pattern.two", partitions: 2 });
  await admin.createTopic({ name: "patterns", partitions: 1 });
  await until("it has the second", () => member.holds.length === 3);
  expect(member.holds).toEqual(["pattern.one-0", "pattern.two-0", "pattern.two-1"]);
  await producer.send({ topic: "pattern.two", partition: 1, value: "found" });
  await until("it reads", () => member.values.includes("found"));
  await member.consumer.subscribe(["patterns"]);
  await until("it has the other one", () => member.holds.join() === "patterns-0");
  await member.stop();
  checkHoldings(member);
}, 120_000);

it.each(["consumer", "classic"] as const)(
  "gives static members of the %s protocol back what they had",
  async (groupProtocol) => {
    const topic = `static-${groupProtocol}`;
    const groupId = topic;
    await admin.createTopic({ name: topic, partitions: 4 });
    const join = (name: string): Member => new Member(name, [topic], { groupId, groupInstanceId: name, groupProtocol });
    const [stays, goes] = [join("stays"), join("goes")];
    await until("both have two", () => shared([stays, goes], names(topic, 4)));
    const had = goes.holds;
    const since = stays.events.length;
    await goes.stop();
    await delay(500);
    expect(stays.holds).toHaveLength(2);
    const back = join("goes");
    await until("it has what it had", () => back.holds.join() === had.join());
    expect(stays.events.slice(since)).toEqual([]);
    await producer.send({ topic, partition: Number(had[0]!.split("-").at(-1)), value: "welcome" });
    await until("it reads", () => back.values.includes("welcome"));
    await Promise.all([stays.stop(), back.stop()]);
  },
  120_000,
);

it("says what a cluster or its user cannot have", async () => {
  const bootstrap = cluster.bootstrap;
  expect(() => createConsumer({ bootstrap, groupProtocol: "consumer", sessionTimeoutMs: 1 })).toThrow(
    'sessionTimeoutMs and heartbeatIntervalMs are the cluster\'s with groupProtocol "consumer"',
  );
  const strange = createConsumer({
    bootstrap,
    groupId: "strange",
    groupProtocol: "consumer",
    serverAssignor: "nobody",
  });
  await strange.subscribe(["changing"]);
  await expect(strange.poll(30_000)).rejects.toMatchObject({ code: 112 });
  await strange.close();
  const classic = createConsumer({ bootstrap, groupId: "strange" });
  await expect(classic.subscribe({ pattern: ".*" })).rejects.toThrow('a pattern needs groupProtocol "consumer"');
  await classic.close();
});
