import { type ControlSettings, NodeSessions } from "@moldau/control";
import { ControllerQueue } from "./controller-queue";
import { Fencing } from "./fencing";
import { MetadataLog } from "./metadata-log";
import { FakeQuorum, registration } from "./testing/fake-quorum";

const sessionTimeoutMs = 9_000;
let quorum: FakeQuorum;
let metadata: MetadataLog;
let sessions: NodeSessions;
let fencing: Fencing;
let logged: string[];
/** What the controller's clock is ahead of its timers, as after a stop of the process. */
let aheadMs: number;
const nowMs = () => performance.now() + aheadMs;

beforeEach(() => {
  jest.useFakeTimers();
  aheadMs = 0;
  logged = [];
  quorum = new FakeQuorum();
  metadata = new MetadataLog();
  metadata.follow(quorum);
  sessions = new NodeSessions(sessionTimeoutMs);
  const settings = { topicDefaults: new Map(), sessionTimeoutMs } as Pick<
    ControlSettings,
    "topicDefaults" | "sessionTimeoutMs"
  >;
  const note = (_: unknown, message: string) => void logged.push(message);
  fencing = new Fencing({
    queue: new ControllerQueue({ quorum, metadata, clock: { monotonicMs: () => performance.now() } }),
    image: () => metadata.image,
    isActive: () => quorum.isActive,
    sessions,
    settings,
    clock: { monotonicMs: nowMs },
    log: { warn: note, error: note } as never,
  });
  for (const nodeId of [1, 2]) {
    const epoch = quorum.commitOthers(registration(nodeId));
    sessions.touch(nodeId, epoch, nowMs());
  }
});
afterEach(() => {
  fencing.stop();
  jest.useRealTimers();
});

const fenced = () => [...metadata.image.brokers.values()].filter((node) => node.fenced).map((node) => node.nodeId);
async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  quorum.commit();
  await jest.advanceTimersByTimeAsync(0);
}

it("fences a node when its session is over, not before, and leaves those that are heard", async () => {
  fencing.watch();
  for (let i = 0; i < 4; i++) {
    await pass(2_000);
    sessions.touch(2, metadata.image.brokers.get(2)!.epoch, nowMs());
  }
  expect(fenced()).toEqual([]);
  await pass(1_100);
  expect(fenced()).toEqual([1]);
  await pass(9_000);
  expect(fenced()).toEqual([1, 2]);
  expect(jest.getTimerCount()).toBe(0);
});

it("has one timer and does not poll", async () => {
  fencing.watch();
  fencing.watch();
  expect(jest.getTimerCount()).toBe(1);
  await pass(8_000);
  expect(jest.getTimerCount()).toBe(1);
  expect(logged).toEqual([]);
});

it("gives everybody a whole session again after it stood still itself", async () => {
  fencing.watch();
  aheadMs = 60_000;
  await pass(9_001);
  expect(fenced()).toEqual([]);
  expect(logged).toEqual([expect.stringContaining("stood still")]);
  await pass(9_001);
  expect(fenced()).toEqual([1, 2]);
});

it("does nothing while another controller is active, and tries again what could not be decided", async () => {
  quorum.isActive = false;
  fencing.watch();
  expect(jest.getTimerCount()).toBe(0);
  quorum.isActive = true;
  fencing.watch();
  quorum.refusals = 2;
  await pass(9_001);
  expect(fenced()).toEqual([]);
  await pass(200);
  expect(fenced()).toEqual([1, 2]);
});
