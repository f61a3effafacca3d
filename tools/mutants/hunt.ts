import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { fileOf } from "./direct";
import { mutate } from "./mutate";
import type { Arena, Mutant } from "./mutant";
import type { HuntLine } from "./seed-loop";

const root = join(__dirname, "../..");
const clusterSimulation = join(root, "libs/simulation/src/index.ts");

export interface Range {
  from: number;
  seeds: number;
  /** Real time for all seeds together, and for one: what takes longer hangs. */
  seconds: number;
  hangSeconds: number;
  /** Profile of the cluster simulation; absent: all faults. */
  profile?: string;
}

export interface Hunt {
  /** Not caught: undefined. */
  caught: { seed: number; invariant: string; message: string } | undefined;
  seedsTried: number;
  seconds: number;
}

/** Why an arena cannot be used; undefined where it can. */
export function missing(arena: Arena): string | undefined {
  return arena === "cluster" && !existsSync(clusterSimulation) ? "libs/simulation is not there" : undefined;
}

/** What the bundle of an arena runs. */
function arenaEntry(arena: Arena): string {
  if (arena === "raft") return 'import "./raft-seeds";';
  return `import { runSeed } from ${JSON.stringify(clusterSimulation)};
    import { runSeeds } from "./seed-loop";
    void runSeeds((seed, profile) => runSeed(seed, { profile }));`;
}

/** Bundles an arena's simulation into `directory`, with the fault in it, or as it is. */
export function bundleArena(directory: string, arena: Arena, mutant: Mutant | undefined): Promise<string> {
  const name = `${arena}-${mutant?.name ?? "original"}`;
  return bundle({ directory, name, entry: arenaEntry(arena), sourcemap: "inline" }, mutant);
}

/** Bundles the direct scenario of a mutant with the fault in it. */
export function bundleScenario(directory: string, mutant: Mutant & { direct: string }): Promise<string> {
  const { direct, name } = mutant;
  const entry = `import { runOne } from "./direct/scenario";
    import { scenarios } from "./direct/${fileOf(direct)}";
    void runOne(scenarios[${JSON.stringify(direct)}]);`;
  return bundle({ directory, name: `direct-${name}`, entry, sourcemap: false }, mutant);
}

async function bundle(
  {
    directory,
    name,
    entry,
    sourcemap,
  }: { directory: string; name: string; entry: string; sourcemap: "inline" | false },
  mutant: Mutant | undefined,
): Promise<string> {
  const modules = join(directory, "node_modules");
  // Third-party packages stay outside of the bundle, and are found from there.
  if (!existsSync(modules)) symlinkSync(join(root, "node_modules"), modules);
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  let planted = false;
  const outfile = join(directory, `${name}.cjs`);
  await build({
    absWorkingDir: root,
    stdin: { contents: entry, resolveDir: __dirname, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    conditions: ["@moldau/source"],
    external: Object.keys(dependencies),
    sourcemap,
    logLevel: "silent",
    plugins: mutant === undefined ? [] : [mutate(mutant, () => (planted = true))],
  });
  if (mutant !== undefined && !planted) {
    throw new Error(`mutant ${mutant.name}: ${mutant.file} is not part of what ${name} runs`);
  }
  return outfile;
}

const children = new Set<ChildProcess>();

/** Ends every hunt that is under way. */
export function stopHunts(): void {
  for (const child of children) child.kill("SIGKILL");
}

/** Runs a bundled scenario; resolves with what it says is wrong, undefined where nothing is. */
export function runScenario(bundled: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bundled], (error, stdout) => {
      resolve(error === null ? undefined : stdout.trim() || error.message);
    });
  });
}

/** Runs seeds in a process of their own until one finds something or the range is used up. */
export function hunt(bundled: string, range: Range): Promise<Hunt> {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [
      "--enable-source-maps",
      bundled,
      "--from",
      String(range.from),
      "--seeds",
      String(range.seeds),
      "--seconds",
      String(range.seconds),
      ...(range.profile === undefined ? [] : ["--profile", range.profile]),
    ],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
  );
  children.add(child);
  let seedsTried = 0;
  let caught: Hunt["caught"];
  let errors = "";
  let watch: NodeJS.Timeout | undefined;
  const expectLine = (): void => {
    clearTimeout(watch);
    const seed = range.from + seedsTried;
    watch = setTimeout(() => {
      caught = { seed, invariant: "hang", message: `seed ${seed} took longer than ${range.hangSeconds} s` };
      child.kill("SIGKILL");
    }, range.hangSeconds * 1000);
  };
  expectLine();
  createInterface({ input: child.stdout }).on("line", (text) => {
    // The product's own logs may be among them.
    if (!text.startsWith('{"seed":')) return;
    const line = JSON.parse(text) as HuntLine;
    seedsTried++;
    if (line.is === "caught") caught = { seed: line.seed, invariant: line.invariant, message: line.message };
    expectLine();
  });
  child.stderr.on("data", (data: Buffer) => (errors = (errors + data.toString()).slice(-2000)));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => {
      clearTimeout(watch);
      children.delete(child);
      if (caught === undefined && (code !== 0 || signal !== null)) {
        // An exception that nobody caught ends the process: the product did not survive this seed.
        const message = errors.trim().split("\n").at(-1) ?? `exit status ${code}`;
        caught = { seed: range.from + seedsTried, invariant: "crash", message };
        seedsTried++;
      }
      resolve({ caught, seedsTried, seconds: (performance.now() - startedAt) / 1000 });
    });
  });
}
