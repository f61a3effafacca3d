import { features, levelOfName, levelWith, nameOfLevel } from "./metadata-versions";

it("names and levels of metadata.version", () => {
  expect(nameOfLevel(7)).toBe("3.3-IV3");
  expect(nameOfLevel(25)).toBe("4.0-IV3");
  expect(nameOfLevel(27)).toBe("4.1-IV1");
  expect(nameOfLevel(6)).toBeUndefined();
  expect(levelOfName("3.9-IV0")).toBe(21);
  expect(levelOfName("4.0")).toBe(25);
  expect(levelOfName("4.0-IV9")).toBeUndefined();
});

it("what a release sets", () => {
  const at = (level: number) =>
    Object.fromEntries(features.map((feature) => [feature.name, levelWith(feature, level)]));
  expect(at(21)).toMatchObject({ "kraft.version": 1, "transaction.version": 0, "group.version": 0 });
  expect(at(25)).toMatchObject({ "transaction.version": 2, "group.version": 1, "eligible.leader.replicas.version": 0 });
});
