import { assert } from "@moldau/base";
import { NOBODY } from "./ledger";
import { MaxFlow } from "./max-flow";

/** Partitions (or whatever else is shared out) and members, each by its index. */
export interface RackTask {
  /** The member that has each partition now, or NOBODY. */
  readonly owners: readonly number[];
  /** Racks of each partition's replicas. */
  readonly racks: readonly (readonly string[])[];
  /** Each member's rack; null: it does not say. */
  readonly memberRacks: readonly (string | null)[];
}

/**
 * Everybody may have everything: as many partitions for each member as for any other, give or take one; of all ways to do that
 * one in which as many partitions as possible have a replica in their member's rack; and what has one stays where it is unless
 * another partition needs the place. Returns the new owners.
 *
 * Partitions with replicas in the same racks are alike, and so are members in one rack: how many of which go where is a flow
 * through a network with a node for each set of racks and each rack. What stays is laid into it beforehand; then partitions
 * that have no place at the moment are sent, then those that could stay where they are, only in another rack. Who gets which
 * is settled afterwards, rack by rack.
 */
export function shareByRack(task: RackTask): number[] {
  return new Sharing(task).run();
}

class Sharing {
  private readonly memberCount: number;
  /** Each member has so many partitions, or one more. */
  private readonly least: number;
  /** How many members have one more. */
  private readonly extra: number;
  /** By member: its rack's number, or NOBODY. */
  private readonly rackOf: number[];
  private readonly membersIn: number[][] = [];
  /** By partition: its kind, which is a set of racks with members; NOBODY where there are none. */
  private readonly kindOf: number[] = [];
  /** By kind: the numbers of its racks. */
  private readonly racksOfKind: number[][] = [];
  /** The result. */
  private readonly owners: number[];
  private readonly loads: number[];
  /** By member: how many it is to have. */
  private readonly quotas: number[];

  constructor(private readonly task: RackTask) {
    this.memberCount = task.memberRacks.length;
    this.least = Math.floor(task.owners.length / this.memberCount);
    this.extra = task.owners.length % this.memberCount;
    this.owners = task.owners.map(() => NOBODY);
    this.loads = task.memberRacks.map(() => 0);
    this.quotas = task.memberRacks.map(() => this.least);
    const numbers = new Map<string, number>();
    this.rackOf = task.memberRacks.map((rack, member) => {
      if (rack === null) return NOBODY;
      let number = numbers.get(rack);
      if (number === undefined) numbers.set(rack, (number = this.membersIn.push([]) - 1));
      this.membersIn[number]!.push(member);
      return number;
    });
    this.findKinds(numbers);
  }

  run(): number[] {
    const stays = this.findStays();
    const { rackFor, keeps } = this.chooseRacks(stays);
    this.setQuotas(rackFor, keeps);
    this.handOut(rackFor);
    this.fill();
    return this.owners;
  }

  private findKinds(numbers: ReadonlyMap<string, number>): void {
    const byList = new Map<readonly string[], number>();
    const byRacks = new Map<string, number>();
    for (const list of this.task.racks) {
      let kind = byList.get(list);
      if (kind === undefined) {
        const racks = list.map((rack) => numbers.get(rack) ?? NOBODY).filter((rack) => rack !== NOBODY);
        const key = racks.sort((a, b) => a - b).join();
        kind = byRacks.get(key) ?? (racks.length === 0 ? NOBODY : this.racksOfKind.push(racks) - 1);
        byRacks.set(key, kind);
        byList.set(list, kind);
      }
      this.kindOf.push(kind);
    }
  }

  private isLocal(partition: number, member: number): boolean {
    const kind = this.kindOf[partition]!;
    return member !== NOBODY && kind !== NOBODY && this.racksOfKind[kind]!.includes(this.rackOf[member]!);
  }

  /** Partitions that have a replica in their member's rack and, as far as that member's own quota goes, stay with it. */
  private findStays(): boolean[] {
    const local = this.task.memberRacks.map((): number[] => []);
    const had = this.task.memberRacks.map(() => 0);
    for (const [partition, member] of this.task.owners.entries()) {
      if (member === NOBODY) continue;
      had[member]!++;
      if (this.isLocal(partition, member)) local[member]!.push(partition);
    }
    const most = [...local.keys()]
      .filter((member) => local[member]!.length > this.least)
      .sort((a, b) => had[b]! - had[a]! || a - b);
    const withExtra = new Set(most.slice(0, this.extra));
    const stays = this.task.owners.map(() => false);
    for (const [member, partitions] of local.entries()) {
      const quota = this.least + (withExtra.has(member) ? 1 : 0);
      for (const partition of spread(partitions, quota)) stays[partition] = true;
    }
    return stays;
  }

  /**
   * For each partition the rack in which it is to be; NOBODY where it cannot be with a member in a rack of its own. `keeps`:
   * whether it is to stay with the member that has it.
   */
  private chooseRacks(stays: readonly boolean[]): { rackFor: number[]; keeps: boolean[] } {
    const { task, kindOf, racksOfKind, membersIn, least } = this;
    const network = new MaxFlow(3 + racksOfKind.length + membersIn.length);
    const pool = 2;
    const kindNode = (kind: number): number => 3 + kind;
    const rackNode = (rack: number): number => 3 + racksOfKind.length + rack;
    const fromSource = racksOfKind.map((_, kind) => network.connect(MaxFlow.SOURCE, kindNode(kind), 0));
    const toRacks = racksOfKind.map((racks, kind) =>
      racks.map((rack) => network.connect(kindNode(kind), rackNode(rack), Infinity)),
    );
    const toSink = membersIn.map((members, rack) =>
      network.connect(rackNode(rack), MaxFlow.SINK, least * members.length),
    );
    const toPool = membersIn.map((members, rack) => network.connect(rackNode(rack), pool, members.length));
    const poolToSink = network.connect(pool, MaxFlow.SINK, this.extra);

    const room = membersIn.map((members) => least * members.length);
    const waiting = racksOfKind.map((): { homeless: number[]; abroad: number[] } => ({ homeless: [], abroad: [] }));
    const staying = racksOfKind.map((racks) => racks.map((): number[] => []));
    // Places beside what stays, where a partition may remain in a rack without a replica of it.
    const beside = task.memberRacks.map(() => least);
    for (const [partition, member] of task.owners.entries()) if (stays[partition]) beside[member]!--;
    for (const [partition, member] of task.owners.entries()) {
      const kind = kindOf[partition]!;
      if (kind === NOBODY) continue;
      network.widen(fromSource[kind]!, 1);
      if (stays[partition]) {
        const rack = this.rackOf[member]!;
        const at = racksOfKind[kind]!.indexOf(rack);
        staying[kind]![at]!.push(partition);
        for (const arc of [fromSource[kind]!, toRacks[kind]![at]!]) network.lay(arc);
        if (room[rack]! > 0) network.lay(toSink[rack]!);
        else for (const arc of [toPool[rack]!, poolToSink]) network.lay(arc);
        room[rack]!--;
      } else if (member !== NOBODY && !this.isLocal(partition, member) && beside[member]! > 0) {
        beside[member]!--;
        network.widen(fromSource[kind]!, -1);
        waiting[kind]!.abroad.push(partition);
      } else waiting[kind]!.homeless.push(partition);
    }
    network.run();
    for (const [kind, { abroad }] of waiting.entries()) network.widen(fromSource[kind]!, abroad.length);
    network.run();

    const rackFor = task.owners.map(() => NOBODY);
    const keeps = task.owners.map(() => false);
    for (const [kind, racks] of racksOfKind.entries()) {
      const counts = racks.map((_, at) => network.flow(toRacks[kind]![at]!));
      const displaced: number[] = [];
      const settle = (partition: number, at: number): void => {
        rackFor[partition] = racks[at]!;
        counts[at]!--;
      };
      for (const at of racks.keys()) {
        const [keep, move] = split(staying[kind]![at]!, counts[at]!);
        for (const partition of keep) {
          settle(partition, at);
          keeps[partition] = true;
        }
        displaced.push(...move);
      }
      let at = 0;
      for (const partition of [...displaced, ...waiting[kind]!.homeless, ...waiting[kind]!.abroad]) {
        while (counts[at] === 0) at++;
        if (at === racks.length) break;
        settle(partition, at);
      }
    }
    return { rackFor, keeps };
  }

  /** Lets those have one more whose rack needs it, and then those who have the most anyway. Gives members what they keep. */
  private setQuotas(rackFor: readonly number[], keeps: readonly boolean[]): void {
    const { task, membersIn, quotas } = this;
    const kept = task.memberRacks.map((): number[] => []);
    const wants = task.memberRacks.map(() => 0);
    const inRack = membersIn.map(() => 0);
    for (const [partition, member] of task.owners.entries()) {
      const rack = rackFor[partition]!;
      if (rack !== NOBODY) inRack[rack]!++;
      if (keeps[partition]) kept[member]!.push(partition);
      if (member !== NOBODY && (keeps[partition] || rack === NOBODY)) wants[member]!++;
    }
    const byWants = (a: number, b: number): number => wants[b]! - wants[a]! || a - b;
    let extra = this.extra;
    for (const [rack, members] of membersIn.entries()) {
      const needed = Math.max(0, inRack[rack]! - this.least * members.length);
      const first = [...members].sort((a, b) => kept[b]!.length - kept[a]!.length || byWants(a, b));
      for (const member of first.slice(0, needed)) quotas[member]!++;
      extra -= needed;
    }
    assert(extra >= 0, "racks take more than there is");
    const others = [...quotas.keys()].filter((member) => quotas[member] === this.least).sort(byWants);
    for (const member of others.slice(0, extra)) quotas[member]!++;
    for (const [member, partitions] of kept.entries()) {
      for (const partition of spread(partitions, quotas[member]!)) this.give(partition, member);
    }
  }

  /** In each rack, in turn, so that one topic's partitions do not all end up with one member. */
  private handOut(rackFor: readonly number[]): void {
    const open = this.membersIn.map((): number[] => []);
    // Room that a member will fill with what it has and may keep, though it is of another rack.
    const reserved = this.loads.map(() => 0);
    for (const [partition, rack] of rackFor.entries()) {
      const member = this.task.owners[partition]!;
      if (rack !== NOBODY) {
        if (this.owners[partition] === NOBODY) open[rack]!.push(partition);
      } else if (member !== NOBODY) reserved[member]!++;
    }
    for (const [rack, partitions] of open.entries()) {
      const members = this.membersIn[rack]!;
      const unreserved = this.giveInTurn(partitions, members, (member) => this.roomOf(member) - reserved[member]!);
      const left = this.giveInTurn(unreserved, members, (member) => this.roomOf(member));
      assert(left.length === 0, "a rack has no room for what it is to take");
    }
  }

  /** What has no replica in its member's rack, wherever it is: it stays where it is if there is room. */
  private fill(): void {
    const left: number[] = [];
    for (const [partition, owner] of this.owners.entries()) {
      if (owner !== NOBODY) continue;
      const before = this.task.owners[partition]!;
      if (before !== NOBODY && this.roomOf(before) > 0) this.give(partition, before);
      else left.push(partition);
    }
    const none = this.giveInTurn(left, [...this.loads.keys()], (member) => this.roomOf(member));
    assert(none.length === 0, "partitions are left over though everybody has its quota");
  }

  private roomOf(member: number): number {
    return this.quotas[member]! - this.loads[member]!;
  }

  /** Returns what nobody has room for. */
  private giveInTurn(
    partitions: readonly number[],
    members: readonly number[],
    roomOf: (member: number) => number,
  ): readonly number[] {
    let hungry = members.filter((member) => roomOf(member) > 0);
    let at = 0;
    for (const [i, partition] of partitions.entries()) {
      if (at === hungry.length) {
        hungry = hungry.filter((member) => roomOf(member) > 0);
        at = 0;
      }
      const member = hungry[at++];
      if (member === undefined) return partitions.slice(i);
      this.give(partition, member);
    }
    return [];
  }

  private give(partition: number, member: number): void {
    this.owners[partition] = member;
    this.loads[member]!++;
  }
}

/** So many of a list, taken from all over it, in order. */
function spread(list: readonly number[], count: number): readonly number[] {
  return split(list, count)[0];
}

/** So many of a list, taken from all over it, and the rest. */
function split(list: readonly number[], count: number): [taken: readonly number[], rest: readonly number[]] {
  if (count >= list.length) return [list, []];
  const taken: number[] = [];
  const rest: number[] = [];
  for (const [i, item] of list.entries()) {
    const isTaken = Math.floor(((i + 1) * count) / list.length) > Math.floor((i * count) / list.length);
    (isTaken ? taken : rest).push(item);
  }
  return [taken, rest];
}
