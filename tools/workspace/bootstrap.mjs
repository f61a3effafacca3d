// What stands behind `npm start`, `npm test` and `npm run build`: installs and builds if, and only if, that is needed.
// Runs on a fresh clone, so it imports nothing but Node.
//   node tools/workspace/bootstrap.mjs start|test|bundle|build|run [arguments]
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const installStamp = join(root, "node_modules/.moldau-installed");
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Moldau needs Node 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`);
  process.exit(2);
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** `npm ci` where the lock file differs from the one that was installed last. */
export function ensureInstalled() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(installStamp) && readFileSync(installStamp, "utf8") === lock) return;
  process.stderr.write("Installing packages (once; about half a minute) …\n");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { shell: process.platform === "win32" });
  writeFileSync(installStamp, lock);
}

function newestSource(dir, newest = 0) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name === "dist" || entry.name === "node_modules" || entry.name === "testdata") continue;
    const path = join(dir, entry.name);
    if (entry.isDirectory()) newest = newestSource(path, newest);
    else if (/\.(ts|json)$/.test(entry.name)) newest = Math.max(newest, statSync(path).mtimeMs);
  }
  return newest;
}

/** The apps that are programs, each one bundle with third-party packages left outside. */
export const programs = ["controller", "broker", "coordinator", "gateway", "standalone", "cli"];
export const bundleOf = (app) => join(root, "apps", app, "dist", `${app}.cjs`);

/** Bundles the programs where a source is newer than the bundles; 0.2 s. */
export function ensureBuilt() {
  const stamp = join(root, "apps/cli/dist/.bundled");
  const newest = Math.max(newestSource(join(root, "libs")), newestSource(join(root, "apps")));
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest) return;
  const { buildSync } = createRequire(join(root, "package.json"))("esbuild");
  for (const app of programs) {
    buildSync({
      absWorkingDir: root,
      entryPoints: [join(root, "apps", app, "src/main.ts")],
      outfile: bundleOf(app),
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      conditions: ["@moldau/source"],
      external: Object.keys(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).dependencies),
      sourcemap: "linked",
      logLevel: "warning",
    });
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, "");
}

/** Type-checks and emits every room's declarations. */
export function typeCheck() {
  run(process.execPath, [join(root, "tools/workspace/tsc.mjs")]);
  run(process.execPath, [join(root, "tools/workspace/tsc.mjs"), "-p", "tsconfig.spec.json"]);
}

async function main([command, ...args]) {
  process.chdir(root);
  ensureInstalled();
  switch (command) {
    case "start":
      ensureBuilt();
      process.argv.splice(1, process.argv.length - 1, bundleOf("standalone"), "up", ...args);
      await import(pathToFileURL(bundleOf("standalone")).href);
      return;
    case "test":
      ensureBuilt();
      if (args.length === 0) typeCheck();
      run(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), ...args]);
      return;
    case "bundle":
      ensureBuilt();
      return;
    case "build":
      typeCheck();
      ensureBuilt();
      return;
    case "run": {
      // A tool of the repository that wants the packages and the bundles to be there: bootstrap.mjs run tools/x.mjs …
      ensureBuilt();
      const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
      for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
      child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
      return;
    }
    default:
      console.error(`bootstrap.mjs: unknown command ${command}; one of start, test, bundle, build, run`);
      process.exit(2);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
