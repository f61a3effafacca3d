// Which points are measured: never the whole cross product, but one thing varied at a time around the base point.
import type { Kind } from "./systems/catalog";
import { consume, FilledTopic } from "./workloads/consume";
import { base, produce } from "./workloads/produce";
import type { Amounts, Step } from "./workloads/step";
import { firstBytes, warmUp } from "./workloads/warm-up";

export type Scale = "quick" | "full";

const MB = 1e6;
export const amountsOf: Readonly<Record<Scale, Amounts>> = {
  quick: { durationMs: 1_500, bytesMax: 600 * MB, warmUpBytes: 1_000 * MB, consumeBytes: 500 * MB },
  full: { durationMs: 1_500, bytesMax: 600 * MB, warmUpBytes: 1_000 * MB, consumeBytes: 500 * MB },
};

const everyKind: readonly Kind[] = ["one", "ports", "self", "kafka"];

export function planOf(_scale: Scale, rounds: number): Step[] {
  const filled = new FilledTopic();
  return [
    {
      workload: "first bytes",
      point: "1 GB",
      brokers: 1,
      kinds: everyKind,
      rounds: 1,
      seconds: 8,
      always: true,
      run: firstBytes,
    },
    { workload: "warm-up", point: "", brokers: 1, kinds: everyKind, rounds: 2, seconds: 8, always: true, run: warmUp },
    { workload: "produce", point: "base", brokers: 1, kinds: everyKind, rounds, seconds: 3, run: produce(base) },
    {
      workload: "consume",
      point: "page cache",
      brokers: 1,
      kinds: everyKind,
      rounds,
      seconds: 2,
      before: async (bench) => void (await filled.on(bench)),
      run: consume(filled),
      after: (bench) => filled.drop(bench),
    },
  ];
}
