import { CallSignal } from "./call-signal";

/** What a role does with a signal, and what Node's own does then: the two must not differ. */
function observe(make: () => { signal: AbortSignal; abort(): void }): string[] {
  const { signal, abort } = make();
  const seen: string[] = [];
  const first = (): void => {
    seen.push(`first, aborted ${signal.aborted}`);
    signal.removeEventListener("abort", third);
  };
  const second = (): void => void seen.push("second");
  const third = (): void => void seen.push("third, which the first had removed");
  const removed = (): void => void seen.push("removed");
  for (const listener of [removed, first, second, second, third]) signal.addEventListener("abort", listener);
  signal.removeEventListener("abort", removed);
  seen.push(`aborted ${signal.aborted}, ${String(signal.reason)}`);
  signal.throwIfAborted();
  abort();
  abort();
  signal.addEventListener("abort", () => seen.push("too late"));
  abort();
  seen.push(`aborted ${signal.aborted}, ${String(signal.reason)}`);
  try {
    signal.throwIfAborted();
  } catch (error) {
    seen.push(`throws ${String(error)}`);
  }
  return seen;
}

it("does what Node's own does, as far as roles can see", () => {
  const own = observe(() => {
    const signal = new CallSignal();
    return { signal: signal as unknown as AbortSignal, abort: () => signal.abort() };
  });
  const nodes = observe(() => {
    const controller = new AbortController();
    return { signal: controller.signal, abort: () => controller.abort() };
  });
  expect(own).toEqual(nodes);
  expect(own).toContain("second");
});
