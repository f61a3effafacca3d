import { Turns } from "./turns";

/** A call that ends when the test says so. */
function held(): { start: () => Promise<string>; started: () => boolean; end(outcome?: Error): void } {
  let started = false;
  let end: (outcome?: Error) => void = () => undefined;
  const ended = new Promise<string>((resolve, reject) => {
    end = (outcome) => (outcome === undefined ? resolve("done") : reject(outcome));
  });
  const start = (): Promise<string> => {
    started = true;
    return ended;
  };
  return { start, started: () => started, end: (outcome) => end(outcome) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("lets so many calls begin, and each end lets the one begin that has waited longest", async () => {
  const turns = new Turns(2);
  const calls = Array.from({ length: 5 }, held);
  const outcomes = calls.map(({ start }) => turns.take(start));
  const begun = async (): Promise<boolean[]> => {
    await settled();
    return calls.map(({ started }) => started());
  };
  expect(await begun()).toEqual([true, true, false, false, false]);
  calls[1]!.end();
  expect(await begun()).toEqual([true, true, true, false, false]);
  calls[0]!.end(new Error("full"));
  await expect(outcomes[0]).rejects.toThrow("full");
  expect(await begun()).toEqual([true, true, true, true, false]);
  for (const { end } of calls) end();
  expect(await Promise.all(outcomes.slice(1))).toEqual(["done", "done", "done", "done"]);
});

it("does not let anybody past those who wait, and forgets nothing when it was empty", async () => {
  const turns = new Turns(1);
  const [first, second, third] = [held(), held(), held()];
  const outcomes = [turns.take(first.start), turns.take(second.start)];
  first.end();
  outcomes.push(turns.take(third.start));
  await settled();
  expect([second.started(), third.started()]).toEqual([true, false]);
  second.end();
  third.end();
  await Promise.all(outcomes);
  const failsAtOnce = turns.take(() => {
    throw new Error("at once");
  });
  await expect(failsAtOnce).rejects.toThrow("at once");
  expect(await turns.take(() => Promise.resolve(7))).toBe(7);
});
