/** One line of a dump, without its line end: on standard output, or among the complaints on standard error. */
export interface DumpLine {
  readonly stream: "out" | "err";
  readonly text: string;
}

export function out(text: string): DumpLine {
  return { stream: "out", text };
}

export function err(text: string): DumpLine {
  return { stream: "err", text };
}
