import fc from "fast-check";
import { subscribedTopics } from "./subscribed-topics";
import { bytesOf } from "./testing/words";

describe("subscribedTopics", () => {
  it("unites what the members subscribe to", () => {
    const topics = subscribedTopics("consumer", [bytesOf("topics(a,b)"), bytesOf("topics(b,žluť)")]);
    expect([...(topics ?? [])]).toEqual(["a", "b", "žluť"]);
  });

  it("knows nothing of other protocol types", () => {
    expect(subscribedTopics("connect", [bytesOf("topics(a)")])).toBeUndefined();
  });

  it("knows of an empty group that nobody subscribes", () => {
    expect(subscribedTopics("consumer", [])?.size).toBe(0);
  });

  it("gives up on bytes that end too early, and never throws", () => {
    const whole = bytesOf("topics(orders)");
    for (let length = 0; length < 14; length++) {
      expect(subscribedTopics("consumer", [whole.subarray(0, length)])).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        subscribedTopics("consumer", [bytes]);
      }),
    );
  });
});
