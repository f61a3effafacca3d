// A network of the run's own: every process of the cluster has a network namespace, an address, and a firewall that can
// drop packets. Without root or `ip` everybody is on the loopback interface and nothing can be cut.
import { spawnSync } from "node:child_process";
import { has, isRoot, sh } from "./machine";
import type { RunSlot } from "./slot";

/** What a process's firewall drops: packets from and to these addresses, or all but its own. */
export interface Blocked {
  from: readonly string[] | "all";
  to: readonly string[] | "all";
  /** Share of those packets that is dropped, by chance; absent: all. */
  share?: number;
}

export interface Network {
  /** Why packets cannot be dropped here; undefined: they can. */
  readonly refusal: string | undefined;
  /** Makes a place for a process; its address. */
  add(name: string): Promise<string>;
  addressOf(name: string): string;
  /** Command and arguments that run a program in the place of `name`. */
  command(name: string, program: string, args: readonly string[]): [string, string[]];
  /** Replaces what a process's firewall drops. */
  block(name: string, blocked: Blocked): void;
  healAll(): void;
}

/** Why there can be no namespaces; undefined: there can. */
export async function namespacesRefused(): Promise<string | undefined> {
  if (!isRoot()) return "network namespaces need root";
  for (const command of ["ip", "nsenter", "iptables-restore"]) {
    if (!has(command)) return `there is no ${command} (apt-get install iproute2 iptables)`;
  }
  const probe = `mchaos-probe-${process.pid}`;
  try {
    await sh("ip", "netns", "add", probe);
    await sh("nsenter", `--net=/run/netns/${probe}`, "iptables", "-w", "-A", "INPUT", "-s", "10.9.9.9", "-j", "DROP");
    return undefined;
  } catch (error) {
    return `network namespaces do not work here: ${(error as Error).message.split("\n")[0]}`;
  } finally {
    await sh("ip", "netns", "delete", probe).catch(() => undefined);
  }
}

/** The loopback interface; nothing can be dropped. */
export class LoopbackNetwork implements Network {
  constructor(readonly refusal: string) {}

  add(): Promise<string> {
    return Promise.resolve("127.0.0.1");
  }

  addressOf(): string {
    return "127.0.0.1";
  }

  command(_name: string, program: string, args: readonly string[]): [string, string[]] {
    return [program, [...args]];
  }

  block(): void {
    throw new Error(this.refusal);
  }

  healAll(): void {
    // Nothing is ever cut.
  }
}

/** One namespace for each process, joined by a bridge whose own address is the clients'. */
export class NamespaceNetwork implements Network {
  readonly refusal = undefined;
  private readonly places = new Map<string, { namespace: string; address: string }>();
  private readonly cut = new Set<string>();

  private constructor(private readonly slot: RunSlot) {}

  static async create(slot: RunSlot): Promise<NamespaceNetwork> {
    const network = new NamespaceNetwork(slot);
    await sh("ip", "link", "add", slot.bridge, "type", "bridge");
    await sh("ip", "address", "add", `${network.prefix}.1/24`, "dev", slot.bridge);
    await sh("ip", "link", "set", slot.bridge, "up");
    return network;
  }

  private get prefix(): string {
    return `10.213.${this.slot.number}`;
  }

  async add(name: string): Promise<string> {
    const index = this.places.size + 11;
    const namespace = this.slot.namespace(index);
    const address = `${this.prefix}.${index}`;
    const outside = `mch${this.slot.number}v${index}`;
    await sh("ip", "netns", "add", namespace);
    await sh("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", namespace);
    await sh("ip", "link", "set", outside, "master", this.slot.bridge, "up");
    await sh("ip", "-n", namespace, "address", "add", `${address}/24`, "dev", "eth0");
    await sh("ip", "-n", namespace, "link", "set", "eth0", "up");
    await sh("ip", "-n", namespace, "link", "set", "lo", "up");
    this.places.set(name, { namespace, address });
    return address;
  }

  addressOf(name: string): string {
    return this.place(name).address;
  }

  /** `nsenter`, not `ip netns exec`: that one also takes a copy of the mounts, which would keep a file system busy. */
  command(name: string, program: string, args: readonly string[]): [string, string[]] {
    return ["nsenter", [`--net=/run/netns/${this.place(name).namespace}`, program, ...args]];
  }

  block(name: string, { from, to, share }: Blocked): void {
    const drop = share === undefined ? "-j DROP" : `-m statistic --mode random --probability ${share} -j DROP`;
    const rules = [
      "*filter",
      ":INPUT ACCEPT [0:0]",
      ":FORWARD ACCEPT [0:0]",
      ":OUTPUT ACCEPT [0:0]",
      ...(from === "all" ? [`-A INPUT ! -i lo ${drop}`] : from.map((address) => `-A INPUT -s ${address} ${drop}`)),
      ...(to === "all" ? [`-A OUTPUT ! -o lo ${drop}`] : to.map((address) => `-A OUTPUT -d ${address} ${drop}`)),
      "COMMIT\n",
    ].join("\n");
    const [command, args] = this.command(name, "iptables-restore", ["-w", "5"]);
    const done = spawnSync(command, args, { input: rules });
    if (done.status !== 0) throw new Error(`iptables-restore for ${name}: ${done.stderr.toString().trim()}`);
    if (from.length > 0 || to.length > 0) this.cut.add(name);
    else this.cut.delete(name);
  }

  healAll(): void {
    for (const name of [...this.cut]) this.block(name, { from: [], to: [] });
  }

  private place(name: string): { namespace: string; address: string } {
    const place = this.places.get(name);
    if (place === undefined) throw new Error(`no namespace for ${name}`);
    return place;
  }
}
