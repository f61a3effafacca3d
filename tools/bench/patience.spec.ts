import { patienceFor, within } from "./patience";

describe("within", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it("gives up on what hangs", async () => {
    const hanging = within(patienceFor(2), new Promise<number>(() => undefined));
    const outcome = expect(hanging).rejects.toThrow("not done after 100 s");
    await jest.advanceTimersByTimeAsync(100_000);
    await outcome;
  });

  it("passes on what is done in time, or fails, and leaves no timer", async () => {
    expect(await within(1, Promise.resolve(7))).toBe(7);
    await expect(within(1, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(jest.getTimerCount()).toBe(0);
  });
});
