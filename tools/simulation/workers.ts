import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import type { Done, Job } from "./worker";

const root = join(__dirname, "../..");

/** A seed that takes longer hangs: virtual time stands still. Unit: ms. */
const HANG_MS = 120_000;

/** A process that runs one seed after another. */
export class Worker {
  readonly #child: ChildProcess;
  #answer: ((done: Done) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #errors = "";

  constructor(bundle: string) {
    this.#child = spawn(process.execPath, ["--enable-source-maps", "--max-semi-space-size=64", bundle], {
      cwd: root,
      stdio: ["pipe", "pipe", "pipe"],
    });
    createInterface({ input: this.#child.stdout! }).on("line", (line) => {
      // Only answers begin like this; the product may print.
      if (line.startsWith('{"seed":')) this.#answer?.(JSON.parse(line) as Done);
    });
    this.#child.stderr!.on("data", (data: Buffer) => (this.#errors = (this.#errors + data.toString()).slice(-4_000)));
    this.#child.on("exit", (code) => this.#fail?.(new Error(`the worker ended with status ${code}: ${this.#errors}`)));
  }

  run(job: Job): Promise<Done> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`seed ${job.seed} hangs`)), HANG_MS);
      this.#answer = (done) => {
        clearTimeout(timer);
        resolve(done);
      };
      this.#fail = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      this.#child.stdin!.write(`${JSON.stringify(job)}\n`);
    });
  }

  stop(): void {
    this.#fail = undefined;
    this.#child.kill("SIGKILL");
  }
}

/** Bundles the simulation with all that it runs, so that what others change meanwhile does not matter. */
export async function bundleSimulation(): Promise<{ bundle: string; remove(): void }> {
  const directory = mkdtempSync(join(tmpdir(), "moldau-simulation-"));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const bundle = join(directory, "worker.cjs");
  await build({
    absWorkingDir: root,
    entryPoints: [join(__dirname, "worker.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    conditions: ["@moldau/source"],
    external: Object.keys(dependencies),
    sourcemap: "inline",
    logLevel: "warning",
  });
  return { bundle, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
