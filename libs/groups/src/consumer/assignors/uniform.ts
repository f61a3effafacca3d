import { assert, type Uuid } from "@moldau/base";
import { type Assignor, everyoneAlike } from "./assignor";
import { bringHome } from "./bring-home";
import { Ledger, NOBODY } from "./ledger";
import { racksToMind } from "./racks";
import { balanceMixed } from "./uniform-mixed";

/** Times that partitions are balanced once more after they were brought home; mostly the second finds nothing to do. */
const ROUNDS_MAX = 16;

/**
 * As many partitions for each member as for any other, give or take one; with members in racks where the partitions have
 * replicas, as far as that allows; and as few moves as both allow. Where members subscribe to different topics, as near to it
 * as their subscriptions allow. Racks change nothing unless more partitions are with a member in a rack of theirs for it.
 * Source: UniformAssignor of Kafka's group coordinator. That of 4.0 does not mind racks; the order of aims is that of KIP-881
 * (balance, racks, moves).
 */
export const uniform: Assignor = (input) => {
  const ledger = new Ledger(input);
  const racks = racksToMind(input);
  const former = new Map(racks === undefined ? [] : ledger.topicIds.map((id) => [id, [...ledger.owners(id)]]));
  if (everyoneAlike(input.members)) {
    balanceAlike(ledger);
    if (racks !== undefined) bringHome(ledger, former, racks);
    return ledger.toAssignments();
  }
  balanceMixed(ledger);
  if (racks === undefined) return ledger.toAssignments();
  // What was brought home may be in the hands of members that can now give to others with less, and what they gave may have
  // a better place again. Without a second look the next assignment would find that, and move partitions though nothing
  // changed. Each round loads are more even, or as even with more partitions in a rack of theirs: it comes to an end.
  for (let round = 0; bringHome(ledger, former, racks) && round < ROUNDS_MAX; round++) balanceMixed(ledger);
  return ledger.toAssignments();
};

/**
 * Everybody subscribes to the same. Those who have the most keep one more than the others where the partitions do not come
 * out even: so a member that leaves moves nothing but its own partitions.
 */
function balanceAlike(ledger: Ledger): void {
  const memberCount = ledger.members.length;
  if (memberCount === 0) return;
  let total = 0;
  for (const topicId of ledger.topicIds) total += ledger.owners(topicId).length;
  const least = Math.floor(total / memberCount);
  const quotas = new Array<number>(memberCount).fill(least);
  const byLoad = [...quotas.keys()].sort((a, b) => ledger.load(b) - ledger.load(a) || a - b);
  for (const index of byLoad.slice(0, total % memberCount)) quotas[index] = least + 1;

  takeBackAbove(ledger, quotas);
  const hungry = byLoad.filter((index) => ledger.load(index) < (quotas[index] ?? 0)).sort((a, b) => a - b);
  let turn = 0;
  for (const topicId of ledger.topicIds) {
    for (const [partition, owner] of ledger.owners(topicId).entries()) {
      if (owner !== NOBODY) continue;
      // In turn, so that one topic's partitions do not all end up with one member.
      const index = hungry[turn % hungry.length];
      assert(index !== undefined, "partitions are left over though everybody has its quota");
      ledger.give(topicId, partition, index);
      if (ledger.load(index) < (quotas[index] ?? 0)) turn++;
      else hungry.splice(turn % hungry.length, 1);
    }
  }
}

/** A member gives up of the topic that it has the most of, so that topics stay spread. */
function takeBackAbove(ledger: Ledger, quotas: readonly number[]): void {
  const partitionsOf = new Map<number, Map<Uuid, number[]>>();
  for (const topicId of ledger.topicIds) {
    for (const [partition, owner] of ledger.owners(topicId).entries()) {
      if (owner === NOBODY || ledger.load(owner) <= (quotas[owner] ?? 0)) continue;
      let topics = partitionsOf.get(owner);
      if (topics === undefined) partitionsOf.set(owner, (topics = new Map()));
      const partitions = topics.get(topicId);
      if (partitions === undefined) topics.set(topicId, [partition]);
      else partitions.push(partition);
    }
  }
  for (const [index, topics] of partitionsOf) {
    while (ledger.load(index) > (quotas[index] ?? 0)) {
      const [topicId, partitions] = [...topics].reduce((most, next) => (next[1].length > most[1].length ? next : most));
      ledger.give(topicId, partitions.pop() ?? NOBODY, NOBODY);
    }
  }
}
