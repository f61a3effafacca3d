import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { lockDirectory, parseHolder } from "./directory-lock";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "directory-lock-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const path = (): string => join(directory, ".lock");

it("keeps a second store of this process out until the first lets go", async () => {
  const held = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toThrow(`in use by process ${process.pid}`);
  await held.release();
  await (await lockDirectory(directory)).release();
});

it("keeps out while the holder lives, and not when it was killed", async () => {
  const holder = spawn("sleep", ["60"]);
  const stat = readFileSync(`/proc/${holder.pid}/stat`, "utf8");
  const startTicks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]!;
  const content = JSON.stringify({ pid: holder.pid, startTicks, host: hostname() });
  writeFileSync(path(), content);
  await expect(lockDirectory(directory)).rejects.toThrow(`in use by process ${holder.pid}; stop it`);
  expect(readFileSync(path(), "utf8")).toBe(content);
  const gone = new Promise((resolve) => holder.once("exit", resolve));
  holder.kill("SIGKILL");
  await gone;
  const held = await lockDirectory(directory);
  expect(parseHolder(readFileSync(path(), "utf8"))?.pid).toBe(process.pid);
  await held.release();
});

it("knows a pid that was given to another process since", async () => {
  writeFileSync(path(), JSON.stringify({ pid: process.ppid, startTicks: "1", host: hostname() }));
  await (await lockDirectory(directory)).release();
});

it.each(["", "{", "[]", '{"pid":"x"}'])("takes %j, which is no holder's, for nothing", async (content) => {
  writeFileSync(path(), content);
  await (await lockDirectory(directory)).release();
});

it("lets one of many through at a time", async () => {
  writeFileSync(path(), JSON.stringify({ pid: 2 ** 22 + 1, startTicks: "1", host: hostname() }));
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)));
  const winners = outcomes.filter((outcome) => outcome.status === "fulfilled");
  expect(winners).toHaveLength(1);
  await winners[0]!.value.release();
  expect(execFileSync("ls", ["-A", directory]).toString()).toBe("");
});
