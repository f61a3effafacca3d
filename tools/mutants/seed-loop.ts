import { parseArgs } from "node:util";

/** What a run under one seed found. */
export interface SeedResult {
  violations: readonly { invariant: string; message: string }[];
}

/** What the process that hunts a mutant prints, a JSON line each. */
export type HuntLine =
  | { seed: number; is: "clean"; ms: number }
  | { seed: number; is: "caught"; invariant: string; message: string; ms: number };

/**
 * Runs seeds until one finds something: `--from S --seeds N --seconds T [--profile P]`. A broken assertion of the product counts as found:
 * a simulation that ends with one has failed. Prints a line a seed, so that whoever watches sees one that hangs.
 */
export async function runSeeds(
  runSeed: (seed: number, profile: string | undefined) => SeedResult | Promise<SeedResult>,
): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      seeds: { type: "string" },
      seconds: { type: "string" },
      profile: { type: "string" },
    },
  });
  const from = Number(values.from);
  const say = (line: HuntLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  // A simulation may put virtual time in the place of the globals while it runs.
  const now = performance.now.bind(performance);
  const startedAt = now();
  for (let seed = from; seed < from + Number(values.seeds); seed++) {
    const before = now();
    const took = (): number => Math.round(now() - before);
    const [violation] = await found(() => runSeed(seed, values.profile));
    if (violation !== undefined) {
      say({ seed, is: "caught", invariant: violation.invariant, message: violation.message, ms: took() });
      return;
    }
    say({ seed, is: "clean", ms: took() });
    if (now() - startedAt > Number(values.seconds) * 1000) return;
  }
}

async function found(run: () => SeedResult | Promise<SeedResult>): Promise<SeedResult["violations"]> {
  try {
    return (await run()).violations;
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    // Raft's checkers name the invariant before a colon; anything else is an assertion of the product.
    const invariant = /^([A-Z][a-z]\w+): /.exec(message)?.[1] ?? `assertion (${name})`;
    return [{ invariant, message }];
  }
}
