import { bars, escaped, lines, logTicks, type Plot, ticks } from "./svg";

test("ticks are round and reach beyond the largest value", () => {
  expect(ticks(437)).toEqual([0, 100, 200, 300, 400, 500]);
  expect(ticks(0.9)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(0)).toEqual([0, 1]);
  for (let most = 0.013; most < 1e7; most *= 1.7) {
    const marks = ticks(most);
    expect(marks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9));
    expect(marks.length).toBeGreaterThanOrEqual(3);
    expect(marks.length).toBeLessThanOrEqual(7);
  }
});

test("logarithmic ticks enclose the values", () => {
  expect(logTicks(0.3, 240)).toEqual([0.1, 1, 10, 100, 1000]);
  expect(logTicks(5, 5)).toEqual([1, 10]);
});

const plot: Plot = {
  title: "a < b & c",
  unit: "MB/s",
  categories: ["x", "y"],
  series: [
    { name: "one", values: [100, 50], ranges: [[80, 120], undefined] },
    { name: "two", values: [undefined, 25] },
  ],
};
const count = (text: string, what: RegExp) => [...text.matchAll(what)].length;

test("bars: one for each value that was measured, as high as its part of the axis", () => {
  const svg = bars(plot);
  const heights = [...svg.matchAll(/<rect class="s\d" x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)"\/>/g)].map(
    ([, h]) => Number(h),
  );
  expect(heights).toHaveLength(3);
  expect(heights[1]! / heights[0]!).toBeCloseTo(0.5, 1);
  expect(count(svg, /class="whisker"/g)).toBe(1);
});

test("lines: a point for each value, a line for each series", () => {
  const svg = lines({ ...plot, log: true });
  expect(count(svg, /<circle /g)).toBe(3);
  expect(count(svg, /<polyline /g)).toBe(2);
});

test("whatever a name is, it is text; and there are colours for a dark page", () => {
  expect(escaped(`<"&">`)).toBe("&lt;&quot;&amp;&quot;&gt;");
  const svg = bars(plot);
  expect(svg).toContain("a &lt; b &amp; c");
  expect(svg).toContain("prefers-color-scheme:dark");
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test("nothing measured is an empty plot, not a broken one", () => {
  for (const log of [false, true]) {
    expect(bars({ ...plot, log, series: [{ name: "one", values: [undefined, undefined] }] })).not.toMatch(
      /NaN|Infinity/,
    );
  }
});
