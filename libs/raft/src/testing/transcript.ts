import { NO_NODE, type NodeId, type Uuid, ZERO_UUID } from "@moldau/base";
import {
  configurationOf,
  createRaft,
  staticVoter,
  snapshotMetadataAt,
  step,
  type Configuration,
  type Effects,
  type Entry,
  type RaftEvent,
  type RaftMessage,
  type RaftState,
  type Voter,
  type Write,
} from "../index";
import { SimulatedDisk } from "./simulated-disk";

interface Node {
  readonly id: NodeId;
  readonly directory: string;
  readonly disk: SimulatedDisk;
  state: RaftState | undefined;
  writes: Write[];
  role: string;
  recovering?: boolean;
}

/**
 * Runs a transcript: blocks of a command, a line `----` and what it prints, parted by empty lines; lines that begin with
 * `#` are for the reader. Returns the same text with the output as it is now.
 *
 *   cluster 1,2,3 [nodes=1,2,3,4] [guarded]
 *                                    nodes with these voters, started; a timeout is 10 ticks, a heartbeat 2. A voter
 *                                    written `1/a` is known with its disk `a`; nodes start on disk `a`. Guarded: a voter
 *                                    with an empty disk is recovering
 *   tick NODE [COUNT]                time passes for one node
 *   deliver [FROM>TO]                the messages under way arrive (those that they cause wait for the next)
 *   drop [FROM>TO]                   they are lost instead
 *   sync NODE                        its writes reach the disk
 *   settle                           deliver and sync everywhere until nothing happens any more
 *   propose NODE TEXT / read NODE ID / transfer NODE TO / voters NODE VOTERS
 *   lost NODE LEADER                 the node hears that the leader's process is dead
 *   snapshot NODE                    keeps the applied state and forgets the log behind it
 *   crash NODE / wipe NODE [DISK] / restart NODE
 *   status
 *
 * `quietly COMMAND` prints nothing. What a `tick` or `drop` prints several times stands there once, with its count.
 */
export function runTranscript(source: string): string {
  const run = new Transcript();
  return source
    .split(/\n{2,}/)
    .map((block) => {
      const lines = block.split("\n").filter((line) => line !== "");
      const end = lines.indexOf("----");
      if (end < 0) return lines.join("\n");
      const commands = lines.slice(0, end);
      const output = commands.filter((line) => !line.startsWith("#")).flatMap((line) => run.execute(line));
      return [...commands, "----", ...(output.length === 0 ? ["(nothing)"] : output)].join("\n");
    })
    .join("\n\n")
    .concat("\n");
}

class Transcript {
  #nodes = new Map<NodeId, Node>();
  #voters: Voter[] = [];
  #guarded = false;
  #network: RaftMessage[] = [];
  #output: string[] = [];

  execute(line: string): string[] {
    this.#output = [];
    const quietly = line.startsWith("quietly ");
    this.#execute(quietly ? line.slice(8) : line);
    if (quietly) return [];
    return /^(tick|drop)/.test(line) ? counted(this.#output) : this.#output;
  }

  #execute(line: string): void {
    const [command = "", ...words] = line.split(" ");
    const node = (): Node => this.#node(Number(words[0]));
    switch (command) {
      case "cluster":
        this.#guarded = words.includes("guarded");
        this.#cluster(
          votersOf(words[0]),
          votersOf(words.find((word) => word.startsWith("nodes="))?.slice(6) ?? words[0]).map(({ id }) => id),
        );
        break;
      case "tick":
        for (let i = 0; i < Number(words[1] ?? 1); i++) this.#step(node(), { type: "tick", random: 0 });
        break;
      case "deliver":
        this.#deliver(words[0]);
        break;
      case "drop":
        this.#take(words[0]).forEach((message) => this.#print(`lost: ${describeMessage(message)}`));
        break;
      case "sync":
        this.#sync(node());
        break;
      case "settle":
        this.#settle();
        break;
      case "propose":
        this.#step(node(), { type: "propose", payload: new TextEncoder().encode(words.slice(1).join(" ")) });
        break;
      case "read":
        this.#step(node(), { type: "read", id: Number(words[1]) });
        break;
      case "transfer":
        this.#step(node(), { type: "transfer", to: Number(words[1]) });
        break;
      case "lost":
        this.#step(node(), { type: "leader-lost", leaderId: Number(words[1]) });
        break;
      case "voters":
        this.#step(node(), { type: "change-configuration", configuration: { voters: votersOf(words[1]) } });
        break;
      case "snapshot":
        this.#snapshot(node());
        break;
      case "crash":
      case "wipe":
        this.#crash(node(), command === "wipe" ? (words[1] ?? "b") : undefined);
        break;
      case "restart":
        this.#start(node());
        break;
      case "status":
        for (const each of this.#nodes.values()) this.#print(describeNode(each));
        break;
      default:
        throw new Error(`unknown command: ${line}`);
    }
  }

  #print(line: string): void {
    this.#output.push(line);
  }

  #node(id: NodeId): Node {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new Error(`no node ${id}`);
    return node;
  }

  #cluster(voters: Voter[], ids: NodeId[]): void {
    this.#voters = voters;
    this.#nodes = new Map(
      ids.map((id) => [id, { id, directory: "a", disk: new SimulatedDisk(), state: undefined, writes: [], role: "" }]),
    );
    this.#network = [];
    for (const node of this.#nodes.values()) this.#start(node);
  }

  #start(node: Node): void {
    const { hardState, snapshot, entries } = node.disk.load();
    const settings = { electionTicks: 10, heartbeatTicks: 2, trailingEntries: 0, snapshotChunkBytes: 8 };
    const { id: nodeId } = node;
    const empty = { term: 0, vote: NO_NODE, recovering: true };
    const named = this.#guarded || this.#voters.some((voter) => voter.directoryId !== ZERO_UUID);
    node.state = createRaft({
      nodeId,
      directoryId: named ? directoryOf(node.directory) : ZERO_UUID,
      initialVoters: this.#voters,
      hardState: hardState ?? (this.#guarded ? empty : undefined),
      snapshot,
      entries,
      random: 0.99,
      settings,
    });
    node.role = "follower";
    const what = node.state.recovering ? "starts as follower, recovering" : "starts as follower";
    this.#print(`${nodeId}: ${what}, term ${node.state.term}, log to ${node.state.log.lastIndex}`);
    this.#step(node, { type: "start" });
  }

  #crash(node: Node, directory: string | undefined): void {
    node.state = undefined;
    node.writes = [];
    if (directory !== undefined) this.#nodes.set(node.id, { ...node, directory, disk: new SimulatedDisk() });
    const what = directory === undefined ? "is gone, and what it had not synced" : "is gone with its disk";
    this.#print(`${node.id}: ${what}`);
  }

  #step(node: Node, event: RaftEvent): void {
    if (node.state === undefined) return this.#print(`${node.id}: is down`);
    const effects = step(node.state, event);
    const { recovering } = node.state;
    if (node.recovering && !recovering) this.#print(`${node.id}: has recovered`);
    node.recovering = recovering;
    const { kind } = node.state.role;
    if (kind !== node.role) this.#print(`${node.id}: ${node.role} -> ${kind}, term ${node.state.term}`);
    node.role = kind;
    this.#printEffects(node, effects);
    this.#network.push(...effects.messages);
    if (effects.write !== undefined) node.writes.push(effects.write);
    if (effects.compactedTo !== undefined) node.disk.compactTo(effects.compactedTo);
    for (const read of effects.snapshotReads) {
      const bytes = node.disk.snapshotAt(read.snapshot.index)!;
      const piece = bytes.subarray(read.offset, read.offset + read.bytesMax);
      const done = read.offset + piece.length === bytes.length;
      this.#step(node, { ...read, type: "snapshot-read", bytes: piece, done });
    }
  }

  #printEffects(node: Node, effects: Effects): void {
    const { proposal, write, restored, leadership } = effects;
    if (proposal !== undefined && !proposal.ok) this.#print(`${node.id}: refuses: ${proposal.detail}`);
    for (const message of effects.messages) this.#print(`  ${describeMessage(message)}`);
    if (write !== undefined) this.#print(`${node.id}: writes ${describeWrite(write)}`);
    for (const message of write?.messagesAfter ?? []) this.#print(`  then ${describeMessage(message)}`);
    if (restored !== undefined) this.#print(`${node.id}: state is now snapshot ${restored.index}@${restored.term}`);
    for (const entry of effects.committed) this.#print(`${node.id}: applies ${describeEntry(entry)}`);
    for (const id of effects.reads) this.#print(`${node.id}: read ${id} may be answered`);
    for (const id of effects.readsRefused) this.#print(`${node.id}: read ${id} is refused`);
    if (leadership?.active === true) this.#print(`${node.id}: is active in term ${leadership.term}`);
  }

  #take(path: string | undefined): RaftMessage[] {
    const matches = (message: RaftMessage): boolean => {
      const [from, to] = (path ?? "").split(">").map(Number);
      return (!from || message.from === from) && (!to || message.to === to);
    };
    const taken = this.#network.filter(matches);
    this.#network = this.#network.filter((message) => !matches(message));
    return taken;
  }

  #deliver(path: string | undefined): void {
    for (const message of this.#take(path)) {
      const node = this.#node(message.to);
      if (node.state !== undefined) this.#step(node, { type: "message", message });
    }
  }

  #sync(node: Node): void {
    const writes = node.writes;
    node.writes = [];
    const last = writes.at(-1);
    if (last === undefined || node.state === undefined) return;
    for (const write of writes) {
      node.disk.write(write);
      this.#network.push(...write.messagesAfter);
    }
    this.#step(node, { type: "persisted", sequence: last.sequence });
  }

  #settle(): void {
    for (let i = 0; i < 100; i++) {
      if (this.#network.length === 0 && [...this.#nodes.values()].every((node) => node.writes.length === 0)) return;
      for (const node of this.#nodes.values()) this.#sync(node);
      this.#deliver(undefined);
    }
    throw new Error("does not settle");
  }

  #snapshot(node: Node): void {
    const metadata = snapshotMetadataAt(node.state!, node.state!.applied);
    if (metadata === undefined) return this.#print(`${node.id}: has nothing new to keep`);
    node.disk.save(metadata, new TextEncoder().encode(`the state at ${metadata.index}`));
    this.#print(
      `${node.id}: keeps snapshot ${metadata.index}@${metadata.term}, ${describeConfiguration(metadata.configuration)}`,
    );
    this.#step(node, { type: "snapshot-saved", snapshot: metadata });
  }
}

function counted(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`));
}

function votersOf(word: string | undefined): Voter[] {
  return (word ?? "").split(",").map((each) => {
    const [id, directory] = each.split("/");
    if (directory === undefined) return staticVoter(Number(id));
    return { id: Number(id), directoryId: directoryOf(directory), endpoints: [] };
  });
}

/** The disk's letter, as an id. */
function directoryOf(letter: string): Uuid {
  return letter.padEnd(22, "_");
}

function describeEntry(entry: Entry): string {
  const what = entry.type === "data" ? ` "${new TextDecoder().decode(entry.payload)}"` : ` (${entry.type})`;
  return `${entry.index}@${entry.term}${what}`;
}

function describeConfiguration({ voters }: Configuration): string {
  const names = voters.map(({ id, directoryId }) =>
    directoryId === ZERO_UUID ? String(id) : `${id}/${directoryId.replace(/_+$/, "")}`,
  );
  return `voters ${names.join()}`;
}

function describeWrite(write: Write): string {
  const parts: string[] = [];
  const { hardState, snapshotChunk, truncateFrom, entries } = write;
  if (hardState !== undefined) {
    const { term, vote, recovering } = hardState;
    parts.push(`term ${term} vote ${vote}${recovering ? " recovering" : ""}`);
  }
  if (snapshotChunk !== undefined) parts.push(`snapshot ${snapshotChunk.snapshot.index} from ${snapshotChunk.offset}`);
  if (truncateFrom !== undefined) parts.push(`log without ${truncateFrom}…`);
  if (entries.length > 0) parts.push(entries.map(describeEntry).join(", "));
  return parts.join("; ") || "nothing, in turn";
}

function describeMessage(message: RaftMessage): string {
  const head = `${message.from}>${message.to} ${message.type} term ${message.term}`;
  switch (message.type) {
    case "pre-vote":
    case "vote":
      return `${head}, log to ${message.lastIndex}@${message.lastTerm}`;
    case "pre-vote-ack":
    case "vote-ack":
      return `${head} ${message.granted ? "granted" : "refused"}`;
    case "append": {
      const entries = message.entries.map(describeEntry).join(", ") || "nothing";
      return `${head}, after ${message.previousIndex}@${message.previousTerm} ${entries}, commit ${message.commit}`;
    }
    case "append-ack": {
      const end = message.recovering === true ? ", recovering" : "";
      if (message.accepted) return `${head} holds ${message.index}${end}`;
      return `${head} rejects ${message.index}, try ${message.hintIndex}@${message.hintTerm}${end}`;
    }
    case "heartbeat":
      return `${head}, commit ${message.commit}, round ${message.round}`;
    case "heartbeat-ack":
      return `${head}, round ${message.round}, log to ${message.lastIndex}${message.recovering === true ? ", recovering" : ""}`;
    case "snapshot-chunk": {
      const { snapshot, offset, bytes, done } = message;
      return `${head} ${snapshot.index}@${snapshot.term} bytes ${offset}-${offset + bytes.length}${done ? " end" : ""}`;
    }
    case "snapshot-ack":
      return `${head} ${message.index}, go on at ${message.nextOffset}`;
    case "inquire-ack":
      return `${head} ${message.fresh ? "never promised anything" : "has promised already"}`;
    case "recovered":
      return `${head} with ${message.index}`;
    case "timeout-now":
    case "observe":
    case "inquire":
      return head;
  }
}

function describeNode({ id, state }: Node): string {
  if (state === undefined) return `${id}: down`;
  const { log, commit, term, role } = state;
  const configuration = describeConfiguration(configurationOf(state));
  const extent = `log ${log.baseIndex + 1}-${log.lastIndex}@${log.lastTerm}`;
  return `${id}: ${role.kind}, term ${term}, ${extent}, commit ${commit}, ${configuration}`;
}
