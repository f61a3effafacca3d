import { compileClientPattern } from "./client-pattern";

it("matches whole texts", () => {
  const pattern = compileClientPattern("orders-[0-9]+")!;
  expect([pattern.matches("orders-7"), pattern.matches("my-orders-7"), pattern.matches("orders-7a")]).toEqual([
    true,
    false,
    false,
  ]);
});

it("knows what is no pattern, or none that can be matched in linear time", () => {
  for (const source of ["(a", "[z-a]", "a{2,1}", "(a)\\1", "a(?=b)"])
    expect(compileClientPattern(source)).toBeUndefined();
});

it("is not made to think by a pattern that JavaScript would take ages for", () => {
  expect(compileClientPattern("(a+)+b")!.matches("a".repeat(20_000))).toBe(false);
});
