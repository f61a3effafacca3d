import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { lockDirectory } from "./directory-lock";
import { isProcessAlive } from "./process-alive";

const stateOf = (pid: number): string => / ([A-Z]) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))![1]!;

it("knows its own process, and one that has ended", async () => {
  const ended = spawn("sh", ["-c", "exit"]);
  await new Promise((resolve) => ended.on("close", resolve));
  expect([isProcessAlive(process.pid), isProcessAlive(ended.pid!)]).toEqual([true, false]);
});

(existsSync("/proc/self/stat") ? describe : describe.skip)("a killed process that nobody waits for", () => {
  let parent: ChildProcess;
  let pid: number;

  beforeEach(async () => {
    // Becomes a program that does not know that it has a child.
    parent = spawn("sh", ["-c", "sleep 600 & echo $!; exec sleep 600"], { stdio: ["ignore", "pipe", "ignore"] });
    pid = await new Promise<number>((resolve) =>
      createInterface(parent.stdout!).once("line", (line) => resolve(Number(line))),
    );
    expect(isProcessAlive(pid)).toBe(true);
    // The shell reaps until it is no shell any more.
    while (!readFileSync(`/proc/${parent.pid}/cmdline`, "utf8").startsWith("sleep")) await tick();
    process.kill(pid, "SIGKILL");
    while (stateOf(pid) !== "Z") await tick();
  });
  afterEach(() => void parent.kill("SIGKILL"));

  it("is not alive, although it has its pid", () => {
    expect(isProcessAlive(pid)).toBe(false);
  });

  it("holds no directory", async () => {
    const directory = mkdtempSync(join(tmpdir(), "zombie-"));
    const startTicks = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")[19];
    writeFileSync(join(directory, ".lock"), JSON.stringify({ pid, startTicks, host: hostname() }));
    await (await lockDirectory(directory)).release();
    rmSync(directory, { recursive: true });
  });
});

const tick = () => new Promise((resolve) => setTimeout(resolve, 5));
