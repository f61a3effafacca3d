import type { MetadataUpdate, WatchMetadataRequest } from "@moldau/contracts";
import { type MetadataRecord, record, writeMetadataRecord } from "@moldau/metadata";
import type { CallContext, Peers } from "@moldau/rpc";
import { startMetadataObserver } from "./start-metadata-observer";

const ORDERS = "AAAAAAAAAAAAAAAAAAAAAQ";
const BILLS = "AAAAAAAAAAAAAAAAAAAAAg";
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

function topic(name: string, topicId: string): MetadataRecord {
  return record("TopicRecord", { name, topicId });
}

function update(lastOffset: number, records: MetadataRecord[], more: Partial<MetadataUpdate> = {}): MetadataUpdate {
  return {
    snapshotBegin: false,
    snapshotEnd: false,
    records: records.map(writeMetadataRecord),
    lastOffset,
    epoch: 1,
    leaderId: 201,
    clusterId: "c",
    highWatermark: lastOffset,
    ...more,
  };
}

const whole = { snapshotBegin: true, snapshotEnd: true };

/** A controller whose streams the test writes by hand, one script a connection; the last stays open. */
function scripted(scripts: (MetadataUpdate | Error)[][]) {
  const requests: WatchMetadataRequest[] = [];
  const logged: string[] = [];
  async function* watchMetadata(request: WatchMetadataRequest, call: CallContext): AsyncGenerator<MetadataUpdate> {
    const script = scripts[requests.length];
    requests.push(request);
    for (const each of script ?? []) {
      if (each instanceof Error) throw each;
      yield each;
    }
    if (requests.length < scripts.length) return;
    await new Promise<void>((resolve) => call.signal?.addEventListener("abort", () => resolve()));
  }
  const controller = { watchMetadata } as unknown as ReturnType<Peers["controller"]>;
  const note = (_fields: object, message: string) => void logged.push(message);
  const observer = startMetadataObserver({
    peers: { controller: () => controller },
    nodeId: 1,
    log: { info: note, warn: note, error: note, debug: () => undefined } as never,
    clock,
    retryMs: 1,
    paused: true,
  });
  return { observer, requests, logged };
}

it("shows a snapshot only when its last piece has come", async () => {
  const { observer } = scripted([
    [
      update(7, [topic("orders", ORDERS)], { snapshotBegin: true }),
      update(7, [topic("bills", BILLS)], { snapshotEnd: true }),
    ],
  ]);
  const seen: string[][] = [];
  observer.subscribe((delta, image) => {
    expect(observer.image).toBe(image);
    seen.push([...delta.topics.values()].map(({ name, kind }) => `${kind} ${name}`));
  });
  expect([observer.image.offset, observer.caughtUp]).toEqual([-1, false]);
  observer.resume();
  await observer.waitFor(7, 1000);
  expect(seen).toEqual([["created orders", "created bills"]]);
  expect([observer.image.offset, observer.caughtUp, observer.leaderId]).toEqual([7, true, 201]);
  await observer.stop();
});

it("goes on from where it is when a stream ends, and hears each change once", async () => {
  const { observer, requests } = scripted([
    [update(7, [topic("orders", ORDERS)], whole)],
    [new Error("connection reset")],
    [update(9, [topic("bills", BILLS)])],
  ]);
  const offsets: number[] = [];
  observer.subscribe((_, image) => offsets.push(image.offset));
  observer.resume();
  await observer.waitFor(9, 1000);
  expect(requests.map((each) => each.fromOffset)).toEqual([0, 8, 8]);
  expect(offsets).toEqual([7, 9]);
  await observer.stop();
});

it("starts over with a snapshot when what came does not follow", async () => {
  const { observer, requests, logged } = scripted([
    [update(7, [topic("orders", ORDERS)], whole), update(8, [record("RemoveTopicRecord", { topicId: BILLS })])],
    [update(8, [topic("bills", BILLS)], whole)],
  ]);
  const kinds: string[] = [];
  observer.subscribe((delta) => kinds.push(...[...delta.topics.values()].map((each) => `${each.kind} ${each.name}`)));
  observer.resume();
  await observer.waitFor(8, 1000);
  expect(requests.map((each) => each.fromOffset)).toEqual([0, 0]);
  expect(kinds).toEqual(["created orders", "deleted orders", "created bills"]);
  expect(logged).toHaveLength(1);
  await observer.stop();
});

it("tells a late subscriber everything at once, and goes on when a listener throws", async () => {
  const { observer, logged } = scripted([[update(7, [topic("orders", ORDERS)], whole)]]);
  observer.subscribe(() => {
    throw new Error("a listener's bug");
  });
  observer.resume();
  await observer.waitFor(7, 1000);
  const names: string[] = [];
  observer.subscribe((delta) => names.push(...[...delta.topics.values()].map((each) => each.name)));
  expect(names).toEqual(["orders"]);
  expect(logged).toEqual(["a metadata listener failed"]);
  await observer.stop();
});

it("is not caught up while the controller has more, and gives up waiting in time", async () => {
  const { observer } = scripted([[update(7, [topic("orders", ORDERS)], { ...whole, highWatermark: 9 })]]);
  observer.resume();
  await observer.waitFor(7, 1000);
  expect(observer.caughtUp).toBe(false);
  await expect(observer.waitFor(8, 5)).rejects.toThrow(/offset 8 has not arrived within 5 ms, 7 has/);
  const waiting = observer.waitFor(8, 60_000);
  const settled = expect(waiting).rejects.toThrow(/stops/);
  await observer.stop();
  await settled;
});

it("refuses a controller of another cluster", async () => {
  const { observer, logged } = scripted([
    [update(7, [record("ClusterIdRecord", { clusterId: "c" })], whole)],
    [update(8, [], { clusterId: "d" })],
    [],
  ]);
  observer.resume();
  await observer.waitFor(7, 1000);
  await expect(observer.waitFor(8, 30)).rejects.toThrow();
  expect(observer.image.clusterId).toBe("c");
  expect(logged).toHaveLength(1);
  await observer.stop();
});

describe("a silent stream", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());
  const silent = () => scripted([[update(7, [topic("orders", ORDERS)], whole)]]);

  it("is given up and asked for again from where it stopped", async () => {
    const { observer, requests } = silent();
    observer.resume();
    await jest.advanceTimersByTimeAsync(1_400);
    expect(requests).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(300);
    expect(requests.map((each) => each.fromOffset)).toEqual([0, 8]);
    await observer.stop();
  });

  it("is not one whose process stood still itself: a single late timer proves nothing", async () => {
    const { observer, requests } = silent();
    observer.resume();
    await jest.advanceTimersByTimeAsync(100);
    // However late the next timer comes, it is one.
    jest.advanceTimersToNextTimer();
    await jest.advanceTimersByTimeAsync(100);
    expect(requests).toHaveLength(1);
    await observer.stop();
  });
});
