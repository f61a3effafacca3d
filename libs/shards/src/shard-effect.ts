import type { KafkaErrorCode } from "@moldau/base";
import type { CallId } from "./shard-machine";

/** What the driver has to do. Effects are in order; at most one of claim, read and append is under way. */
export type ShardEffect<Reply, Entry, Event> =
  /** Claim the partition at its leader; answer with `onClaimed`. */
  | { readonly do: "claim" }
  /** Read entries from `offset` up to `endOffset` (exclusive); answer with `onEntries`. */
  | { readonly do: "read"; readonly offset: number; readonly endOffset: number }
  /** The log is replayed, requests are served from now on. */
  | { readonly do: "open" }
  /** Append as one batch; answer with `onAppended`, `onRefused` or `onDoubt`. */
  | { readonly do: "append"; readonly entries: readonly Entry[] }
  | { readonly do: "reply"; readonly call: CallId; readonly reply: Reply }
  /** The call failed as a whole: the client is to look for the coordinator again or to retry. */
  | { readonly do: "refuse"; readonly call: CallId; readonly error: KafkaErrorCode }
  | { readonly do: "report"; readonly event: Event };
