import { refusedToStart } from "./nodes";

const ends = (...each: string[]) =>
  each.map((end) => ({ how: end.replace(" (disk)", ""), expected: end.endsWith("(disk)") }));

it("takes a process for one that cannot start only where no fault of its disk explains it", () => {
  const refused = Array.from({ length: 9 }, () => "status 2");
  expect(refusedToStart(ends(...refused))).toBe(true);
  expect(refusedToStart(ends("status 2"))).toBe(false);
  expect(refusedToStart(ends(...refused, "SIGKILL"))).toBe(false);
  expect(refusedToStart(ends(...refused.map((end) => `${end} (disk)`)))).toBe(false);
});
