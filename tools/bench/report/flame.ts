// A CPU profile as a flame graph: who called whom, and how much of the busy time that took. Static SVG as in svg.ts, so that it
// can be kept beside the profile and looked at in any browser or page.
import { busySelfUs, type CallFrame, type CpuProfile, functionNameOf } from "../profile-summary";
import { escaped, palette } from "./svg";

/** A function in one place of the call tree. */
export interface Frame {
  callFrame: CallFrame;
  /** Busy time in it and in all that it called, in microseconds. */
  totalUs: number;
  /** Longest first. */
  children: Frame[];
}

const width = 1200;
const margin = { side: 10, top: 72, bottom: 10 };
const rowHeight = 17;
const innerWidth = width - 2 * margin.side;
const characterWidth = 7;
/** Less of a name says nothing. */
const charactersLeast = 5;
/** Of the busy time. What is narrower could be neither read nor pointed at, and is most of a profile's nodes. */
const leastShare = 0.003;

/** What a frame's colour means; the first one that its URL matches. Ours are relative to the repository, see `withSources`. */
const kinds = [
  { legend: "libs/roles, apps", style: "s0", url: /^(libs\/roles|apps)\// },
  { legend: "segment-store, disk", style: "s1", url: /^libs\/(segment-store|disk)\// },
  {
    legend: "protocol, record-batch, contracts, compression, net, rpc",
    style: "s5",
    url: /^libs\/(protocol|record-batch|contracts|compression|net|rpc)\//,
  },
  { legend: "dependencies", style: "s3", url: /(^|\/)node_modules\// },
  { legend: "Node (node:…)", style: "s4 pale", url: /^node:/ },
  { legend: "native, (program), gc", style: "s4", url: /^$/ },
  { legend: "other own code", style: "s2", url: /^/ },
] as const;

const style = `<style>
text{font:11px system-ui,sans-serif;fill:#24292f;pointer-events:none}.title{font-size:15px;font-weight:600}.page{fill:#fff}
g rect{stroke:#fff;stroke-width:.7}
${palette.map(([light], i) => `.s${i}{fill-opacity:.6;fill:${light}}`).join("")}.pale{fill-opacity:.25}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.page{fill:#0d1117}g rect{stroke:#0d1117}
${palette.map(([, dark], i) => `.s${i}{fill:${dark}}`).join("")}}
</style>`;

/** The calls of the busy time. A function that calls itself is its own child, so no time is counted twice. */
export function callTree(profile: CpuProfile): Frame {
  const selfUs = busySelfUs(profile);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const frameOf = (id: number): Frame => {
    const { callFrame, children: ids = [] } = nodes.get(id)!;
    const children = ids.map(frameOf).sort((a, b) => b.totalUs - a.totalUs);
    return { callFrame, children, totalUs: children.reduce((sum, { totalUs }) => sum + totalUs, selfUs.get(id) ?? 0) };
  };
  return frameOf(profile.nodes[0]!.id);
}

/** Of a dependency the path inside `node_modules`; of a bundle whose sources are not known, its name. */
function fileOf(url: string): string {
  if (url.includes("node_modules/")) return url.split("node_modules/").at(-1)!;
  return url.includes("://") ? url.split("/").at(-1)! : url;
}

const number = (value: number) => String(+value.toFixed(1));

function fitting(text: string, widthPx: number): string {
  const characters = Math.floor((widthPx - 6) / characterWidth);
  if (text.length <= characters) return text;
  return characters < charactersLeast ? "" : `${text.slice(0, characters - 1)}…`;
}

/**
 * The flame graph of a profile as SVG: the root on top, what a function called below it, as wide as its share of the busy
 * time. What a function did itself is where nothing is below it. The same profile gives the same bytes.
 */
export function flameGraph(profile: CpuProfile, { title }: { title: string }): string {
  const root = callTree(profile);
  const sampledUs = profile.timeDeltas.reduce((sum, us) => sum + Math.max(0, us), 0);
  const scale = innerWidth / root.totalUs;
  const rows: string[][] = [];

  const draw = ({ callFrame, totalUs, children }: Frame, left: number, depth: number): void => {
    const frameWidth = totalUs * scale;
    if (frameWidth < leastShare * innerWidth) return;
    const name = functionNameOf(callFrame);
    const { url, lineNumber } = callFrame;
    const where = url === "" ? name : `${name} ${fileOf(url)}:${lineNumber + 1}`;
    const took = `${number((100 * totalUs) / root.totalUs)} %, ${number(totalUs / 1_000)} ms`;
    const kind = kinds.find((each) => each.url.test(url))!;
    const text = fitting(name, frameWidth);
    (rows[depth] ??= []).push(
      `<g><title>${escaped(where)}\n${took}</title><rect class="${kind.style}" x="${number(left)}" width="${number(frameWidth)}" height="${rowHeight}"/>${
        text === "" ? "" : `<text x="${number(left + 3)}" y="12">${escaped(text)}</text>`
      }</g>`,
    );
    let childLeft = left;
    for (const child of children) {
      draw(child, childLeft, depth + 1);
      childLeft += child.totalUs * scale;
    }
  };
  if (root.totalUs > 0) draw(root, margin.side, 0);
  const frames = rows.map(
    (row, depth) => `<g transform="translate(0 ${margin.top + depth * rowHeight})">\n${row.join("\n")}\n</g>`,
  );

  let x = margin.side;
  const legend = kinds.map((kind) => {
    const at = x;
    x += 28 + kind.legend.length * 6.2;
    return `<rect class="${kind.style}" x="${number(at)}" y="48" width="11" height="11" rx="2"/><text x="${number(at + 15)}" y="57">${escaped(kind.legend)}</text>`;
  });
  const height = margin.top + rows.length * rowHeight + margin.bottom;
  const busy = `${number(root.totalUs / 1_000)} ms busy of ${number(sampledUs / 1_000)} ms; shares are of the busy time; below ${number(100 * leastShare)} % they are left out`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    style,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="title" x="${margin.side}" y="20">${escaped(title)}</text>`,
    `<text x="${margin.side}" y="38">${escaped(busy)}</text>`,
    ...legend,
    ...frames,
    "</svg>",
    "",
  ].join("\n");
}
