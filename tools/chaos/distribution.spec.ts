import { describeTimes, histogram, percentile } from "./distribution";

it("takes percentiles by nearest rank", () => {
  const values = Array.from({ length: 50 }, (_, at) => 50 - at);
  expect([0.5, 0.9, 0.99, 1].map((share) => percentile(values, share))).toEqual([25, 45, 50, 50]);
  expect(percentile([7], 0.99)).toBe(7);
});

it("draws a bar for each step, and a dot for none", () => {
  expect(histogram([5, 5, 5, 5, 15, 35], 10)).toBe("█▂·▂");
});

it("tells one partition's time once, many partitions' first and last", () => {
  const times = [{ firstMs: 100, allMs: 300 }];
  expect(describeTimes("kill", 1, times).join("\n")).toContain("p50 300 ms");
  const many = describeTimes("vanish", 9, times).join("\n");
  expect(many).toContain("p50 100 ms");
  expect(many).toContain("p50 300 ms");
});
