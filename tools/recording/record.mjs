// Records the README's first five minutes: runs the commands for real, keeps what they print and how long they took, and
// draws them as an animated SVG.
//   node tools/recording/record.mjs            writes tools/recording/first-five-minutes.svg
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const data = mkdtempSync(join(tmpdir(), "moldau-recording-"));

const steps = [
  {
    note: "terminal 1: a cluster",
    command: "npm start",
    until: /moldau ready/,
    actual: ["npm", "start", "--silent", "--", "--data", data],
  },
  { note: "terminal 2: a topic, records in, records out", command: "npx moldau topic create orders --partitions 3" },
  { command: "printf 'ada:tea\\nbob:coffee\\n' | npx moldau produce orders -K :" },
  { command: "npx moldau consume orders --offset beginning -e -f '%k bought %s (partition %p, offset %o)\\n'" },
  { command: "npx moldau consume orders -g shop --offset beginning -c 2" },
  { command: "npx moldau group describe shop" },
  { command: "npx moldau cluster info" },
];

function run(step) {
  return new Promise((resolve, reject) => {
    const started = Date.now();
    const child = step.actual
      ? spawn(step.actual[0], step.actual.slice(1), { cwd: root, stdio: ["ignore", "pipe", "pipe"], detached: true })
      : spawn("bash", ["-c", step.command], {
          cwd: root,
          stdio: ["ignore", "pipe", "pipe"],
          env: { ...process.env, NO_COLOR: "1" },
        });
    let output = "";
    const take = (data) => {
      output += data;
      if (step.until?.test(output)) resolve({ child, output, ms: Date.now() - started });
    };
    child.stdout.on("data", take);
    // npm's own remarks about the machine it runs on are not part of the story.
    child.stderr.on("data", (data) => take(String(data).replace(/^npm (warn|notice).*\n?/gm, "")));
    child.on("close", (code) => {
      if (step.until) return reject(new Error(`${step.command} ended with status ${code}: ${output}`));
      if (code !== 0) return reject(new Error(`${step.command}: status ${code}\n${output}`));
      resolve({ child, output, ms: Date.now() - started });
    });
  });
}

const lines = []; // {text, at, kind: note | command | output}
let at = 0.6;
let cluster;
try {
  for (const step of steps) {
    const { child, output, ms } = await run(step);
    if (step.until) cluster = child;
    if (step.note) lines.push({ text: `# ${step.note}`, at, kind: "note" });
    lines.push({ text: `$ ${step.command}`, at: at + 0.3, kind: "command" });
    at += 0.5 + Math.min(2.5, ms / 1000);
    for (const text of output.replace(/\n$/, "").split("\n")) lines.push({ text, at, kind: "output" });
    lines.push({ text: "", at, kind: "output" });
    at += 1.2;
    console.log(`$ ${step.command}\n${output}`);
  }
} finally {
  // As Ctrl-C would: to the whole process group, for npm stands between us and the cluster.
  if (cluster) process.kill(-cluster.pid, "SIGINT");
  await new Promise((resolve) => (cluster ? cluster.on("close", resolve) : resolve()));
  rmSync(data, { recursive: true, force: true });
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const columns = Math.max(84, ...lines.map(({ text }) => text.length));
const [charWidth, lineHeight, pad] = [8.43, 19, 18];
const width = Math.round(columns * charWidth + 2 * pad);
const height = lines.length * lineHeight + 2 * pad + 20;
const body = lines
  .map(({ text, at: seconds, kind }, i) => {
    const y = pad + 34 + i * lineHeight;
    return `<text x="${pad}" y="${y}" class="${kind}" style="animation-delay:${seconds.toFixed(2)}s">${escape(text)}</text>`;
  })
  .join("\n");
writeFileSync(
  join(root, "tools/recording/first-five-minutes.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #d7dae0; white-space: pre; opacity: 0; animation: show 0.01s linear forwards; }
.note { fill: #7f8896; }
.command { fill: #8fd18b; }
@keyframes show { to { opacity: 1; } }
@media (prefers-reduced-motion: reduce) { text { animation: none; opacity: 1; } }
</style>
<rect width="100%" height="100%" rx="8" fill="#1b1e24"/>
<circle cx="20" cy="18" r="6" fill="#e0685f"/><circle cx="40" cy="18" r="6" fill="#e2b84d"/><circle cx="60" cy="18" r="6" fill="#6bbf59"/>
${body}
</svg>
`,
);
console.log(`tools/recording/first-five-minutes.svg: ${lines.length} lines, ${at.toFixed(0)} s`);
