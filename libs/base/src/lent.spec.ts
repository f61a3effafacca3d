import { Lent } from "./lent";

it("gives back each once when it is over, and at once what comes later", () => {
  const given: string[] = [];
  const lent = new Lent();
  expect(lent.isEmpty).toBe(true);
  for (const name of ["a", "b"]) lent.lend(() => given.push(name));
  expect([lent.isEmpty, given]).toEqual([false, []]);
  lent.giveBack();
  lent.giveBack();
  lent.lend(() => given.push("late"));
  expect([lent.isEmpty, given]).toEqual([true, ["a", "b", "late"]]);
});
