// The hidden `moldau __complete -- words…`: what the shells' scripts call at each Tab. Never fails, never waits long.
import type { Admin } from "@moldau/client";
import type { Command } from "commander";
import { parseBootstrap } from "../parse-options";
import { plural } from "../render";
import { defaultBootstrap } from "../session";
import type { Terminal } from "../terminal";
import { complete, type Candidate, type Completion } from "./candidates";

/** Longer than a cluster nearby takes, shorter than a person's patience with Tab. */
export const completionTimeoutMs = 1200;

/** Writes `word<Tab>meaning`, one a line. */
export async function runComplete(program: Command, words: readonly string[], terminal: Terminal): Promise<void> {
  const completion = complete(program, words);
  const found = [...completion.candidates, ...(await fromSource(completion, terminal))];
  const lines = found
    .filter(({ word }) => word.startsWith(completion.typed))
    .map(({ word, meaning }) => `${completion.prefix}${word}\t${meaning}\n`);
  if (lines.length > 0) await terminal.output.write(lines.join(""));
}

async function fromSource({ source, bootstrap }: Completion, terminal: Terminal): Promise<Candidate[]> {
  switch (source) {
    case undefined:
      return [];
    case "config-keys": {
      const { topicConfigDefinitions } = await import("@moldau/config");
      return [...topicConfigDefinitions.values()].map(({ name, documentation }) => ({
        word: `${name}=`,
        meaning: documentation,
      }));
    }
    case "topics":
      return ask(terminal, bootstrap, async (admin) =>
        (await admin.listTopics())
          .filter(({ internal }) => !internal)
          .map(({ name, partitions }) => ({ word: name, meaning: plural(partitions, "partition") })),
      );
    case "groups":
      return ask(terminal, bootstrap, async (admin) =>
        (await admin.listGroups()).map(({ groupId, state }) => ({ word: groupId, meaning: state })),
      );
  }
}

async function ask(
  terminal: Terminal,
  bootstrap: string | undefined,
  question: (admin: Admin) => Promise<Candidate[]>,
): Promise<Candidate[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Candidate[]>((resolve) => {
    timer = setTimeout(() => resolve([]), completionTimeoutMs);
  });
  const answer = async (): Promise<Candidate[]> => {
    const addresses = parseBootstrap(bootstrap ?? defaultBootstrap(terminal));
    const client = await terminal.client();
    await terminal.reach(addresses);
    const admin = client.createAdmin({
      bootstrap: addresses,
      clientId: "moldau-completion",
      timeoutMs: completionTimeoutMs,
    });
    try {
      const candidates = await question(admin);
      return candidates.sort((a, b) => (a.word < b.word ? -1 : 1));
    } finally {
      await admin.close();
    }
  };
  try {
    return await Promise.race([answer().catch(() => []), late]);
  } finally {
    clearTimeout(timer);
  }
}
