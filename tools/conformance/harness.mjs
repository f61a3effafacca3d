// What the cases share: tasks of clients in processes of their own, waiting, files of records.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const taskTimeoutMs = 180_000;
const children = new Set();
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));

/** Runs one task of a client. Resolves with its last event; `onEvent` sees all, `stop()` asks it to end, `crash()` does not. */
export function runTask(client, task, onEvent = () => undefined) {
  const [command, args] = client.command(task);
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  children.add(child);
  let last;
  let errors = "";
  child.stderr.on("data", (data) => (errors = (errors + data).slice(-2000)));
  const finished = new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(
        new Error(
          `${task.op} took longer than ${taskTimeoutMs / 1000} s; last event: ${JSON.stringify(last)} ${errors}`,
        ),
      );
    }, task.timeoutMs ?? taskTimeoutMs);
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      try {
        last = JSON.parse(line);
      } catch {
        return;
      }
      onEvent(last);
    });
    child.on("close", () => {
      clearTimeout(timer);
      children.delete(child);
      if (last?.event === "done") resolve(last);
      else if (last?.event === "skipped") resolve({ skipped: last.reason });
      else reject(new Error(`${task.op}: ${last?.error ?? errors ?? "ended without a word"}`.slice(0, 600)));
    });
  });
  return { finished, stop: () => child.kill("SIGTERM"), crash: () => child.kill("SIGKILL") };
}

/** This client cannot do it: reported by name, neither passed nor failed. */
export class Skip extends Error {}

/** Text that does not compress away, the same for the same seed. */
export const text = (seed, bytes) => {
  let out = "";
  for (let i = 0; out.length < bytes; i++) out += createHash("sha256").update(`${seed}:${i}`).digest("base64url");
  return out.slice(0, bytes);
};
export const b64 = (value) => (value === null ? null : Buffer.from(value).toString("base64"));

export const readLines = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
export const readRecords = (file) => readLines(file).map((line) => JSON.parse(line));
export const valuesOf = (files) => files.flatMap((file) => readRecords(file).map(({ v }) => v));

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

export async function until(condition, what, timeoutMs = 60_000) {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
