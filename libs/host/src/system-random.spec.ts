import { systemRandom } from "./system-random";

it("spreads its numbers over [0, 1), across draws from the system, and repeats none", () => {
  const random = systemRandom();
  const numbers = Array.from({ length: 20_000 }, () => random.next());
  expect(new Set(numbers).size).toBe(numbers.length);
  const tenths = new Array<number>(10).fill(0);
  for (const number of numbers) tenths[Math.floor(number * 10)]!++;
  for (const count of tenths) expect(count).toBeGreaterThan(1_500);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
});

it("two sources have nothing in common", () => {
  const [one, other] = [systemRandom(), systemRandom()];
  const numbers = new Set(Array.from({ length: 1_000 }, () => one.next()));
  expect(Array.from({ length: 1_000 }, () => other.next()).some((number) => numbers.has(number))).toBe(false);
});
