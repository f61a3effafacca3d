/**
 * What a service is told by when its caller gives up: as much of an `AbortSignal` as roles use. Node's own are made for what
 * happens once a connection; one a call, with its listeners, took a twentieth of a run.
 */
export class CallSignal {
  aborted = false;
  reason: unknown = undefined;
  #listeners: (() => void)[] | undefined;

  addEventListener(type: "abort", listener: () => void): void {
    if (type !== "abort") throw new Error(`a call's signal has no event ${String(type)}`);
    if (this.aborted || this.#listeners?.includes(listener)) return;
    if (this.#listeners === undefined) this.#listeners = [listener];
    else this.#listeners.push(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    const at = this.#listeners?.indexOf(listener) ?? -1;
    if (at >= 0) this.#listeners!.splice(at, 1);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason as Error;
  }

  /** Tells the listeners, in their order and once. */
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = Object.assign(new Error("This operation was aborted"), { name: "AbortError" });
    for (let next = this.#listeners?.shift(); next !== undefined; next = this.#listeners?.shift()) next();
  }
}
