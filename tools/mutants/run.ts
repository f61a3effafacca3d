// npm run mutants: plants one fault after another and looks for the seed that notices. Exit status 1 when fewer than 95 %
// are noticed, or when one does not apply any more.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { mutantOf, mutants } from "./catalog";
import { bundleArena, bundleScenario, hunt, missing, runScenario, stopHunts, type Hunt } from "./hunt";
import type { Arena, Mutant } from "./mutant";

const NEEDED = 0.95;

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    arena: { type: "string" },
    seeds: { type: "string", default: "2000" },
    from: { type: "string", default: "1" },
    seconds: { type: "string", default: "90" },
    workers: { type: "string", default: "2" },
    json: { type: "string" },
    list: { type: "boolean", default: false },
    help: { type: "boolean", short: "h" },
  },
});

if (options.help) {
  console.log(`Plants faults in the source, one at a time, and hunts each with the simulation.

  --only a,b     these mutants
  --arena raft   only those for raft's own simulation, or for the whole cluster's (cluster)
  --seeds N      give a mutant up after so many seeds (default 2000)
  --seconds S    or after so many seconds (default 90)
  --from S       first seed (default 1)
  --workers N    mutants hunted at once (default 2)
  --json FILE    the table as JSON too
  --list         only list them

Examples:
  npm run mutants
  npm run mutants -- --only ack-before-replication --seeds 10000 --seconds 600`);
  process.exit(0);
}

const whole = (name: "seeds" | "from" | "seconds" | "workers"): number => {
  const value = Number(options[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  console.error(`--${name} ${options[name]}: a whole number above 0, please`);
  process.exit(2);
};
const range = { from: whole("from"), seeds: whole("seeds"), seconds: whole("seconds"), hangSeconds: 240 };

interface Row {
  mutant: Mutant;
  outcome: "caught" | "survived" | "not run";
  hunt?: Hunt;
  /** What the direct scenario said, where the simulation met nothing. */
  direct?: string;
  detail?: string;
}

/** Whether the product as it is fails under a seed too: then the seed says nothing of the mutant. */
class Originals {
  readonly #directory: string;
  readonly #bundles = new Map<Arena, Promise<string>>();
  readonly #fails = new Map<string, Promise<boolean>>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  fails({ arena, profile }: Mutant, seed: number): Promise<boolean> {
    const key = `${arena} ${profile} ${seed}`;
    let fails = this.#fails.get(key);
    if (fails === undefined) this.#fails.set(key, (fails = this.#run(arena, profile, seed)));
    return fails;
  }

  async #run(arena: Arena, profile: string | undefined, seed: number): Promise<boolean> {
    let original = this.#bundles.get(arena);
    if (original === undefined) this.#bundles.set(arena, (original = bundleArena(this.#directory, arena, undefined)));
    return (await hunt(await original, { ...range, profile, from: seed, seeds: 1 })).caught !== undefined;
  }
}

/** Seeds that fail without the fault are skipped; the hunt goes on behind them. */
async function huntOne(mutant: Mutant, directory: string, originals: Originals): Promise<Row> {
  const absent = missing(mutant.arena);
  if (absent !== undefined) return { mutant, outcome: "not run", detail: absent };
  const bundled = await bundleArena(directory, mutant.arena, mutant);
  const total: Hunt = { caught: undefined, seedsTried: 0, seconds: 0 };
  const skipped: number[] = [];
  while (total.seedsTried < range.seeds && total.seconds < range.seconds) {
    const one = await hunt(bundled, {
      ...range,
      from: range.from + total.seedsTried,
      seeds: range.seeds - total.seedsTried,
      seconds: range.seconds - total.seconds,
      profile: mutant.profile,
    });
    total.seedsTried += one.seedsTried;
    total.seconds += one.seconds;
    if (one.caught === undefined) break;
    if (!(await originals.fails(mutant, one.caught.seed))) {
      total.caught = one.caught;
      break;
    }
    skipped.push(one.caught.seed);
    // A seed that hung printed nothing, and still was one.
    total.seedsTried = Math.max(total.seedsTried, one.caught.seed - range.from + 1);
  }
  const { direct } = mutant;
  if (total.caught === undefined && direct !== undefined) {
    const message = await runScenario(await bundleScenario(directory, { ...mutant, direct }));
    if (message !== undefined) return { mutant, outcome: "caught", hunt: total, direct: message };
  }
  const detail = skipped.length > 0 ? `seeds that fail without it too: ${skipped.join(", ")}` : undefined;
  return { mutant, outcome: total.caught === undefined ? "survived" : "caught", hunt: total, detail };
}

function print(rows: readonly Row[]): void {
  const table = new Table({
    head: ["mutant", "caught by seed", "invariant", "seeds tried", "seconds"],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "left", "right", "right"],
  });
  for (const { mutant, outcome, hunt: done, direct, detail } of rows) {
    const caught = done?.caught;
    table.push([
      mutant.name,
      (caught && `${caught.seed}${mutant.profile === undefined ? "" : ` (${mutant.profile})`}`) ??
        (direct === undefined ? outcome.toUpperCase() : "a direct test"),
      caught?.invariant ?? direct ?? detail ?? "",
      done?.seedsTried ?? 0,
      done?.seconds.toFixed(1) ?? "",
    ]);
  }
  console.log(table.toString());
}

async function main(): Promise<number> {
  const named = options.only?.split(",").map((name) => mutantOf(name.trim())) ?? mutants;
  const wanted = named.filter(({ arena }) => options.arena === undefined || arena === options.arena);
  if (options.list) {
    for (const { name, arena, file, why } of wanted) console.log(`${name} (${arena}, ${file}): ${why}`);
    return 0;
  }
  const directory = mkdtempSync(join(tmpdir(), "moldau-mutants-"));
  const rows = new Map<Mutant, Row>();
  try {
    const originals = new Originals(directory);
    const waiting = [...wanted];
    const work = async (): Promise<void> => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const row = await huntOne(mutant, directory, originals);
        rows.set(mutant, row);
        const caught = row.hunt?.caught;
        const said =
          caught === undefined ? row.outcome : `caught by seed ${caught.seed}: ${caught.invariant}: ${caught.message}`;
        process.stderr.write(`${rows.size}/${wanted.length} ${mutant.name}: ${said}\n`);
      }
    };
    await Promise.all(Array.from({ length: whole("workers") }, work));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  const inOrder = wanted.map((mutant) => rows.get(mutant)!);
  print(inOrder);
  if (options.json !== undefined) {
    const plain = inOrder.map(({ mutant: { name, file, breaks, why }, ...row }) => ({
      name,
      file,
      breaks,
      why,
      ...row,
    }));
    writeFileSync(options.json, `${JSON.stringify(plain, null, 2)}\n`);
  }
  const caught = inOrder.filter(({ outcome }) => outcome === "caught").length;
  const share = caught / inOrder.length;
  console.log(
    `${caught} of ${inOrder.length} mutants caught (${(share * 100).toFixed(1)} %; ${NEEDED * 100} % are needed)`,
  );
  const survivors = inOrder.filter(({ outcome }) => outcome !== "caught");
  if (survivors.length > 0) console.log(`not caught: ${survivors.map(({ mutant }) => mutant.name).join(", ")}`);
  return share >= NEEDED ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stopHunts();
    process.exit(1);
  });
}
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
