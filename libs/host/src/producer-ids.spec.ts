import { ProducerIds } from "./producer-ids";

it("hands out each id once, asking for one block at a time", async () => {
  let asked = 0;
  const ids = new ProducerIds(async () => ({ first: asked++ * 1000, count: 3 }));
  const taken = await Promise.all(Array.from({ length: 7 }, () => ids.take()));
  expect(new Set(taken)).toEqual(new Set([0, 1, 2, 1000, 1001, 1002, 2000]));
  expect(asked).toBe(3);
});

it("fails while the controller cannot be asked and recovers after", async () => {
  let broken = true;
  const ids = new ProducerIds(async () => {
    if (broken) throw new Error("no active controller");
    return { first: 5, count: 1 };
  });
  await expect(ids.take()).rejects.toThrow("no active controller");
  broken = false;
  await expect(ids.take()).resolves.toBe(5);
});
