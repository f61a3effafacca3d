import { KafkaError, type NodeId, type Random } from "@moldau/base";
import { hasRole, isActive, type MetadataImage } from "@moldau/metadata";
import { type ApiError, apiError } from "./decision";

export interface PlacementRequest {
  readonly partitions: number;
  readonly replicationFactor: number;
}

/**
 * Spreads replicas over racks and leaders over brokers: racks take turns for the first replica, and within a rack its
 * brokers take turns; the further replicas go round the other racks first. After as many partitions as there are live
 * brokers everything is shuffled again, so that the same sets do not repeat. Brokers that are not active are taken only
 * where there are too few active ones, never for the first replica. Source: Kafka's StripedReplicaPlacer (KIP-455, KIP-631).
 */
export function placeReplicas(
  image: MetadataImage,
  request: PlacementRequest,
  random: Random,
): { assignments: NodeId[][] } | { error: ApiError } {
  const racks = new Racks(image, random);
  const { replicationFactor } = request;
  const refuse = (message: string) => ({ error: apiError(KafkaError.INVALID_REPLICATION_FACTOR, message) });
  if (racks.total < replicationFactor) {
    return refuse(
      `Unable to replicate the partition ${replicationFactor} time(s): The target replication factor of ${replicationFactor} cannot be reached because only ${racks.total} broker(s) are registered.`,
    );
  }
  if (racks.active === 0) {
    return refuse(
      `Unable to replicate the partition ${replicationFactor} time(s): All brokers are currently fenced or in controlled shutdown.`,
    );
  }
  const assignments: NodeId[][] = [];
  for (let index = 0; index < request.partitions; index++) assignments.push(racks.place(replicationFactor));
  return { assignments };
}

/**
 * Brokers of a rack. A round begins with its leader or with a follower; leaders and followers have turns of their own, or
 * with as many racks as a rack has brokers the same ones would lead always.
 */
class Ring {
  private round = -1;
  private step = 0;
  private begin = 0;
  private leaders = 0;
  private followers = 0;

  constructor(readonly nodes: NodeId[]) {}

  /** Begins a round with the next leader. */
  lead(round: number): NodeId | undefined {
    return this.start(round, this.leaders++);
  }

  /** The next one of a round; undefined when all had their turn. */
  next(round: number): NodeId | undefined {
    if (this.round !== round) return this.start(round, this.followers++);
    if (this.step >= this.nodes.length) return undefined;
    return this.nodes[(this.begin + this.step++) % this.nodes.length];
  }

  shuffle(random: Random): void {
    this.round = -1;
    this.leaders = 0;
    this.followers = 0;
    shuffle(this.nodes, random);
  }

  private start(round: number, turn: number): NodeId | undefined {
    if (this.nodes.length === 0) return undefined;
    this.round = round;
    this.begin = turn % this.nodes.length;
    this.step = 1;
    return this.nodes[this.begin];
  }
}

interface Rack {
  active: Ring;
  spare: Ring;
}

class Racks {
  readonly total: number = 0;
  readonly active: number = 0;
  private readonly racks: Rack[];
  private round = 0;
  private offset = 0;

  constructor(
    image: MetadataImage,
    private readonly random: Random,
  ) {
    const byName = new Map<string, Rack>();
    for (const node of [...image.brokers.values()].sort((a, b) => a.nodeId - b.nodeId)) {
      if (!hasRole(node, "broker")) continue;
      const name = node.rack ?? "";
      let rack = byName.get(name);
      if (rack === undefined) byName.set(name, (rack = { active: new Ring([]), spare: new Ring([]) }));
      (isActive(node) ? rack.active : rack.spare).nodes.push(node.nodeId);
      this.total++;
      if (isActive(node)) this.active++;
    }
    this.racks = [...byName.values()];
    this.shuffle();
  }

  place(replicationFactor: number): NodeId[] {
    if (this.round === this.active) this.shuffle();
    if (this.offset === this.racks.length) this.offset = 0;
    const chosen: NodeId[] = [];
    let firstRack = this.offset;
    for (; ; firstRack = (firstRack + 1) % this.racks.length) {
      const leader = this.racks[firstRack]!.active.lead(this.round);
      if (leader === undefined) continue;
      chosen.push(leader);
      break;
    }
    let skip = firstRack;
    let index = this.offset;
    while (chosen.length < replicationFactor) {
      if (index === skip) skip = -1;
      else {
        const rack = this.racks[index]!;
        const node = rack.active.next(this.round) ?? rack.spare.next(this.round);
        if (node !== undefined) chosen.push(node);
      }
      index = (index + 1) % this.racks.length;
    }
    this.round++;
    this.offset++;
    return chosen;
  }

  private shuffle(): void {
    this.round = 0;
    shuffle(this.racks, this.random);
    for (const rack of this.racks) {
      rack.active.shuffle(this.random);
      rack.spare.shuffle(this.random);
    }
  }
}

function shuffle<T>(list: T[], random: Random): void {
  for (let index = list.length - 1; index > 0; index--) {
    const other = Math.floor(random.next() * (index + 1));
    [list[index], list[other]] = [list[other]!, list[index]!];
  }
}
