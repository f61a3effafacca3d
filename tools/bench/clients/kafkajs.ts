import { join } from "node:path";
import type { Figures } from "../measurement";
import { run } from "../systems/children";
import type { ClientTask, OtherClient } from "./client";

const program = join(__dirname, "kafkajs-load.mjs");

async function tool(role: "produce" | "consume", task: ClientTask): Promise<Figures> {
  const { stdout } = await run(process.execPath, [program, JSON.stringify({ role, ...task })]);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Figures;
}

export const kafkajs: OtherClient = {
  name: "kafkajs",
  whyNot: () => undefined,
  produce: (task) => tool("produce", task),
  consume: (task) => tool("consume", task),
};
