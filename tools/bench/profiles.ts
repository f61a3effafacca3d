// CPU profiles of Moldau's processes while a run runs; cpu-profile.cjs is in each of them, switched on and off by a signal.
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { basename, join, relative, sep } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type CallFrame, type CpuProfile, topOfProfile } from "./profile-summary";
import { flameGraph } from "./report/flame";
import type { System } from "./systems/system";
import type { Step } from "./workloads/step";

const repository = join(__dirname, "../..");
const linesShown = 12;
const writtenTimeoutMs = 20_000;

/** The name of a profile's file: what was measured, of which process. */
export const profileName = (parts: readonly (string | number)[]): string =>
  `${parts
    .join("-")
    .replace(/[^\w.=-]+/g, "_")
    .slice(0, 120)}.cpuprofile`;

/**
 * The same profile, but of functions in a bundle it says the file that they were written in, relative to the repository.
 * @param mapOf the source map of a file, by its URL; undefined: it has none
 */
export function withSources(profile: CpuProfile, mapOf: (url: string) => SourceMap | undefined): CpuProfile {
  const maps = new Map<string, SourceMap | undefined>();
  const written = (callFrame: CallFrame): CallFrame => {
    const { url, lineNumber, columnNumber } = callFrame;
    if (!url.startsWith("file:") || url.includes("/node_modules/")) return callFrame;
    if (!maps.has(url)) maps.set(url, mapOf(url));
    const entry = maps.get(url)?.findEntry(lineNumber, columnNumber);
    if (entry === undefined || !("originalSource" in entry)) return callFrame;
    const path = relative(repository, fileURLToPath(new URL(entry.originalSource, url)));
    return { ...callFrame, url: path.replaceAll(sep, "/"), lineNumber: entry.originalLine };
  };
  return { ...profile, nodes: profile.nodes.map((node) => ({ ...node, callFrame: written(node.callFrame) })) };
}

/** Works for the runner's `around`. Profiled figures are slower than others: they say where time goes, not how much. */
export class Profiles {
  private round = 0;
  private readonly startedMs = Date.now();

  constructor(
    readonly folder: string,
    private readonly say: (line: string) => void,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  async around<T>(system: System, step: Step, work: () => Promise<T>): Promise<T> {
    // Apache Kafka's JVMs have profilers of their own.
    const processes = system.name.startsWith("kafka") ? [] : system.processes().filter(({ name }) => name !== "up");
    for (const { pid } of processes) process.kill(pid, "SIGUSR2");
    try {
      return await work();
    } finally {
      this.round++;
      for (const { name, pid } of processes) {
        process.kill(pid, "SIGUSR2");
        const parts = [step.workload, step.point.slice(0, 30), system.name, name, this.round];
        await this.keep(pid, join(this.folder, profileName(parts)));
      }
    }
  }

  private async keep(pid: number, path: string): Promise<void> {
    const written = join(this.folder, `${pid}.cpuprofile`);
    for (const deadline = Date.now() + writtenTimeoutMs; !existsSync(written); await delay(100)) {
      if (Date.now() > deadline) return this.say(`no profile of process ${pid} was written`);
    }
    // The file appears before it is whole.
    await delay(300);
    renameSync(written, path);
    this.say(path);
    const text = readFileSync(path, "utf8");
    const picture = path.replace(/\.cpuprofile$/, ".svg");
    const profile = withSources(JSON.parse(text) as CpuProfile, (url) => this.mapOf(url));
    writeFileSync(picture, flameGraph(profile, { title: basename(picture, ".svg") }));
    this.say(picture);
    for (const line of topOfProfile(text, linesShown)) this.say(line);
  }

  private mapOf(url: string): SourceMap | undefined {
    const path = `${fileURLToPath(url)}.map`;
    // One that was written meanwhile is of another bundle than that which runs, and would name the wrong functions.
    if (!existsSync(path) || statSync(path).mtimeMs > this.startedMs) return undefined;
    return new SourceMap(JSON.parse(readFileSync(path, "utf8")) as SourceMapPayload);
  }
}
