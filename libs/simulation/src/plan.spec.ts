import { drawPlan, profiles } from "./plan";

it("a seed is a plan: the same one each time, another for another seed", () => {
  for (let seed = 1; seed <= 50; seed++) expect(drawPlan(seed, "all")).toEqual(drawPlan(seed, "all"));
  expect(drawPlan(1, "all")).not.toEqual(drawPlan(2, "all"));
});

it("over some hundred seeds every fault, size and durability comes up", () => {
  const plans = Array.from({ length: 400 }, (_, i) => drawPlan(i, "all"));
  const kinds = new Set(plans.flatMap(({ schedule }) => schedule.map(({ kind }) => kind)));
  expect([...kinds].sort()).toEqual([...new Set(profiles["all"])].sort());
  expect(new Set(plans.map(({ controllers }) => controllers.length))).toEqual(new Set([1, 3]));
  expect(new Set(plans.map(({ fsync }) => fsync))).toEqual(new Set([true, false]));
});

it("all machines lose power at once only where what is acknowledged is on disk", () => {
  for (let seed = 0; seed < 400; seed++) {
    const { fsync, schedule } = drawPlan(seed, "power");
    if (!fsync) expect(schedule.map(({ kind }) => kind)).not.toContain("power-cut-all");
  }
});

it("names the profiles where one is not known", () => {
  expect(() => drawPlan(1, "everything")).toThrow("--profile everything: there is no such profile; choose one of calm");
});
