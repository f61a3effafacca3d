import {
  AllocateProducerIdsRequest,
  ControllerDefinition,
  KafkaCall,
  NodeHeartbeatRequest,
  type NodeHeartbeatReply,
} from "@moldau/contracts";
import { followController } from "./controller-route";
import { PeerUnavailable, type Service } from "./service";
import { context, controller } from "./testing/services";

/** A quorum of which a test says who answers and how; time passes only in its pauses. */
class Quorum {
  readonly voters = [201, 202, 203];
  readonly asked: number[] = [];
  nowMs = 0;
  active: number | undefined = 201;
  /** What the others believe. */
  hint = -1;
  readonly down = new Set<number>();
  lost: "before" | "after" = "before";

  readonly route: Service<typeof ControllerDefinition> = followController({
    voters: this.voters,
    nodeId: 7,
    monotonicMs: () => this.nowMs,
    sleep: (ms) => {
      this.nowMs += ms;
      this.slept(this.nowMs);
      return Promise.resolve();
    },
    at: (voter) =>
      controller({
        heartbeat: (_, call) => this.answer(voter, call.deadlineMs, { isFenced: false }),
        allocateProducerIds: (_, call) => this.answer(voter, call.deadlineMs, { firstProducerId: voter }),
        handle: (_, call) => this.answer(voter, call.deadlineMs, { body: new Uint8Array([voter - 200]) }),
      }),
  });
  slept: (nowMs: number) => void = () => undefined;
  deadlines: number[] = [];

  private answer(voter: number, deadlineMs: number, reply: object): Promise<never> {
    this.asked.push(voter);
    this.deadlines.push(deadlineMs);
    if (this.down.has(voter)) {
      return Promise.reject(new PeerUnavailable(`${voter} is down`, this.lost === "after"));
    }
    return Promise.resolve(
      (voter === this.active
        ? { errorCode: 0, leaderId: voter, ...reply }
        : { errorCode: 41, leaderId: this.hint, body: new Uint8Array() }) as never,
    );
  }
}

const heartbeat = NodeHeartbeatRequest.decode(new Uint8Array());
const call = KafkaCall.decode(new Uint8Array());

it("stays with the controller that answered", async () => {
  const quorum = new Quorum();
  quorum.active = 202;
  quorum.hint = 202;
  await quorum.route.heartbeat(heartbeat, context());
  await quorum.route.heartbeat(heartbeat, context());
  expect(quorum.asked).toEqual([201, 202, 202]);
  expect(quorum.nowMs).toBe(0);
});

it("follows the hint of a handled call as well", async () => {
  const quorum = new Quorum();
  quorum.active = quorum.hint = 203;
  expect((await quorum.route.handle(call, context())).body).toEqual(new Uint8Array([3]));
  expect(quorum.asked).toEqual([201, 203]);
});

it("asks the others in turn where nobody knows, and waits between rounds", async () => {
  const quorum = new Quorum();
  quorum.active = undefined;
  quorum.slept = (nowMs) => {
    if (nowMs >= 150) quorum.active = 203;
  };
  await quorum.route.heartbeat(heartbeat, context());
  expect(quorum.asked).toEqual([201, 202, 203, 201, 202, 203, 201, 202, 203]);
  expect(quorum.nowMs).toBe(150);
});

it("does not run in circles where two name each other", async () => {
  const quorum = new Quorum();
  quorum.active = undefined;
  quorum.hint = 202;
  const reply: NodeHeartbeatReply = await quorum.route.heartbeat(heartbeat, context({ deadlineMs: 2000 }));
  expect(reply.errorCode).toBe(41);
  expect(quorum.nowMs).toBeLessThanOrEqual(2000);
  expect(quorum.asked.length).toBeLessThan(60);
});

it("goes to another voter while one is down, and gives up in time with what it knows", async () => {
  const quorum = new Quorum();
  quorum.down.add(201);
  quorum.active = 202;
  await quorum.route.heartbeat(heartbeat, context());
  expect(quorum.asked).toEqual([201, 202]);
  for (const voter of quorum.voters) quorum.down.add(voter);
  await expect(quorum.route.heartbeat(heartbeat, context({ deadlineMs: 3000 }))).rejects.toBeInstanceOf(
    PeerUnavailable,
  );
  expect(quorum.nowMs).toBeGreaterThan(2000);
  expect(quorum.nowMs).toBeLessThanOrEqual(3000);
  expect(Math.max(...quorum.deadlines)).toBeLessThanOrEqual(5000);
});

it("sends again what may have arrived only where twice does no harm", async () => {
  const quorum = new Quorum();
  quorum.lost = "after";
  quorum.down.add(201);
  quorum.active = 202;
  await expect(quorum.route.handle(call, context())).rejects.toMatchObject({ mayHaveBeenSent: true });
  expect(quorum.asked).toEqual([201]);
  const reply = await quorum.route.allocateProducerIds(AllocateProducerIdsRequest.decode(new Uint8Array()), context());
  expect(reply.firstProducerId).toBe(202);
});

it("passes on what is no matter of transport", async () => {
  const route = followController({
    voters: [201, 202],
    nodeId: 1,
    monotonicMs: () => 0,
    sleep: () => Promise.resolve(),
    at: () => controller({ heartbeat: () => Promise.reject(new TypeError("a bug")) }),
  });
  await expect(route.heartbeat(heartbeat, context())).rejects.toThrow("a bug");
});

it("says so where no voter is configured", async () => {
  const route = followController({
    voters: [],
    nodeId: 1,
    monotonicMs: () => 0,
    sleep: () => Promise.resolve(),
    at: () => controller({}),
  });
  await expect(route.heartbeat(heartbeat, context())).rejects.toThrow("neither controller.quorum.voters nor");
  const watch = route.watchMetadata({ nodeId: 1, fromOffset: 0, clusterId: "" }, context());
  await expect(watch[Symbol.asyncIterator]().next()).rejects.toThrow("neither controller.quorum.voters nor");
});
