import type { SimulatedProcess } from "./process";

/** A call or stream that is under way. */
export interface OpenCall {
  readonly from: SimulatedProcess;
  readonly to: SimulatedProcess;
  /** The connection is gone: the caller's end fails. */
  broken(why: string): void;
}

/** What is under way between processes, so that a death can end it. */
export class Calls {
  readonly #open = new Map<SimulatedProcess, Set<OpenCall>>();

  add(from: SimulatedProcess, to: SimulatedProcess, ends: { broken(why: string): void }): OpenCall {
    const call = { from, to, broken: ends.broken };
    for (const process of [from, to]) {
      const calls = this.#open.get(process);
      if (calls === undefined) this.#open.set(process, new Set([call]));
      else calls.add(call);
    }
    return call;
  }

  remove(call: OpenCall): void {
    for (const process of [call.from, call.to]) this.#open.get(process)?.delete(call);
  }

  /** Those of a process that just died; it has none afterwards. */
  of(process: SimulatedProcess): OpenCall[] {
    const calls = [...(this.#open.get(process) ?? [])];
    this.#open.delete(process);
    return calls;
  }
}
