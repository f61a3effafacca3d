import { codecs, CoordinatorDefinition, FrameKind, KafkaCall, type Frame, type KafkaAnswer } from "@moldau/contracts";
import fc from "fast-check";
import { methodsOf, type Implementation, type Method } from "./method";
import type { CallContext } from "./service";
import { deferred } from "./testing/services";
import { bytesOf, PipePair } from "./testing/pipe-pair";

const [handle] = methodsOf(CoordinatorDefinition) as [Method];
/** Two methods with the same messages, so that lanes can be told apart. */
const bulk: Method = { ...handle, key: "bulk" };
const small: Method = { ...handle, key: "small" };
const methods = [bulk, small];
const context: CallContext = { traceparent: "", deadlineMs: 0, callerNodeId: -1 };

function call(bytes: number, id = 0): KafkaCall {
  return { ...KafkaCall.decode(new Uint8Array()), apiKey: id, body: new Uint8Array(bytes) };
}

/** An implementation whose answers the test gives. */
function manual(): {
  implementation: Implementation;
  asked: { id: number; context: CallContext; answer(bytes: number): void }[];
} {
  const asked: { id: number; context: CallContext; answer(bytes: number): void }[] = [];
  const ask = (request: unknown, callContext: CallContext): Promise<KafkaAnswer> => {
    const answer = deferred<KafkaAnswer>();
    asked.push({
      id: (request as KafkaCall).apiKey,
      context: callContext,
      answer: (bytes) => answer.resolve({ body: new Uint8Array(bytes) }),
    });
    return answer.promise;
  };
  return { implementation: { bulk: ask, small: ask }, asked };
}

const echo: Implementation = {
  bulk: (request) => Promise.resolve({ body: (request as KafkaCall).body }),
  small: (request) => Promise.resolve({ body: (request as KafkaCall).body }),
};

function outcome(promise: Promise<unknown>): { value?: unknown; error?: Error & { mayHaveBeenSent?: boolean } } {
  const result: ReturnType<typeof outcome> = {};
  promise.then(
    (value) => (result.value = value),
    (error: Error) => (result.error = error),
  );
  return result;
}

function kinds(frames: Frame[]): string[] {
  return frames.map((frame) => FrameKind[frame.kind]!.replace("FRAME_KIND_", ""));
}

it("says hello both ways before the first request leaves", async () => {
  const pair = new PipePair(methods, echo);
  const reply = outcome(pair.caller.call(small, call(3), context));
  expect(kinds(pair.there.waiting)).toEqual(["HELLO"]);
  expect(kinds(pair.back.waiting)).toEqual(["HELLO"]);
  await pair.settle();
  expect(reply.value).toMatchObject({ body: Buffer.alloc(3) });
});

describe("requests", () => {
  it("of one method stay within the peer's window, and go on in order as answers come", async () => {
    const { implementation, asked } = manual();
    const pair = new PipePair(methods, implementation, { requestWindowBytes: 10_000 });
    for (let id = 0; id < 20; id++) outcome(pair.caller.call(bulk, call(4000, id), context));
    await pair.settle();
    expect(asked.map((one) => one.id)).toEqual([0, 1, 2]); // the third goes over, and no further one leaves
    asked[1]!.answer(0);
    await pair.settle();
    expect(asked.map((one) => one.id)).toEqual([0, 1, 2, 3]);
    for (let i = 0; asked.length < 20 || i < 20; i++) {
      asked[i]!.answer(0);
      await pair.settle();
    }
    expect(asked.map((one) => one.id)).toEqual(Array.from({ length: 20 }, (_, id) => id));
  });

  it("of another method do not wait behind them", async () => {
    const { implementation, asked } = manual();
    const pair = new PipePair(methods, implementation, { requestWindowBytes: 10_000 });
    for (let id = 0; id < 10; id++) outcome(pair.caller.call(bulk, call(9000, id), context));
    const read = outcome(pair.caller.call(small, call(10, 100), context));
    await pair.settle();
    asked.find((one) => one.id === 100)!.answer(1);
    await pair.settle();
    expect(read.value).toBeDefined();
  });

  it("longer than the window go alone", async () => {
    const pair = new PipePair(methods, echo, { requestWindowBytes: 1000, windowBytes: 1000 });
    const replies = [50_000, 10, 80_000].map((bytes) => outcome(pair.caller.call(bulk, call(bytes), context)));
    await pair.settle();
    expect(replies.map((reply) => (reply.value as KafkaAnswer).body.length)).toEqual([50_000, 10, 80_000]);
  });

  it("are refused, as not sent, when too many wait", async () => {
    const { implementation } = manual();
    const pair = new PipePair(methods, implementation, { requestWindowBytes: 1000, queueBytesMax: 50_000 });
    const calls = Array.from({ length: 20 }, (_, id) => outcome(pair.caller.call(bulk, call(10_000, id), context)));
    await pair.settle();
    const refused = calls.filter((one) => one.error !== undefined);
    expect(refused.length).toBe(16);
    expect(refused.every((one) => one.error!.name === "PeerUnavailable" && !one.error!.mayHaveBeenSent)).toBe(true);
  });

  it("whose message cannot be encoded fail alone", async () => {
    const pair = new PipePair(methods, echo);
    const broken = outcome(pair.caller.call(small, { ...call(1), clientId: undefined }, context));
    const fine = outcome(pair.caller.call(small, call(1), context));
    await pair.settle();
    expect(broken.error).toBeDefined();
    expect(fine.value).toBeDefined();
  });
});

describe("replies", () => {
  it("stay within the caller's window; meanwhile no further request is taken up", async () => {
    const taken: number[] = [];
    const implementation: Implementation = {
      ...echo,
      bulk: (request) => {
        taken.push((request as KafkaCall).apiKey);
        return Promise.resolve({ body: new Uint8Array(9000) });
      },
    };
    // The caller's end takes 20 kB ahead; the answerer's own bound on waiting replies is its window of 30 kB.
    const pair = new PipePair(methods, implementation, { windowBytes: 20_000, requestWindowBytes: 30_000 });
    const first = outcome(pair.caller.call(bulk, call(0, 0), context));
    await pair.settle();
    expect(first.value).toBeDefined();
    const rest = Array.from({ length: 60 }, (_, id) => outcome(pair.caller.call(bulk, call(0, id + 1), context)));
    // The network delivers requests and holds back what the answerer sends.
    for (const request of pair.there.frames.splice(0)) {
      pair.there.deliver(request);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const sentBytes = pair.back.frames.reduce((sum, frame) => sum + frame.length, 0);
    expect(sentBytes).toBeLessThan(30_000);
    expect(taken.length).toBeLessThan(12);
    await pair.settle();
    expect(rest.every((reply) => reply.value !== undefined)).toBe(true);
    expect(taken).toEqual(Array.from({ length: 61 }, (_, id) => id));
  });

  it("give back what was lent for them when they have left, and not while they wait for room", async () => {
    const given: number[] = [];
    const implementation: Implementation = {
      ...echo,
      bulk: (request, asking) => {
        const { apiKey } = request as KafkaCall;
        const body = new Uint8Array(9000).fill(apiKey);
        asking.lend!(() => {
          body.fill(255);
          given.push(apiKey);
        });
        return Promise.resolve({ body });
      },
    };
    const pair = new PipePair(methods, implementation, { windowBytes: 20_000 });
    await outcome(pair.caller.call(small, call(0), context));
    await pair.settle();
    const replies = [1, 2, 3, 4, 5].map((id) => outcome(pair.caller.call(bulk, call(0, id), context)));
    pair.there.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect(given).toEqual([1, 2, 3]);
    await pair.settle();
    expect(given).toEqual([1, 2, 3, 4, 5]);
    replies.forEach(({ value }, i) => expect(value).toEqual({ body: Buffer.alloc(9000, i + 1) }));
  });

  it("give back what was lent for them once, also where the stream breaks before they have left or are there", async () => {
    const given: number[] = [];
    let goOn = (): void => undefined;
    const late = new Promise<void>((resolve) => (goOn = resolve));
    const implementation: Implementation = {
      ...echo,
      bulk: async (request, asking) => {
        const { apiKey } = request as KafkaCall;
        asking.lend!(() => given.push(apiKey));
        if (apiKey === 6) await late;
        return { body: new Uint8Array(9000) };
      },
    };
    const pair = new PipePair(methods, implementation, { windowBytes: 20_000 });
    await outcome(pair.caller.call(small, call(0), context));
    await pair.settle();
    const replies = [1, 2, 3, 4, 5, 6].map((id) => outcome(pair.caller.call(bulk, call(0, id), context)));
    pair.there.flush();
    await new Promise((resolve) => setImmediate(resolve));
    pair.break("cut");
    goOn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(given.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(replies.every(({ value }) => value === undefined)).toBe(true);
  });

  it("give their room back for any mix of sizes: nothing ever stands still", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.nat(5000), fc.nat(20_000)), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 300, max: 8000 }),
        fc.integer({ min: 300, max: 8000 }),
        async (calls, windowBytes, requestWindowBytes) => {
          const answer = (request: unknown): Promise<KafkaAnswer> =>
            Promise.resolve({ body: new Uint8Array((request as KafkaCall).apiKey) });
          const pair = new PipePair(methods, { bulk: answer, small: answer }, { windowBytes, requestWindowBytes });
          const replies = calls.map(([isBulk, requestBytes, replyBytes]) =>
            outcome(pair.caller.call(isBulk ? bulk : small, call(requestBytes, replyBytes), context)),
          );
          await pair.settle();
          replies.forEach((reply, index) =>
            expect((reply.value as KafkaAnswer | undefined)?.body.length).toBe(calls[index]![2]),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("giving up", () => {
  it("takes a waiting call out of the queue and cancels one that was sent", async () => {
    const { implementation, asked } = manual();
    const pair = new PipePair(methods, implementation, { requestWindowBytes: 1000 });
    const [sentAbort, queuedAbort] = [new AbortController(), new AbortController()];
    const sent = outcome(pair.caller.call(bulk, call(5000, 1), { ...context, signal: sentAbort.signal }));
    const queued = outcome(pair.caller.call(bulk, call(5000, 2), { ...context, signal: queuedAbort.signal }));
    const next = outcome(pair.caller.call(bulk, call(5000, 3), context));
    await pair.settle();
    queuedAbort.abort(new Error("not needed"));
    sentAbort.abort(new Error("not needed either"));
    await pair.settle();
    expect([sent.error?.message, queued.error?.message]).toEqual(["not needed either", "not needed"]);
    expect(asked[0]!.context.signal!.aborted).toBe(true);
    // The cancelled one still holds its room until the implementation is done with it.
    expect(asked.map((one) => one.id)).toEqual([1]);
    asked[0]!.answer(100);
    await pair.settle();
    expect(asked.map((one) => one.id)).toEqual([1, 3]);
    asked[1]!.answer(7);
    await pair.settle();
    expect((next.value as KafkaAnswer).body.length).toBe(7);
  });

  it("at the deadline says whether the request may have been sent", async () => {
    const { implementation } = manual();
    const pair = new PipePair(methods, implementation, { requestWindowBytes: 1000 });
    const deadline = { ...context, deadlineMs: 40 };
    const sent = outcome(pair.caller.call(bulk, call(5000, 1), deadline));
    const queued = outcome(pair.caller.call(bulk, call(5000, 2), deadline));
    await pair.settle();
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect([sent.error?.mayHaveBeenSent, queued.error?.mayHaveBeenSent]).toEqual([true, false]);
  });

  it("an aborted signal sends nothing", async () => {
    const pair = new PipePair(methods, echo);
    const signal = AbortSignal.abort(new Error("over"));
    await expect(pair.caller.call(small, call(1), { ...context, signal })).rejects.toThrow("over");
    expect(pair.opened).toBe(0);
  });
});

describe("a broken stream", () => {
  it("fails what was sent as possibly sent, the rest as not, and opens again with the next call", async () => {
    const { implementation, asked } = manual();
    const pair = new PipePair(methods, implementation, { requestWindowBytes: 1000 });
    const sent = outcome(pair.caller.call(bulk, call(5000, 1), context));
    const queued = outcome(pair.caller.call(bulk, call(5000, 2), context));
    await pair.settle();
    pair.break("connection reset");
    await pair.settle();
    expect([sent.error?.mayHaveBeenSent, queued.error?.mayHaveBeenSent]).toEqual([true, false]);
    expect(sent.error?.message).toBe("Test at nowhere: connection reset");
    expect(asked[0]!.context.signal!.aborted).toBe(true);
    asked[0]!.answer(1); // nobody waits for it any more
    const again = outcome(pair.caller.call(bulk, call(10, 3), context));
    await pair.settle();
    asked[1]!.answer(1);
    await pair.settle();
    expect(again.value).toBeDefined();
    expect(pair.opened).toBe(2);
  });

  it("that breaks before the hello lets calls wait a little, longer each time", async () => {
    const pair = new PipePair(methods, echo);
    for (let attempt = 1; attempt <= 4; attempt++) {
      const refused = outcome(pair.caller.call(small, call(1), context));
      for (let waited = 0; pair.opened < attempt && waited < 2000; waited++) await new Promise((r) => setTimeout(r, 1));
      expect(pair.opened).toBe(attempt);
      pair.break("refused");
      await new Promise((resolve) => setImmediate(resolve));
      expect(refused.error?.mayHaveBeenSent).toBe(false);
    }
    pair.caller.close();
  });

  it("a drained peer sends nothing new and answers what it has", async () => {
    const { implementation, asked } = manual();
    const pair = new PipePair(methods, implementation);
    const underWay = outcome(pair.caller.call(small, call(1, 1), context));
    await pair.settle();
    let drained = false;
    void pair.answerer.drain().then(() => (drained = true));
    await pair.settle();
    const late = outcome(pair.caller.call(small, call(1, 2), context));
    await pair.settle();
    expect([asked.length, drained]).toEqual([1, false]);
    asked[0]!.answer(1);
    await pair.settle();
    expect(drained).toBe(true);
    expect(underWay.value).toBeDefined();
    pair.break("ended");
    await pair.settle();
    expect(late.error?.mayHaveBeenSent).toBe(false);
  });
});

describe("silence", () => {
  function ticks(pair: PipePair, count: number): void {
    for (let i = 0; i < count; i++) pair.caller.tick();
  }
  /** A pipe that is open, with a call under way, and what its caller said of the peer. */
  async function opened(options: { failAfterTicks?: number } = {}) {
    const states: string[] = [];
    const { implementation, asked } = manual();
    const pair = new PipePair(methods, implementation, { ...options, onState: (state) => states.push(state) });
    const reply = outcome(pair.caller.call(small, call(1, 1), context));
    await pair.settle();
    return { pair, states, asked, reply };
  }

  it("does not arise on an idle pipe: a ping each half second, answered at once", async () => {
    const { pair, states } = await opened({ failAfterTicks: 6 });
    let pings = 0;
    for (let i = 0; i < 40; i++) {
      ticks(pair, 1);
      pings += kinds(pair.there.waiting).filter((kind) => kind === "PING").length;
      await pair.settle();
      expect(pair.answerer.tick()).toBe(false);
    }
    expect(pings).toBe(20);
    expect(states).toEqual(["connected"]);
  });

  it("is not broken by pings where calls and answers go to and fro", async () => {
    const { pair } = await opened();
    for (let i = 0; i < 20; i++) {
      ticks(pair, 1);
      expect(kinds(pair.there.waiting)).not.toContain("PING");
      const exchange = outcome(pair.caller.call(bulk, { ...call(1, 2), correlationId: i } as KafkaCall, context));
      await pair.settle();
      pair.back.deliver(bytesOf(codecs.Frame.prepare({ ...frame(), kind: FrameKind.FRAME_KIND_PONG })));
      void exchange;
    }
  });

  it("of the answerer fails what is under way and what comes, until it speaks again", async () => {
    const { pair, states, reply, asked } = await opened({ failAfterTicks: 6 });
    pair.there.deliver = () => undefined; // it takes nothing up
    ticks(pair, 4);
    expect(states).toEqual(["connected", "silent"]);
    await pair.settle();
    expect(reply.error).toBeUndefined();
    ticks(pair, 2);
    const late = outcome(pair.caller.call(small, call(1, 2), context));
    await pair.settle();
    expect(reply.error).toMatchObject({ name: "PeerUnavailable", mayHaveBeenSent: true });
    expect(reply.error!.message).toContain("silent for 1.5 s");
    expect(late.error).toMatchObject({ name: "PeerUnavailable", mayHaveBeenSent: false });

    pair.back.deliver(bytesOf(codecs.Frame.prepare({ ...frame(), kind: FrameKind.FRAME_KIND_PONG })));
    pair.there.deliver = (bytes) => pair.answerer.receive(bytes);
    expect(states).toEqual(["connected", "silent", "connected"]);
    const again = outcome(pair.caller.call(small, call(1, 3), context));
    await pair.settle();
    asked.at(-1)!.answer(1);
    await pair.settle();
    expect(again.value).toBeDefined();
    expect(pair.opened).toBe(1);
  });

  it("is waited for where the call is for that very peer", async () => {
    const { pair, states, reply, asked } = await opened();
    pair.there.deliver = () => undefined;
    ticks(pair, 100);
    await pair.settle();
    expect(states).toEqual(["connected", "silent"]);
    asked[0]!.answer(1);
    await pair.settle();
    expect(reply.value).toBeDefined();
  });

  it("of the caller is noticed by the answerer, and its end too", async () => {
    const { pair } = await opened();
    const silent = Array.from({ length: 5 }, () => pair.answerer.tick());
    expect(silent).toEqual([false, false, false, true, true]);
    ticks(pair, 2);
    await pair.settle();
    expect(pair.answerer.tick()).toBe(false);
  });

  it("and broken streams are told once each", async () => {
    const { pair, states, reply } = await opened();
    pair.break("reset");
    pair.break("reset");
    await pair.settle();
    expect(reply.error).toMatchObject({ mayHaveBeenSent: true });
    expect(states).toEqual(["connected", "gone"]);
  });
});

describe("peers that break the rules", () => {
  it("an answerer that sends garbage loses the stream", async () => {
    const pair = new PipePair(methods, manual().implementation);
    const waiting = outcome(pair.caller.call(small, call(1), context));
    await pair.settle();
    pair.back.deliver(Uint8Array.of(0xff, 0xff));
    await pair.settle();
    expect(waiting.error?.message).toContain("malformed frame");
    expect(pair.callerClosed).toBe(1);
  });

  it("an answer to nobody is ignored", async () => {
    const pair = new PipePair(methods, echo);
    const fine = outcome(pair.caller.call(small, call(1), context));
    await pair.settle();
    pair.back.deliver(
      bytesOf(codecs.Frame.prepare({ ...frame(), kind: FrameKind.FRAME_KIND_REPLY, correlationId: 999 })),
    );
    expect(fine.value).toBeDefined();
    expect(pair.callerClosed).toBe(0);
  });

  it("a caller that sends garbage, a call twice, or beyond its window loses the stream", async () => {
    const request = (correlationId: number, bytes: number): Uint8Array =>
      bytesOf(
        codecs.Frame.prepare({
          ...frame(),
          kind: FrameKind.FRAME_KIND_REQUEST,
          correlationId,
          method: "bulk",
          payload: codecs.KafkaCall.encode(call(bytes)),
        }),
      );
    for (const attack of [
      [Uint8Array.of(0x08)],
      [request(1, 1), request(1, 1)],
      [request(1, 900), request(2, 900), request(3, 900)],
    ]) {
      const pair = new PipePair(methods, manual().implementation, { requestWindowBytes: 1500 });
      outcome(pair.caller.call(small, call(1), context));
      await pair.settle();
      for (const bytes of attack) pair.there.deliver(bytes);
      expect(pair.answererClosed).toBe(1);
    }
  });

  it("a method that is not there is an error of that call only", async () => {
    const pair = new PipePair([bulk], echo);
    const missing = outcome(pair.caller.call(small, call(1), context));
    const fine = outcome(pair.caller.call(bulk, call(1), context));
    await pair.settle();
    expect(missing.error?.name).toBe("RemoteError");
    expect(missing.error?.message).toContain('no method "small"');
    expect(fine.value).toBeDefined();
  });
});

function frame(): Frame {
  return codecs.Frame.decode(new Uint8Array());
}
