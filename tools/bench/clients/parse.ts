// What the performance tools of others print.
import type { Figures } from "../measurement";

/** kafka-producer-perf-test's last line: of all records that were sent. @throws Error where there is none */
export function javaProducer(output: string): Figures {
  const line = output
    .trim()
    .split("\n")
    .reverse()
    .find((each) => each.includes("99.9th"));
  const found =
    line &&
    /^(\d+) records sent, ([\d.]+) records\/sec \(([\d.]+) MB\/sec\), .* (\d+) ms 50th, .* (\d+) ms 99th/.exec(line);
  if (!found) throw new Error(`kafka-producer-perf-test said nothing of all records: ${output.slice(-200)}`);
  const [, records, perSecond, mib, p50, p99] = found.map(Number) as [number, number, number, number, number, number];
  return { records, recordsPerSecond: perSecond, mbPerSecond: mib * 1.048576, queueP50Ms: p50, queueP99Ms: p99 };
}

/** kafka-consumer-perf-test: headings, then one line of figures. `fetch…` leaves the joining of the group out. */
export function javaConsumer(output: string): Figures {
  const lines = output.split("\n").map((line) => line.split(", ").map((cell) => cell.trim()));
  const at = lines.findIndex((cells) => cells.includes("fetch.MB.sec"));
  const head = lines[at];
  const cells = lines[at + 1];
  if (head === undefined || cells?.length !== head.length) {
    throw new Error(`kafka-consumer-perf-test said no figures: ${output.slice(-200)}`);
  }
  const of = (name: string) => Number(cells[head.indexOf(name)]);
  return {
    records: of("data.consumed.in.nMsg"),
    recordsPerSecond: of("fetch.nMsg.sec"),
    mbPerSecond: of("fetch.MB.sec") * 1.048576,
  };
}

/** rdkafka_performance's summary, of a producer or a consumer. */
export function rdkafka(output: string): Figures {
  const lines = output.split("\n").filter((line) => /^% \d+ messages/.test(line));
  const found = /^% (\d+) messages.* \((\d+) bytes\).* in (\d+)ms: (\d+) msgs\/s (?:and |\()([\d.]+) MB\/s/.exec(
    lines.at(-1) ?? "",
  );
  if (!found) throw new Error(`rdkafka_performance said nothing of all messages: ${output.slice(-200)}`);
  const [, records, , , perSecond, mb] = found.map(Number) as [number, number, number, number, number, number];
  return { records, recordsPerSecond: perSecond, mbPerSecond: mb };
}
