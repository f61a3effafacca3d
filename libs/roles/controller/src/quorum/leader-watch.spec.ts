import type { PeerEvent, ProbeOutcome } from "@moldau/rpc";
import { watchLeader } from "./leader-watch";

function watch(outcomes: ProbeOutcome[]) {
  const listeners: ((event: PeerEvent) => void)[] = [];
  const listen = (listener: (event: PeerEvent) => void) => {
    listeners.push(listener);
    return () => void listeners.splice(listeners.indexOf(listener), 1);
  };
  const lost: number[] = [];
  const probed: number[] = [];
  const state = { leaderId: 1 };
  const watching = watchLeader({
    peers: {
      onPeer: listen,
      probe: (nodeId) => {
        probed.push(nodeId);
        const outcome = outcomes.shift();
        return outcome === undefined ? Promise.reject(new Error("no descriptors")) : Promise.resolve(outcome);
      },
    },
    services: { onCaller: listen },
    addressOf: () => ({ host: "127.0.0.1", port: 1 }),
    leaderId: () => state.leaderId,
    lost: (nodeId) => lost.push(nodeId),
  });
  const tell = (nodeId: number, what: PeerEvent["state"]) => {
    for (const listener of [...listeners]) listener({ nodeId, state: what });
  };
  return { lost, probed, state, tell, listeners, watching };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const settle = () => jest.advanceTimersByTimeAsync(300);

it("takes a refused connection for the leader's end, a broken one only for a rumour", async () => {
  const dead = watch(["dead"]);
  dead.tell(1, "gone");
  await settle();
  expect(dead.lost).toEqual([1]);

  const slow = watch(["alive", "alive", "alive", "alive", "alive", "dead"]);
  slow.tell(1, "gone");
  await settle();
  expect(slow.lost).toEqual([]);
  expect(slow.probed).toHaveLength(5);
});

it("asks again where the port outlived the connection for a moment", async () => {
  const { tell, lost } = watch(["alive", "dead"]);
  tell(1, "gone");
  await settle();
  expect(lost).toEqual([1]);
});

it("does not care for silence, for others, or for a probe that fails", async () => {
  const { tell, lost, probed } = watch([]);
  tell(1, "silent");
  tell(2, "gone");
  expect(probed).toEqual([]);
  tell(1, "gone");
  await settle();
  expect(probed).toEqual([1]);
  expect(lost).toEqual([]);
});

it("lets go of everything when it stops", async () => {
  const { tell, lost, listeners, watching } = watch(["dead"]);
  tell(1, "gone");
  watching.stop();
  await settle();
  expect(lost).toEqual([]);
  expect(listeners).toEqual([]);
});
