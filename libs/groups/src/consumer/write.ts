import type { GroupRecord } from "../group-record";
import type { GroupState } from "../group-state";
import type { Step } from "../step";

/**
 * Decides on a record and takes it in at once, so that what follows in the same step sees it: a heartbeat may write a member,
 * an epoch, a target and a current assignment, each made of the ones before. The harness replays it once more, which for
 * records of consumer groups is the same as once.
 */
export function write(state: GroupState, step: Step, record: GroupRecord): void {
  step.record(record);
  state.replay(record);
}
