import { SourceMap } from "node:module";
import type { CallFrame, CpuProfile } from "../profile-summary";
import { topOfProfile } from "../profile-summary";
import { withSources } from "../profiles";
import { callTree, flameGraph, type Frame } from "./flame";

const called = (functionName: string, url = "", line = 0): CallFrame => ({
  functionName,
  url,
  lineNumber: line - 1,
  columnNumber: 0,
});

/** 2 ms of sleep and 10 ms of work, of which `append` calls itself once. */
const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: called("(root)"), children: [2, 3, 4, 5] },
    { id: 2, callFrame: called("(idle)") },
    { id: 3, callFrame: called("(program)") },
    { id: 4, callFrame: called("(garbage collector)") },
    { id: 5, callFrame: called("onRead", "node:net", 20), children: [6] },
    { id: 6, callFrame: called("append", "libs/roles/broker/src/append.ts", 7), children: [7, 8] },
    { id: 7, callFrame: called("append", "libs/roles/broker/src/append.ts", 7) },
    { id: 8, callFrame: called("<anonymous> & co", "file:///x/node_modules/@node-rs/crc32/index.js", 3) },
  ],
  samples: [3, 2, 5, 6, 7, 7, 8, 4, 2],
  timeDeltas: [500, 1_500, 1_000, 3_000, 1_000, 1_000, 3_000, 500, 500],
};

interface Drawn {
  hover: string;
  row: number;
  colour: string;
  x: number;
  width: number;
  text: string;
}

/** The frames of a picture, row by row. */
const framesOf = (svg: string): Drawn[] =>
  [...svg.matchAll(/<g transform="translate\(0 (\d+)\)">\n([^]*?)\n<\/g>/g)].flatMap(([, y, row]) =>
    [
      ...row!.matchAll(
        /<g><title>([^<]*)<\/title><rect class="([^"]*)" x="([\d.]+)" width="([\d.]+)" height="17"\/>(?:<text [^>]*>([^<]*)<\/text>)?<\/g>/g,
      ),
    ].map(([, hover, colour, x, width, text]) => ({
      hover: hover!.replace("\n", " | "),
      row: (Number(y) - 72) / 17,
      colour: colour!,
      x: Number(x),
      width: Number(width),
      text: text ?? "",
    })),
  );

test("frames as wide as their share of the busy time, below what called them, longest first", () => {
  const rows = framesOf(flameGraph(profile, { title: "broker-1" }));
  expect(rows.map(({ row, x, width, colour, text, hover }) => [row, x, width, colour, text, hover])).toEqual([
    [0, 10, 1180, "s4", "(root)", "(root) | 100 %, 10 ms"],
    [1, 10, 1062, "s4 pale", "onRead", "onRead node:net:20 | 90 %, 9 ms"],
    [1, 1072, 59, "s4", "(progr…", "(program) | 5 %, 0.5 ms"],
    [1, 1131, 59, "s4", "(garba…", "(garbage collector) | 5 %, 0.5 ms"],
    [2, 10, 944, "s0", "append", "append libs/roles/broker/src/append.ts:7 | 80 %, 8 ms"],
    [
      3,
      10,
      354,
      "s3",
      "&lt;anonymous&gt; &amp; co",
      "&lt;anonymous&gt; &amp; co @node-rs/crc32/index.js:3 | 30 %, 3 ms",
    ],
    [3, 364, 236, "s0", "append", "append libs/roles/broker/src/append.ts:7 | 20 %, 2 ms"],
  ]);
});

test("what the picture says of itself: its title as text, the times, the colours; no script", () => {
  const svg = flameGraph(profile, { title: "a < b" });
  expect(svg).toContain('<text class="title" x="10" y="20">a &lt; b</text>');
  expect(svg).toContain("10 ms busy of 12 ms");
  for (const kind of ["libs/roles, apps", "dependencies", "native, (program), gc"]) expect(svg).toContain(`>${kind}<`);
  expect(svg).toContain("prefers-color-scheme:dark");
  expect(svg).not.toMatch(/<script|NaN|undefined|Infinity/);
});

test("the same profile gives the same bytes", () => {
  const copy = JSON.parse(JSON.stringify(profile)) as CpuProfile;
  expect(flameGraph(copy, { title: "t" })).toBe(flameGraph(profile, { title: "t" }));
});

test("a profile of a process that only slept is an empty picture, not a broken one", () => {
  const svg = flameGraph({ ...profile, samples: [2, 2], timeDeltas: [1_000, 1_000] }, { title: "t" });
  expect(framesOf(svg)).toEqual([]);
  expect(svg).toContain("0 ms busy of 2 ms");
  expect(svg).not.toMatch(/NaN|Infinity/);
});

/** A call tree of `count` functions, with samples that come from all of them. */
function manyCalls(count: number): CpuProfile {
  let seed = 7;
  const below = (end: number) => (seed = (seed * 48_271) % 2_147_483_647) % end;
  const children = Array.from({ length: count }, (): number[] => []);
  for (let id = 2; id <= count; id++) children[below(id - 1)]!.push(id);
  const samples = Array.from({ length: 20 * count }, () => 1 + below(count));
  return {
    nodes: children.map((ids, i) => ({
      id: i + 1,
      callFrame: called(i === 0 ? "(root)" : i === 1 ? "(idle)" : `f${i}`),
      children: ids,
    })),
    samples,
    // Now and then one out of order, as V8 writes them.
    timeDeltas: samples.map((_, i) => (i % 997 === 996 ? -3 : 1 + below(900))),
  };
}
const everyFrame = (frame: Frame): Frame[] => [frame, ...frame.children.flatMap(everyFrame)];

test("the root is the sum of the busy samples, and nothing is shorter than what it called", () => {
  const many = manyCalls(400);
  const root = callTree(many);
  const busyUs = many.samples.reduce((sum, id, i) => sum + (id === 2 ? 0 : Math.max(0, many.timeDeltas[i]!)), 0);
  expect(root.totalUs).toBe(busyUs);
  const frames = everyFrame(root);
  expect(frames).toHaveLength(400);
  for (const { totalUs, children } of frames) {
    expect(totalUs).toBeGreaterThanOrEqual(children.reduce((sum, child) => sum + child.totalUs, 0));
  }
});

test("drawn frames stay inside the one above, beside each other, and what is narrower than 0.3 % is left out", () => {
  const drawn = framesOf(flameGraph(manyCalls(400), { title: "t" }));
  expect(drawn.length).toBeGreaterThan(50);
  expect(drawn.length).toBeLessThan(400);
  const rounding = 0.11;
  for (const [i, { row, x, width }] of drawn.entries()) {
    expect(width).toBeGreaterThanOrEqual(1180 * 0.003 - rounding);
    const above = drawn.filter((other) => other.row === row - 1 && other.x <= x + rounding);
    const end = Math.max(...above.map((other) => other.x + other.width));
    if (row > 0) expect(x + width).toBeLessThanOrEqual(end + 2 * rounding);
    const next = drawn[i + 1];
    if (next?.row === row) expect(next.x).toBeGreaterThanOrEqual(x + width - 2 * rounding);
  }
});

test("as deep as a profile gets", () => {
  const depth = 255;
  const nodes = Array.from({ length: depth }, (_, i) => ({
    id: i + 1,
    callFrame: called(i === 0 ? "(root)" : "down", "file:///x/dist/standalone.cjs", 9),
    children: i + 1 < depth ? [i + 2] : [],
  }));
  const drawn = framesOf(flameGraph({ nodes, samples: [depth], timeDeltas: [1_000] }, { title: "t" }));
  expect(drawn).toHaveLength(depth);
  expect(new Set(drawn.map(({ width }) => width))).toEqual(new Set([1180]));
  expect(drawn.at(-1)).toMatchObject({ colour: "s2", hover: "down standalone.cjs:9 | 100 %, 1 ms" });
});

test("functions of a bundle get the file that they were written in; others stay", () => {
  const bundle = new URL("../../../apps/broker/dist/broker.cjs", `file://${__dirname}/`).href;
  const map = new SourceMap({
    file: "broker.cjs",
    version: 3,
    sources: ["../../../libs/control/src/placement.ts"],
    sourcesContent: [],
    names: [],
    mappings: ";AAyCA",
    sourceRoot: "",
  });
  const nodes = [called("place", bundle, 2), called("open"), called("read", "node:fs", 2)].map((callFrame, i) => ({
    id: i + 1,
    callFrame,
  }));
  const asked: string[] = [];
  const mapped = withSources({ nodes, samples: [], timeDeltas: [] }, (url) => {
    asked.push(url);
    return map;
  });
  expect(asked).toEqual([bundle]);
  expect(mapped.nodes.map(({ callFrame: { url, lineNumber } }) => [url, lineNumber + 1])).toEqual([
    ["libs/control/src/placement.ts", 42],
    ["", 0],
    ["node:fs", 2],
  ]);
  expect(withSources({ nodes, samples: [], timeDeltas: [] }, () => undefined).nodes).toEqual(nodes);
});

test("the summary counts the same busy time, a function once wherever it was called", () => {
  expect(topOfProfile(JSON.stringify(profile), 2)).toEqual([
    " 50.0 %  append append.ts:7",
    " 30.0 %  <anonymous> & co index.js:3",
  ]);
});
