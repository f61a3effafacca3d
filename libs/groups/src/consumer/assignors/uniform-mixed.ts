import type { Uuid } from "@moldau/base";
import { compare } from "./assignor";
import { type Ledger, NOBODY } from "./ledger";

/**
 * Rounds of balancing at most. Where the subscribers of each topic are alike, one round does it and another one sees that;
 * overlapping subscriptions converge more slowly, each round about halves what is left.
 */
const ROUNDS_MAX = 16;

/**
 * Members subscribe to different topics. What nobody has goes to the subscriber with the least, topics with the most
 * partitions a subscriber first; then partitions move from the subscribers with the most to those with the least, as long as
 * that makes them more even.
 * Source: UniformHeterogeneousAssignmentBuilder.
 */
export function balanceMixed(ledger: Ledger): void {
  const topicIds = byNeed(ledger);
  for (const topicId of topicIds) handOut(ledger, topicId);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    let moves = 0;
    for (const topicId of topicIds) moves += even(ledger, topicId);
    if (moves === 0) return;
  }
}

function byNeed(ledger: Ledger): Uuid[] {
  const need = (topicId: Uuid): number => ledger.owners(topicId).length / ledger.subscribers(topicId).length;
  return [...ledger.topicIds].sort(
    (a, b) => need(b) - need(a) || ledger.subscribers(a).length - ledger.subscribers(b).length || compare(a, b),
  );
}

function handOut(ledger: Ledger, topicId: Uuid): void {
  for (const [partition, owner] of ledger.owners(topicId).entries()) {
    if (owner === NOBODY) ledger.give(topicId, partition, least(ledger, ledger.subscribers(topicId)));
  }
}

/** Moves one topic's partitions, each at most once; how many. */
function even(ledger: Ledger, topicId: Uuid): number {
  const subscribers = ledger.subscribers(topicId);
  const has = new Map<number, number[]>();
  for (const [partition, owner] of ledger.owners(topicId).entries()) {
    const partitions = has.get(owner);
    if (partitions === undefined) has.set(owner, [partition]);
    else partitions.push(partition);
  }
  for (let moves = 0; ; moves++) {
    let most = NOBODY;
    for (const [index, partitions] of has) {
      if (partitions.length > 0 && (most === NOBODY || ledger.load(index) > ledger.load(most))) most = index;
    }
    const to = least(ledger, subscribers);
    const from = has.get(most) ?? [];
    const partition = from.at(-1);
    if (partition === undefined || ledger.load(most) - ledger.load(to) <= 1) return moves;
    from.pop();
    ledger.give(topicId, partition, to);
  }
}

function least(ledger: Ledger, subscribers: readonly number[]): number {
  let best = NOBODY;
  for (const index of subscribers) if (best === NOBODY || ledger.load(index) < ledger.load(best)) best = index;
  return best;
}
