// Every check that needs no test run: module boundaries and lint rules, format, derived files, gRPC contracts.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./bootstrap.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
ensureInstalled();
const bin = (name) => join(root, "node_modules/.bin", name);
const steps = [
  ["derived files in step with rooms.json", process.execPath, ["tools/workspace/sync.mjs", "--check"]],
  // The boundary rule reads nx's project graph from its cache; without a daemon this command writes it.
  ["project graph", bin("nx"), ["show", "projects", "--json"], { stdio: ["ignore", "ignore", "inherit"] }],
  ["eslint and module boundaries", bin("eslint"), ["--max-warnings", "0", "libs", "apps"]],
  [
    "format",
    bin("prettier"),
    ["--check", "--log-level", "warn", "libs", "apps", "tools", "eslint.config.mjs", "jest.config.cjs"],
  ],
  ["gRPC contracts: lint", bin("buf"), ["lint"], { cwd: join(root, "proto") }],
];
const base = spawnSync("git", ["rev-parse", "--verify", "-q", process.env.MOLDAU_BREAKING_BASE ?? "HEAD~1"], {
  cwd: root,
});
if (
  base.status === 0 &&
  spawnSync("git", ["cat-file", "-e", `${base.stdout.toString().trim()}:proto/buf.yaml`], { cwd: root }).status === 0
) {
  steps.push([
    "gRPC contracts: breaking changes",
    bin("buf"),
    ["breaking", "proto", "--against", `.git#ref=${base.stdout.toString().trim()},subdir=proto`],
  ]);
}
let failed = 0;
for (const [what, command, args, options] of steps) {
  const run = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, NX_DAEMON: "false" },
    ...options,
  });
  console.log(`${run.status === 0 ? "ok    " : "FAILED"} ${what}`);
  if (run.status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
