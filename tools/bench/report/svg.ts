// Two kinds of plot as SVG text, legible on a light and on a dark page. A tool's own 150 lines: the libraries for it want a
// DOM or bring a renderer of many megabytes.

export interface Series {
  name: string;
  /** Place in the palette, 0 to 5; otherwise that of the series in its plot. */
  colour?: number;
  /** One for each category or x; undefined: not measured. */
  values: readonly (number | undefined)[];
  /** Smallest and largest of the rounds, drawn as a whisker. */
  ranges?: readonly (readonly [number, number] | undefined)[];
}

export interface Plot {
  title: string;
  /** What is drawn, with its unit; and which direction is better. */
  unit: string;
  categories: readonly string[];
  series: readonly Series[];
  /** Values of very different size. */
  log?: boolean;
}

const width = 760;
const height = 380;
const margin = { left: 66, right: 16, top: 62, bottom: 46 };
const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };

/** Colour-blind safe (Okabe and Ito), each with a lighter one for dark pages. */
export const palette = [
  ["#0072b2", "#56a8e0"],
  ["#009e73", "#3fcf9f"],
  ["#cc79a7", "#e3a5c7"],
  ["#d55e00", "#ff9147"],
  ["#7a7a7a", "#a8a8a8"],
  ["#b58900", "#e6c14a"],
] as const;

const style = `<style>
text{font:12px system-ui,sans-serif;fill:#24292f}.title{font-size:15px;font-weight:600}.grid{stroke:#d0d7de;stroke-width:1}
.axis{stroke:#57606a}.whisker{stroke:#24292f;stroke-width:1}.label{font-size:10px}
${palette.map(([light], i) => `.s${i}{fill:${light}}.l${i}{stroke:${light};stroke-width:2;fill:none}`).join("\n")}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#30363d}.axis{stroke:#8b949e}.whisker{stroke:#e6edf3}
${palette.map(([, dark], i) => `.s${i}{fill:${dark}}.l${i}{stroke:${dark}}`).join("\n")}}
</style>`;

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Round values from 0 to at least `most`, four to six of them. */
export function ticks(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough)! * power;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** Powers of ten that enclose these values. */
export function logTicks(least: number, most: number): number[] {
  const from = Math.floor(Math.log10(least));
  const to = Math.max(from + 1, Math.ceil(Math.log10(most)));
  return Array.from({ length: to - from + 1 }, (_, i) => Number((10 ** (from + i)).toPrecision(3)));
}

const shown = (value: number): string =>
  value >= 1_000_000
    ? `${+(value / 1_000_000).toPrecision(3)}M`
    : value >= 10_000
      ? `${+(value / 1_000).toPrecision(3)}k`
      : String(+value.toPrecision(3));

interface Scale {
  marks: number[];
  y(value: number): number;
}

function scaleOf({ series, log }: Plot): Scale {
  const values = series.flatMap((each) => [
    ...each.values.filter((value) => value !== undefined),
    ...(each.ranges ?? []).flatMap((range) => (range === undefined ? [] : [range[1]])),
  ]);
  const most = Math.max(...values, 0);
  const positive = values.filter((value) => value > 0);
  const y = (part: number) => margin.top + inner.height * (1 - Math.min(1, Math.max(0, part)));
  if (log && positive.length > 0) {
    const marks = logTicks(Math.min(...positive), most);
    const [from, to] = [Math.log10(marks[0]!), Math.log10(marks.at(-1)!)];
    return { marks, y: (value) => y(value > 0 ? (Math.log10(value) - from) / (to - from) : 0) };
  }
  const marks = ticks(most);
  return { marks, y: (value) => y(value / marks.at(-1)!) };
}

function frame(plot: Plot, { marks, y }: Scale, body: string[]): string {
  const lines = marks.flatMap((mark) => [
    `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${y(mark).toFixed(1)}" y2="${y(mark).toFixed(1)}"/>`,
    `<text x="${margin.left - 8}" y="${(y(mark) + 4).toFixed(1)}" text-anchor="end">${shown(mark)}</text>`,
  ]);
  let x = margin.left;
  const legend = plot.series.map(({ name, colour }, i) => {
    const at = x;
    x += 26 + name.length * 6.6;
    return `<rect class="s${colour ?? i}" x="${at}" y="38" width="11" height="11" rx="2"/><text x="${at + 16}" y="48">${escaped(name)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(plot.title)}">`,
    style,
    `<text class="title" x="${margin.left}" y="20">${escaped(plot.title)}</text>`,
    `<text x="${width - margin.right}" y="20" text-anchor="end">${escaped(plot.unit)}</text>`,
    ...legend,
    ...lines,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

const categoryText = (x: number, text: string) =>
  `<text x="${x.toFixed(1)}" y="${height - margin.bottom + 18}" text-anchor="middle">${escaped(text)}</text>`;

/** Bars side by side, a group for each category. */
export function bars(plot: Plot): string {
  const scale = scaleOf(plot);
  const { y } = scale;
  const group = inner.width / plot.categories.length;
  const bar = Math.min(52, (group * 0.8) / plot.series.length);
  const body = plot.categories.flatMap((category, c) => {
    const middle = margin.left + group * (c + 0.5);
    const left = middle - (bar * plot.series.length) / 2;
    const drawn = plot.series.flatMap(({ values, ranges, colour }, s) => {
      const value = values[c];
      if (value === undefined) return [];
      const x = left + s * bar;
      const top = y(value);
      const range = ranges?.[c];
      const centre = (x + bar / 2).toFixed(1);
      const highest = range === undefined ? top : Math.min(top, y(range[1]));
      return [
        `<rect class="s${colour ?? s}" x="${x.toFixed(1)}" y="${top.toFixed(1)}" width="${(bar - 2).toFixed(1)}" height="${(margin.top + inner.height - top).toFixed(1)}"/>`,
        ...(range === undefined
          ? []
          : [
              `<line class="whisker" x1="${centre}" x2="${centre}" y1="${y(range[0]).toFixed(1)}" y2="${y(range[1]).toFixed(1)}"/>`,
            ]),
        `<text class="label" x="${centre}" y="${(highest - 4).toFixed(1)}" text-anchor="middle">${shown(value)}</text>`,
      ];
    });
    return [...drawn, categoryText(middle, category)];
  });
  return frame(plot, scale, body);
}

/** A line for each series over categories that stand at the same distance. */
export function lines(plot: Plot): string {
  const scale = scaleOf(plot);
  const { y } = scale;
  const step = inner.width / Math.max(1, plot.categories.length);
  const at = (c: number) => margin.left + step * (c + 0.5);
  const body = plot.series.flatMap(({ values, colour }, i) => {
    const s = colour ?? i;
    const points = values.flatMap((value, c) => (value === undefined ? [] : [[at(c), y(value)] as const]));
    return [
      `<polyline class="l${s}" points="${points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ")}"/>`,
      ...points.map(([px, py]) => `<circle class="s${s}" cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="3.5"/>`),
    ];
  });
  return frame(plot, scale, [...body, ...plot.categories.map((category, c) => categoryText(at(c), category))]);
}
