import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { end, start } from "./children";
import { type Place, sharedOptions, type System } from "./system";

const moldau = join(__dirname, "../../../apps/cli/bin/moldau.cjs");

/** A cluster as `moldau up` gives it to a user. */
export class Moldau implements System {
  readonly dir: string;
  readonly bootstrap: string;
  failed: Promise<never> = new Promise(() => undefined);
  private process: ChildProcess | undefined;
  private stopping = false;

  /** @param args of `moldau up`; `profiles`: a folder for CPU profiles, see profiles.ts */
  constructor(
    readonly name: string,
    readonly title: string,
    readonly brokers: number,
    private readonly args: readonly string[],
    private readonly place: Place,
    private readonly profiles?: string,
  ) {
    this.dir = place.dir;
    this.bootstrap = `127.0.0.1:${place.port}`;
  }

  prepare(): Promise<void> {
    mkdirSync(this.dir, { recursive: true });
    return Promise.resolve();
  }

  launch(): void {
    const { dir, port, adminPort } = this.place;
    const args = [moldau, "up", ...this.args, "--brokers", String(this.brokers), "--data", dir];
    args.push("--port", String(port), "--admin-port", String(adminPort));
    for (const [key, value] of Object.entries(sharedOptions)) args.push("-o", `${key}=${value}`);
    const env = { ...process.env };
    if (this.profiles !== undefined) {
      env.CPU_PROFILE_DIR = this.profiles;
      env.NODE_OPTIONS = `--require ${join(__dirname, "../cpu-profile.cjs")}`;
    }
    this.stopping = false;
    const child = start(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"], env });
    this.process = child;
    let said = "";
    child.stderr!.on("data", (data) => (said = (said + data).slice(-2_000)));
    this.failed = new Promise((_, reject) => {
      child.once("exit", (code) => {
        if (!this.stopping) reject(new Error(`${this.name} ended with status ${code}: ${said.trim()}`));
      });
    });
    this.failed.catch(() => undefined);
  }

  processes(): { name: string; pid: number }[] {
    if (this.process?.pid === undefined || this.process.exitCode !== null) return [];
    const run = join(this.dir, "run");
    const roles = readdirSync(run).filter((file) => /^\w+-\d+\.pid$/.test(file));
    const named = roles.map((file) => ({ name: file.replace(".pid", ""), pid: Number(readFileSync(join(run, file))) }));
    return [{ name: named.length === 0 ? "moldau" : "up", pid: this.process.pid }, ...named];
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.process !== undefined) await end(this.process);
  }
}
