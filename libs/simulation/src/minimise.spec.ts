import { minimise } from "./minimise";

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

it.each([
  ["one of many", [17]],
  ["two far apart", [3, 29]],
  ["three", [0, 14, 31]],
  ["all but nothing", []],
])("keeps what is needed: %s", async (_, needed) => {
  let tries = 0;
  const least = await minimise(range(32), (only) => {
    tries++;
    return Promise.resolve(needed.every((each) => only.includes(each)));
  });
  expect(least).toEqual(needed);
  expect(tries).toBeLessThan(200);
});
