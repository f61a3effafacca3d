import type { Measurement } from "../measurement";
import { aligned, markdown, workloadTables } from "./table";

const row = (system: string, round: number, mbPerSecond: number): Measurement => ({
  workload: "produce",
  point: "base",
  system,
  round,
  figures: { mbPerSecond },
});

test("medians, and the ratio to Apache Kafka of the same number of brokers, pair by pair", () => {
  const measurements = [
    row("one", 1, 100),
    row("kafka", 1, 50),
    row("one", 2, 10),
    row("kafka", 2, 10),
    row("one", 3, 400),
    row("kafka", 3, 100),
  ];
  const [table] = workloadTables({ measurements });
  expect(table!.title).toBe("produce");
  expect(table!.rows).toEqual([
    ["point", "system", "MB/s", "×"],
    ["base", "one", "100", "2.00"],
    ["", "kafka", "50", ""],
  ]);
});

test("without Apache Kafka there is no column of ratios", () => {
  expect(workloadTables({ measurements: [row("one", 1, 100)] })[0]!.rows[0]).toEqual(["point", "system", "MB/s"]);
});

test("text is aligned; markdown keeps its bars", () => {
  expect(
    aligned(
      [
        ["a", "b"],
        ["ccc", "10"],
      ],
      1,
    ),
  ).toEqual(["a     b", "ccc  10"]);
  expect(
    markdown(
      [
        ["x", "n"],
        ["a|b", "1"],
      ],
      1,
    ),
  ).toEqual(["| x | n |", "| --- | --: |", "| a\\|b | 1 |"]);
});
