// Goes through the steps of a plan: the systems of a step in turn, round after round (A B A B), so that each pair is of one time.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Failure, Measurement, Skipped } from "./measurement";
import { patienceFor, within } from "./patience";
import { type Kind, systemName, systemOf, whyNot } from "./systems/catalog";
import { untilReady } from "./systems/ready";
import type { System } from "./systems/system";
import type { Amounts, Bench, Step } from "./workloads/step";

export interface RunnerOptions {
  kinds: readonly Kind[];
  amountsFor(brokers: 1 | 3): Amounts;
  dir: string;
  port: number;
  profiles?: string;
  /** Told as it goes on; `leftSeconds` is about what remains. */
  say(line: string, leftSeconds: number): void;
  /** Around each run, where profiles are wanted. */
  around?<T>(system: System, step: Step, work: () => Promise<T>): Promise<T>;
}

export interface RunnerResult {
  measurements: Measurement[];
  failures: Failure[];
  skipped: Skipped[];
}

const startSeconds = 8;
/** Runs every step, and adds to `result` what each gave; a run that fails is noted there, and the others go on. */
export async function runSteps(steps: readonly Step[], result: RunnerResult, options: RunnerOptions): Promise<void> {
  const measurable = options.kinds.filter((kind) => {
    const why = whyNot(kind);
    if (why !== undefined) result.skipped.push({ what: systemName(kind, 1), why });
    return why === undefined;
  });
  const doable = steps.filter((step) => {
    const why = step.whyNot?.();
    if (why !== undefined) result.skipped.push({ what: step.workload, why });
    return why === undefined;
  });
  const kindsOf = (step: Step) => step.kinds.filter((kind) => measurable.includes(kind));
  const costOf = (step: Step) => step.seconds * step.rounds * kindsOf(step).length;
  let left = doable.reduce((sum, step) => sum + costOf(step), 0);
  for (const brokers of [1, 3] as const) {
    const group = doable.filter((step) => step.brokers === brokers && kindsOf(step).length > 0);
    const wanted = measurable.filter((kind) => group.some((step) => step.kinds.includes(kind)));
    if (wanted.length === 0) continue;
    const benches = new Map<Kind, Bench>();
    try {
      for (const [slot, kind] of wanted.entries()) {
        options.say(`${systemName(kind, brokers)} is started`, left + startSeconds);
        const bench = benchOf(kind, brokers, slot, benches, options);
        try {
          await bench.system.prepare();
          bench.system.launch();
          await untilReady(bench.system);
          benches.set(kind, bench);
        } catch (error) {
          result.failures.push({
            workload: "start",
            point: "",
            system: bench.system.name,
            round: 0,
            error: said(error),
          });
          await bench.system.stop();
        }
      }
      for (const step of group) {
        await runStep(
          step,
          kindsOf(step).flatMap((kind) => benches.get(kind) ?? []),
          result,
          options,
          () => left,
        );
        left -= costOf(step);
      }
    } finally {
      for (const { system } of benches.values()) {
        await system.stop();
        rmSync(system.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      }
    }
  }
}

async function runStep(
  step: Step,
  benches: readonly Bench[],
  result: RunnerResult,
  options: RunnerOptions,
  leftSeconds: () => number,
): Promise<void> {
  const { workload, point } = step;
  const guarded = async (bench: Bench, round: number, work: () => Promise<void>): Promise<boolean> => {
    try {
      await within(patienceFor(step.seconds), Promise.race([work(), bench.system.failed]));
      return true;
    } catch (error) {
      result.failures.push({ workload, point, system: bench.system.name, round, error: said(error) });
      return false;
    }
  };
  const able = new Set<Bench>();
  for (const bench of benches) {
    if (await guarded(bench, 0, () => step.before?.(bench) ?? Promise.resolve())) able.add(bench);
  }
  for (let round = 1; round <= step.rounds; round++) {
    for (const bench of able) {
      const { name } = bench.system;
      options.say(`${workload}, ${point}: ${name}, round ${round} of ${step.rounds}`, leftSeconds());
      bench.round = round;
      const work = async () => {
        const run = () => step.run(bench);
        const outcome = await (options.around?.(bench.system, step, run) ?? run());
        for (const each of [outcome].flat())
          result.measurements.push({ workload, point, system: name, round, ...each });
      };
      // What failed once is not tried again: it might take its whole time every time.
      if (!(await guarded(bench, round, work))) able.delete(bench);
    }
  }
  for (const bench of benches) await guarded(bench, 0, () => step.after?.(bench) ?? Promise.resolve());
}

export const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

let topics = 0;

function benchOf(
  kind: Kind,
  brokers: 1 | 3,
  slot: number,
  group: ReadonlyMap<Kind, Bench>,
  options: RunnerOptions,
): Bench {
  const { dir, port, profiles } = options;
  let fresh = 0;
  return {
    kind,
    system: systemOf(kind, brokers, { dir, port, slot, profiles }),
    replicationFactor: brokers,
    amounts: options.amountsFor(brokers),
    round: 0,
    topicName: () => `bench-${++topics}`,
    remembered: new Map(),
    group,
    fresh: () => {
      const place = join(dir, `fresh-${++fresh}`);
      mkdirSync(place, { recursive: true });
      return systemOf(kind, brokers, { dir: place, port, slot: 5 + slot });
    },
  };
}
