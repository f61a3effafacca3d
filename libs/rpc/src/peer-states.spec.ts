import { PeerStates } from "./peer-states";
import type { PeerEvent } from "./service";

const [a, b] = [{}, {}];

function listened(states: PeerStates): string[] {
  const heard: string[] = [];
  states.listen(({ nodeId, state }: PeerEvent) => heard.push(`${nodeId} ${state}`));
  return heard;
}

it("joins the connections of a node: one that speaks is enough, and the last one's end is the node's", () => {
  const states = new PeerStates();
  const heard = listened(states);
  states.set(1, a, "connected");
  states.set(1, b, "connected");
  states.set(1, a, "silent");
  states.set(1, b, "gone");
  states.set(1, a, "connected");
  states.set(1, a, "gone");
  expect(heard).toEqual(["1 connected", "1 silent", "1 connected", "1 gone"]);
});

it("keeps nodes apart, and callers that give no id out", () => {
  const states = new PeerStates();
  const heard = listened(states);
  states.set(-1, a, "connected");
  states.set(1, a, "connected");
  states.set(2, b, "connected");
  states.set(1, a, "gone");
  expect(heard).toEqual(["1 connected", "2 connected", "1 gone"]);
});

it("tells a late listener who is there, and no one who has left", () => {
  const states = new PeerStates();
  states.set(1, a, "connected");
  states.set(2, a, "silent");
  states.set(3, a, "connected");
  states.set(3, a, "gone");
  expect(listened(states)).toEqual(["1 connected", "2 silent"]);
});

it("says that a node could not be reached even if it never was", () => {
  const states = new PeerStates();
  const heard = listened(states);
  states.set(1, a, "gone");
  expect(heard).toEqual(["1 gone"]);
});

it("tells nobody who has stopped listening", () => {
  const states = new PeerStates();
  const heard: PeerEvent[] = [];
  states.listen((event) => heard.push(event))();
  states.set(1, a, "connected");
  expect(heard).toEqual([]);
});
