import type { CallId } from "@moldau/shards";

/** One of the protocols (assignors) that a member offers, with its metadata, which is opaque to us. */
export interface MemberProtocol {
  readonly name: string;
  readonly metadata: Uint8Array;
}

/** A member of a classic group. Immutable: a change is a new object in the group's map. */
export interface ClassicMember {
  readonly memberId: string;
  /** `group.instance.id` of a static member (KIP-345). */
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  /** In the member's order of preference. */
  readonly protocols: readonly MemberProtocol[];
  readonly assignment: Uint8Array;
  /** Has not yet got the answer to its first JoinGroup, so it cannot send heartbeats. */
  readonly isNew: boolean;
  /** JoinGroup call that waits for the other members, null for none. */
  readonly awaitingJoin: CallId | null;
  /** SyncGroup call that waits for the leader's assignment, null for none. */
  readonly awaitingSync: CallId | null;
  /** When it joined the rebalance under way; for the report of how long each member took. */
  readonly joinedAtMs: number;
}

export const EMPTY_BYTES = new Uint8Array(0);

/** The member's metadata for a protocol; empty where it does not offer it. */
export function metadataFor(member: ClassicMember, protocolName: string): Uint8Array {
  return member.protocols.find((protocol) => protocol.name === protocolName)?.metadata ?? EMPTY_BYTES;
}

/** Whether these are the same protocols with the same metadata in the same order: then nothing has changed. */
export function sameProtocols(a: readonly MemberProtocol[], b: readonly MemberProtocol[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((protocol, i) => {
    const other = b[i] as MemberProtocol;
    return protocol.name === other.name && sameBytes(protocol.metadata, other.metadata);
  });
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Not `slice`: of a Node Buffer, which decoded fields may be, that would be another view. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** Protocols of a request, as something to keep: the request's bytes are views into a frame that is soon gone. */
export function copyProtocols(protocols: readonly { name: string; metadata: Uint8Array }[]): MemberProtocol[] {
  return protocols.map(({ name, metadata }) => ({ name, metadata: copyBytes(metadata) }));
}
