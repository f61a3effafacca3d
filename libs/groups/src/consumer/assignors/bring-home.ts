import type { Uuid } from "@moldau/base";
import { type Ledger, NOBODY } from "./ledger";
import type { Racks } from "./racks";
import { shareByRack } from "./share-by-rack";

/** Rounds at most; each goes through the partitions that are not in a rack of theirs, and mostly the second finds nothing. */
const ROUNDS_MAX = 16;
/** Partitions that are looked at in exchange for one, of each sort, so that a hopeless one costs little in a large group. */
const LOOKS_MAX = 100;

/** A partition, as a number. */
type Place = number;

/**
 * Loads are as even as they get. Brings partitions to members in a rack of theirs without making loads less even. Those who
 * subscribe to the same share what they have, the best way there is; then, between those who subscribe to different topics,
 * partitions go to another subscriber that has less, or in exchange for one that loses nothing by it.
 * `former`: owners before by topic. Returns whether anything moved.
 */
export function bringHome(ledger: Ledger, former: Formerly, racks: Racks): boolean {
  let moved = false;
  const groups = [...subscribingAlike(ledger)];
  for (const members of groups) if (shareAmong(ledger, members, former, racks)) moved = true;
  if (groups.length === 1) return moved;
  const exchange = new Exchange(ledger, former, racks);
  for (let round = 0; round < ROUNDS_MAX && exchange.round(); round++) moved = true;
  return moved;
}

/** Owners of each topic's partitions before anything moved. */
export type Formerly = ReadonlyMap<Uuid, readonly number[]>;

function subscribingAlike({ members, topicIds }: Ledger): Iterable<number[]> {
  const groups = new Map<string, number[]>();
  for (const [member, { topicIds: subscription }] of members.entries()) {
    const key = topicIds.map((topicId) => (subscription.has(topicId) ? "1" : "0")).join("");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  return groups.values();
}

/** Shares what these members have among them, if that brings any of it home; whether it did. */
function shareAmong(ledger: Ledger, members: readonly number[], former: Formerly, racks: Racks): boolean {
  if (members.length === 1) return false;
  const indexes = new Map(members.map((member, index) => [member, index]));
  const held: { readonly topicId: Uuid; readonly partition: number; readonly former: number; readonly now: number }[] =
    [];
  for (const topicId of ledger.topicIds) {
    for (const [partition, owner] of ledger.owners(topicId).entries()) {
      const now = indexes.get(owner);
      const before = former.get(topicId)?.[partition] ?? NOBODY;
      if (now !== undefined) held.push({ topicId, partition, former: indexes.get(before) ?? NOBODY, now });
    }
  }
  const racksOf = held.map(({ topicId, partition }) => racks.of(topicId, partition));
  const memberRacks = members.map((member) => ledger.members[member]!.rackId);
  const owners = shareByRack({ owners: held.map((each) => each.former), racks: racksOf, memberRacks });
  let gain = 0;
  for (const [i, { now }] of held.entries()) {
    gain += Number(racksOf[i]!.includes(memberRacks[owners[i]!] ?? ""));
    gain -= Number(racksOf[i]!.includes(memberRacks[now] ?? ""));
  }
  if (gain <= 0) return false;
  for (const [i, { topicId, partition }] of held.entries()) ledger.give(topicId, partition, members[owners[i]!]!);
  return true;
}

class Exchange {
  private readonly topicIds: Uuid[] = [];
  private readonly partitions: number[] = [];
  private readonly owners: number[] = [];
  private readonly former: number[] = [];
  /** By topic and rack: its subscribers there. */
  private readonly subscribersIn = new Map<Uuid, Map<string, number[]>>();
  /** Partitions that can be had from members in a rack, see `sorts`. */
  private readonly offers = new Map<string, Set<Place>>();

  constructor(
    private readonly ledger: Ledger,
    former: Formerly,
    private readonly racks: Racks,
  ) {
    for (const topicId of ledger.topicIds) {
      const byRack = new Map<string, number[]>();
      for (const member of ledger.subscribers(topicId)) {
        const { rackId } = ledger.members[member]!;
        if (rackId === null) continue;
        const members = byRack.get(rackId);
        if (members === undefined) byRack.set(rackId, [member]);
        else members.push(member);
      }
      this.subscribersIn.set(topicId, byRack);
      for (const [partition, owner] of ledger.owners(topicId).entries()) {
        this.topicIds.push(topicId);
        this.partitions.push(partition);
        this.former.push(former.get(topicId)?.[partition] ?? NOBODY);
        this.offer(this.owners.push(owner) - 1);
      }
    }
  }

  /** Whether anything moved. */
  round(): boolean {
    let moved = false;
    for (const [place, owner] of this.owners.entries()) {
      if (owner === NOBODY || this.isLocal(place, owner)) continue;
      if (this.moveDown(place, owner) || this.swap(place, owner)) moved = true;
    }
    return moved;
  }

  private moveDown(place: Place, owner: number): boolean {
    for (const rack of this.racksOf(place)) {
      for (const member of this.subscribersIn.get(this.topicIds[place]!)?.get(rack) ?? []) {
        if (this.ledger.load(member) >= this.ledger.load(owner)) continue;
        this.move(place, member);
        return true;
      }
    }
    return false;
  }

  /** At first for a partition that the other member has not had before. */
  private swap(place: Place, owner: number): boolean {
    for (const anew of [true, false]) {
      for (const rack of this.racksOf(place)) {
        for (const sort of sorts(rack, this.rackOf(owner))) {
          const other = this.find(this.offers.get(sort), { place, owner, anew });
          if (other === undefined) continue;
          this.move(place, this.owners[other]!);
          this.move(other, owner);
          return true;
        }
      }
    }
    return false;
  }

  private find(
    offers: ReadonlySet<Place> | undefined,
    { place, owner, anew }: { readonly place: Place; readonly owner: number; readonly anew: boolean },
  ): Place | undefined {
    const { members } = this.ledger;
    let looks = 0;
    for (const other of offers ?? []) {
      if (++looks > LOOKS_MAX) return undefined;
      const holder = this.owners[other]!;
      if (anew && this.former[other] === holder) continue;
      if (!members[owner]!.topicIds.has(this.topicIds[other]!)) continue;
      if (members[holder]!.topicIds.has(this.topicIds[place]!)) return other;
    }
    return undefined;
  }

  private move(place: Place, to: number): void {
    this.withdraw(place);
    this.owners[place] = to;
    this.ledger.give(this.topicIds[place]!, this.partitions[place]!, to);
    this.offer(place);
  }

  private offer(place: Place): void {
    for (const sort of this.sortsOf(place)) {
      const places = this.offers.get(sort);
      if (places === undefined) this.offers.set(sort, new Set([place]));
      else places.add(place);
    }
  }

  private withdraw(place: Place): void {
    for (const sort of this.sortsOf(place)) this.offers.get(sort)?.delete(place);
  }

  private sortsOf(place: Place): string[] {
    const owner = this.owners[place]!;
    const at = owner === NOBODY ? null : this.rackOf(owner);
    if (at === null) return [];
    const others = this.racksOf(place).filter((rack) => rack !== at);
    if (this.isLocal(place, owner)) return others.map((rack) => content(at, rack));
    return [astray(at), ...others.map((rack) => longing(at, rack))];
  }

  private racksOf(place: Place): readonly string[] {
    return this.racks.of(this.topicIds[place]!, this.partitions[place]!);
  }

  private rackOf(member: number): string | null {
    return this.ledger.members[member]!.rackId;
  }

  private isLocal(place: Place, owner: number): boolean {
    return this.racks.isLocal(this.ledger.members[owner]!, this.topicIds[place]!, this.partitions[place]!);
  }
}

/** What a rack has to offer to somebody in another one for a partition that belongs to it, the best first. */
function sorts(at: string, to: string | null): string[] {
  return to === null ? [astray(at)] : [longing(at, to), astray(at), content(at, to)];
}

/** With a member in a rack that is none of theirs. */
const astray = (at: string): string => JSON.stringify([at]);
/** Of those, the ones that belong to a certain other rack. */
const longing = (at: string, to: string): string => JSON.stringify([at, to]);
/** With a member in a rack of theirs, and as well placed in another. */
const content = (at: string, to: string): string => JSON.stringify([at, to, true]);
