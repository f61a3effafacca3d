import { median, ratioOf } from "./statistics";

describe("median", () => {
  test("of an odd number is the one in the middle, whatever the order", () => expect(median([9, 1, 4])).toBe(4));
  test("of an even number is the mean of the two in the middle", () => expect(median([10, 1, 4, 2])).toBe(3));
  test("of none is no number", () => expect(median([])).toBeNaN());
});

describe("ratioOf", () => {
  test("divides pair by pair, so that a slow round is slow on both sides", () => {
    // The medians' ratio would be 100 / 50: the rounds are what the machine did, not the systems.
    const ours = new Map([
      [1, 100],
      [2, 10],
      [3, 400],
    ]);
    const theirs = new Map([
      [1, 50],
      [2, 10],
      [3, 100],
    ]);
    expect(ratioOf(ours, theirs)).toEqual({ median: 2, low: 1, high: 4, pairs: 3 });
  });

  test("leaves out a round that one of them lacks, and what cannot be divided by", () => {
    expect(
      ratioOf(
        new Map([
          [1, 3],
          [2, 8],
          [3, 5],
        ]),
        new Map([
          [2, 4],
          [3, 0],
        ]),
      ),
    ).toEqual({ median: 2, low: 2, high: 2, pairs: 1 });
    expect(ratioOf(new Map([[1, 3]]), new Map())).toBeUndefined();
  });
});
