import { UnderWay } from "./under-way";

it("says when there is no room for more, and when all is done", async () => {
  const underWay = new UnderWay(4);
  const ends: (() => void)[] = [];
  const begin = () => underWay.add(new Promise((resolve) => ends.push(resolve)));
  expect([begin(), begin(), begin()]).toEqual([undefined, undefined, undefined]);
  let room = false;
  const full = begin()!.then(() => (room = true));
  ends.shift()!();
  await new Promise(setImmediate);
  expect(room).toBe(false);
  ends.shift()!();
  await full;
  let done = false;
  const all = underWay.all().then(() => (done = true));
  await new Promise(setImmediate);
  expect(done).toBe(false);
  for (const end of ends) end();
  await all;
});
