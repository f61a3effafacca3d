import type { NodeId } from "@moldau/base";
import { describeFault, type Fault } from "./schedule";
import type { SimulatedNode } from "./simulated-node";
import { calmWeather } from "./network";
import { NOBODY } from "./virtual-time";
import type { World } from "./world";

/** Brings a schedule's faults upon a world, and heals it. */
export class Faults {
  /** The registration that the last broker to lose records had; it counts as whole again with a newer one. */
  #lastLoss: { nodeId: NodeId; epoch: number } | undefined;
  #healed = false;

  constructor(private readonly world: World) {}

  plan(faults: readonly Fault[], startMs: number): void {
    for (const fault of faults) this.world.time.at(startMs + fault.atMs, () => this.#begin(fault), NOBODY);
  }

  /** All faults end, but for pauses, which last as long as they were to; what is down is started. */
  heal(): void {
    this.#healed = true;
    const { world } = this;
    world.network.mendAll();
    world.network.weather = { ...calmWeather };
    for (const node of world.nodes.values()) {
      node.calmDown();
      node.start();
    }
  }

  #begin(fault: Fault): void {
    const { world } = this;
    const { time, network } = world;
    if (this.#healed) return;
    world.note(`fault ${describeFault(fault)}`);
    const later = (ms: number, work: () => void) =>
      time.after(
        ms,
        () => {
          if (!this.#healed) work();
        },
        NOBODY,
      );
    const random = world.faultRandom;
    switch (fault.kind) {
      case "kill": {
        const node = this.#node(fault.node);
        node.crash("process");
        return void later(fault.downMs, () => node.start());
      }
      case "power-cut": {
        const node = this.#node(fault.node);
        if (node.role === "broker" && !world.plan.fsync && !this.#mayLoseRecords(node)) {
          return world.note("skipped: what another broker lost is not replicated again yet");
        }
        node.crash({ random: () => random.next(), keep: fault.keep });
        return void later(fault.downMs, () => node.start());
      }
      case "power-cut-all": {
        for (const node of world.nodes.values()) {
          node.crash({ random: () => random.next(), keep: fault.keep });
          later(fault.downMs + random.below(500), () => node.start());
        }
        return;
      }
      case "pause":
        return this.#node(fault.node).pause(time.nowMs + fault.forMs);
      case "clean-restart": {
        const node = this.#node(fault.node);
        // A stop that was under way when everything healed ends in a start as well.
        return node.stop(() => void time.after(this.#healed ? 0 : fault.downMs, () => node.start(), NOBODY));
      }
      case "cut": {
        const ways: [NodeId, NodeId][] = fault.from.flatMap((from) =>
          fault.to.map((to): [NodeId, NodeId] => [from, to]),
        );
        if (fault.bothWays) ways.push(...ways.map(([from, to]): [NodeId, NodeId] => [to, from]));
        for (const [from, to] of ways) network.cut(from, to);
        return void later(fault.forMs, () => ways.forEach(([from, to]) => network.mend(from, to)));
      }
      case "weather": {
        const { lossChance, replayChance, latencyMaxMs } = fault;
        network.weather = { latencyMinMs: 0.2, latencyMaxMs, lossChance, replayChance };
        return void later(fault.forMs, () => (network.weather = { ...calmWeather, ...world.plan.weather }));
      }
      case "slow-disk": {
        const node = this.#node(fault.node);
        node.trouble = { ...node.trouble, latencyMaxMs: fault.latencyMaxMs };
        return void later(fault.forMs, () => node.calmDown());
      }
      case "disk-error":
        return this.#failDisk(fault, later);
      case "clock-step":
        this.#node(fault.node).wallSkewMs += fault.byMs;
        return;
      case "client-kill": {
        const producer = world.producers[fault.client];
        if (producer === undefined) return;
        producer.client.kill();
        return world.startProducer();
      }
      case "transactor-replaced": {
        const old = world.transactors[fault.pick % world.transactors.length];
        if (old === undefined) return;
        if (fault.dies) old.client.kill();
        return world.startTransactor(old.transactionalId);
      }
      case "member-replaced": {
        const old = world.members[fault.pick % world.members.length];
        if (old === undefined) return;
        return world.replaceMember(old, fault.dies);
      }
      case "member-pause": {
        const { owner } = world.members[fault.pick % world.members.length]!.client.process;
        owner.pausedUntilMs = Math.max(owner.pausedUntilMs, time.nowMs + fault.forMs);
        return;
      }
      case "coordinator-gone": {
        const { coordinators } = world;
        const node = coordinators[fault.pick % coordinators.length]!;
        if (!fault.dies) return node.pause(time.nowMs + fault.forMs);
        node.crash("process");
        return void later(fault.forMs, () => node.start());
      }
      case "elect-preferred":
        return world.admin.client.run(() => world.admin.electLeaders());
      case "reassign":
        return this.#reassign(fault.pick, fault.cancelAfterMs);
    }
  }

  #reassign(pick: number, cancelAfterMs: number): void {
    const { world } = this;
    const partition = world.partitions[pick % world.partitions.length]!;
    const brokers = world.brokers.map(({ nodeId }) => nodeId);
    const first = pick % brokers.length;
    const replicas = [0, 1, 2].map((i) => brokers[(first + i) % brokers.length]!);
    world.admin.client.run(async () => {
      await world.admin.reassign(partition, replicas);
      if (cancelAfterMs < 0) return;
      await world.admin.client.sleep(cancelAfterMs);
      await world.admin.reassign(partition, null);
    });
  }

  #failDisk(
    { node: nodeId, errno, chance, forMs }: Fault & { kind: "disk-error" },
    later: (ms: number, work: () => void) => void,
  ): void {
    const { world } = this;
    const node = this.#node(nodeId);
    const before = this.#lastLoss;
    if (node.role === "broker" && !world.plan.fsync && !this.#mayLoseRecords(node)) {
      return world.note("skipped: what another broker lost is not replicated again yet");
    }
    const { process } = node;
    node.fail(errno, chance);
    later(forMs, () => {
      node.calmDown();
      // Chance spared it: it still has everything.
      if (node.role === "broker" && node.process === process) this.#lastLoss = before;
    });
  }

  #node(nodeId: NodeId): SimulatedNode {
    return this.world.nodes.get(nodeId)!;
  }

  /**
   * Where nothing is synced before it is acknowledged, one machine at a time may lose records, by a power cut or a failing disk:
   * every partition must be whole on all of its replicas, those of the machine that lost some last included. More is not
   * promised, as with Kafka.
   */
  #mayLoseRecords(node: SimulatedNode): boolean {
    const { world } = this;
    const { image } = world.admin.client.observer;
    if (world.brokers.some((broker) => !broker.isReady)) return false;
    const last = this.#lastLoss;
    if (last !== undefined && (image.brokers.get(last.nodeId)?.epoch ?? -1) <= last.epoch) return false;
    for (const topic of image.topicsByName.values()) {
      for (const { isr, replicas } of topic.partitions) {
        if (isr.length < replicas.length || isr.length < 3) return false;
      }
    }
    this.#lastLoss = { nodeId: node.nodeId, epoch: image.brokers.get(node.nodeId)?.epoch ?? -1 };
    return true;
  }
}
