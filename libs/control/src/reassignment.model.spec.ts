import fc from "fast-check";
import { ReplicaModel } from "./testing/replica-model";

const NODES = [1, 2, 3, 4, 5] as const;

const node = fc.constantFrom(...NODES);
const step = fc.oneof(
  fc.tuple(fc.constant("reassign" as const), fc.shuffledSubarray([...NODES], { minLength: 1, maxLength: 4 })),
  fc.tuple(fc.constant("reassign" as const), fc.shuffledSubarray([...NODES], { minLength: 1, maxLength: 4 })),
  fc.tuple(fc.constant("cancel" as const), node),
  fc.tuple(fc.constant("crash" as const), node),
  fc.tuple(fc.constant("fence" as const), node),
  fc.tuple(fc.constant("restart unclean" as const), node),
  fc.tuple(fc.constant("restart clean" as const), node),
  fc.tuple(fc.constant("beat" as const), node),
  fc.tuple(fc.constant("beat" as const), node),
  fc.tuple(fc.constant("shrink" as const), node),
  fc.tuple(fc.constant("grow" as const), node),
  fc.tuple(fc.constant("grow" as const), node),
  fc.tuple(fc.constant("prefer" as const), node),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The partition beside what a person would say of it: where it came from, and where it is to be. */
class Story {
  readonly model = new ReplicaModel(NODES, [1, 2, 3]);
  /** Where a cancellation leads: the replicas before the first of the reassignments that are under way. */
  private before: readonly number[] = [1, 2, 3];
  target: readonly number[] = [1, 2, 3];

  play([what, argument]: Step): void {
    const { model } = this;
    const under = this.isUnderWay;
    if (what === "reassign") {
      if (!under) this.before = model.partition.replicas;
      expect(model.reassign(argument)).toBe(true);
      this.target = argument;
    } else if (what === "cancel") {
      const cancelled = model.reassign(null);
      if (!under) expect(cancelled).toBe(false);
      if (cancelled) this.target = this.before;
    } else if (what === "crash") model.crash(argument);
    else if (what === "fence") model.world.fence(argument);
    else if (what === "restart unclean") model.restart(argument, false);
    else if (what === "restart clean") model.restart(argument, true);
    else if (what === "beat") model.beat(argument);
    else if (what === "shrink") model.alter(false);
    else if (what === "grow") model.alter(true);
    else model.elect(0);
    this.check();
  }

  check(): void {
    this.model.check();
    const { replicas, removing } = this.model.partition;
    const sorted = (list: readonly number[]) => [...list].sort();
    // On the way or there: what stays is what was asked for last.
    expect(sorted(replicas.filter((each) => !removing.includes(each)))).toEqual(sorted(this.target));
  }

  get isUnderWay(): boolean {
    const { adding, removing } = this.model.partition;
    return adding.length + removing.length > 0;
  }
}

it("loses nothing acknowledged and forgets no replica, whatever fails while partitions move", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const story = new Story();
      for (const each of steps) story.play(each);
    }),
    { numRuns: 600 },
  );
});

it("comes to its end once every broker is back", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const story = new Story();
      for (const each of steps) story.play(each);
      for (const nodeId of NODES) story.play(["restart unclean", nodeId]);
      for (const nodeId of NODES) story.play(["beat", nodeId]);
      for (let round = 0; round < 3; round++) story.play(["grow", 1]);
      expect(story.isUnderWay).toBe(false);
      expect([...story.model.partition.isr].sort()).toEqual([...story.target].sort());
    }),
    { numRuns: 200 },
  );
});
