/** What a person who asks "why did my consumers stop?" wants to read. The driver logs these. */
export type GroupEvent =
  | {
      readonly event: "rebalance started";
      readonly groupId: string;
      /** Generation that ends. */
      readonly generation: number;
      /** Who and why, in words. */
      readonly reason: string;
    }
  | {
      readonly event: "members joined";
      readonly groupId: string;
      readonly generation: number;
      readonly protocol: string;
      readonly leaderId: string;
      /** Members in order of their arrival; how long each took from the start of the rebalance. */
      readonly members: readonly { readonly memberId: string; readonly tookMs: number }[];
      /** Members that did not come back in time and are no longer in the group. */
      readonly removed: readonly string[];
    }
  | {
      readonly event: "rebalance completed";
      readonly groupId: string;
      readonly generation: number;
      readonly memberCount: number;
      readonly reason: string;
      /** From the first cause to the assignment. */
      readonly tookMs: number;
      /** Of a consumer group: the assignor, and how long each member took to have what it is to have. */
      readonly protocol?: string;
      readonly members?: readonly { readonly memberId: string; readonly tookMs: number }[];
    }
  | {
      /** A classic group became a consumer group, or the other way round (KIP-848). */
      readonly event: "group changed its protocol";
      readonly groupId: string;
      readonly protocol: "classic" | "consumer";
      readonly memberCount: number;
    }
  | { readonly event: "group is empty"; readonly groupId: string; readonly generation: number }
  | { readonly event: "member removed"; readonly groupId: string; readonly memberId: string; readonly reason: string }
  | {
      readonly event: "static member replaced";
      readonly groupId: string;
      readonly groupInstanceId: string;
      readonly oldMemberId: string;
      readonly newMemberId: string;
    }
  | { readonly event: "offsets expired"; readonly groupId: string; readonly count: number };
