// A clock of its own for each process (libfaketime): it reads how far it is off from a file. The monotonic clock stays
// true, as it does on a machine whose clock is set.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export class ClockSteps {
  constructor(
    private readonly directory: string,
    private readonly library: string,
  ) {
    mkdirSync(directory, { recursive: true });
  }

  environmentOf(name: string): { LD_PRELOAD: string } & Record<string, string> {
    this.step(name, 0);
    return {
      LD_PRELOAD: this.library,
      FAKETIME_TIMESTAMP_FILE: this.fileOf(name),
      FAKETIME_CACHE_DURATION: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      FAKETIME_DONT_RESET: "1",
    };
  }

  /** From about now on the process's clock is off by `byMs`; 0: it is right. */
  step(name: string, byMs: number): void {
    writeFileSync(this.fileOf(name), `${byMs < 0 ? "-" : "+"}${Math.abs(byMs) / 1000}\n`);
  }

  private fileOf(name: string): string {
    return join(this.directory, name);
  }
}
