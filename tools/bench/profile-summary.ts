/** What V8's sampling profiler writes, as far as it is read here. */
export interface CpuProfile {
  /** The call tree, its root first. A function has a node for every path of calls that led to it. */
  nodes: readonly { id: number; callFrame: CallFrame; children?: readonly number[] }[];
  /** The node that ran, by id, at each sample. */
  samples: readonly number[];
  /** Microseconds from the sample before; of the first one, from the start. */
  timeDeltas: readonly number[];
}

export interface CallFrame {
  functionName: string;
  /** A file's URL; `node:…` for Node's own JavaScript; empty for native code and V8's `(root)`, `(program)` and the like. */
  url: string;
  /** From 0. */
  lineNumber: number;
  columnNumber: number;
}

export const functionNameOf = ({ functionName }: CallFrame): string => functionName || "(anonymous)";

/** Microseconds that each node, by id, ran itself. The process's sleep is left out: all of them are the busy time. */
export function busySelfUs({ nodes, samples, timeDeltas }: CpuProfile): Map<number, number> {
  const idle = new Set(nodes.filter(({ callFrame }) => callFrame.functionName === "(idle)").map(({ id }) => id));
  const selfUs = new Map<number, number>();
  for (const [i, id] of samples.entries()) {
    // V8 writes a sample out of order now and then, and then a time below 0.
    if (!idle.has(id)) selfUs.set(id, (selfUs.get(id) ?? 0) + Math.max(0, timeDeltas[i]!));
  }
  return selfUs;
}

/** The functions that took most of a CPU profile's time themselves, as lines: share of the busy time, function, file. */
export function topOfProfile(text: string, countMax: number): string[] {
  const profile = JSON.parse(text) as CpuProfile;
  const nodeUs = busySelfUs(profile);
  const selfUs = new Map<string, number>();
  let busyUs = 0;
  for (const { id, callFrame } of profile.nodes) {
    const tookUs = nodeUs.get(id);
    if (tookUs === undefined) continue;
    const { url, lineNumber } = callFrame;
    const name = `${functionNameOf(callFrame)}${url === "" ? "" : ` ${url.split("/").slice(-1)[0]}:${lineNumber + 1}`}`;
    busyUs += tookUs;
    selfUs.set(name, (selfUs.get(name) ?? 0) + tookUs);
  }
  return [...selfUs]
    .sort((a, b) => b[1] - a[1])
    .slice(0, countMax)
    .map(([name, us]) => `${((100 * us) / busyUs).toFixed(1).padStart(5)} %  ${name}`);
}
