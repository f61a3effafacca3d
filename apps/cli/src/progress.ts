import type { Output } from "./terminal";

export interface Progress {
  update(value: number): void;
  stop(): void;
}

const silent: Progress = { update: () => undefined, stop: () => undefined };

/** A bar on standard error while something long with a known end goes on; nothing where nobody watches. */
export async function startProgress(
  notes: Output,
  work: { what: string; total: number | undefined; unit: "records" | "bytes" | "partitions" },
): Promise<Progress> {
  if (!notes.isTerminal || !notes.stream || !work.total) return silent;
  const { SingleBar } = await import("cli-progress");
  const show = (value: number): string => (work.unit === "bytes" ? bytes(value) : value.toLocaleString("en-US"));
  const bar = new SingleBar({
    format: `${work.what} {bar} {percentage}% | {done} of ${show(work.total)} ${work.unit === "bytes" ? "" : `${work.unit} `}| {eta_formatted} left`,
    stream: notes.stream,
    hideCursor: true,
    clearOnComplete: true,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    fps: 10,
    etaBuffer: 50,
  });
  bar.start(work.total, 0, { done: show(0) });
  return { update: (value) => bar.update(value, { done: show(value) }), stop: () => bar.stop() };
}

/** A size for people: 1.5 MB, with Kafka's binary units. */
export function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
