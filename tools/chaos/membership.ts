// Replicas move between brokers, and controllers leave the quorum and come back, while clients are at work.
import type { Heal } from "./faults";

export interface Membership {
  /** Why it cannot be done; undefined: it can. */
  readonly refusal: string | undefined;
  change(what: "reassign" | "controller", pick: number): Promise<Heal>;
}

export const noMembership: Membership = {
  refusal: "the cluster's client cannot ask for reassignments and voters yet",
  change: () => Promise.resolve(() => Promise.resolve()),
};
