// Calls of a process that fail on command (libfiu): writes to files and forcing them to disk. Sockets use other calls.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sh } from "./machine";

const EIO = 5;
const points = {
  write: ["posix/io/rw/pwrite", "posix/io/rw/pwritev"],
  sync: ["posix/io/sync/fdatasync", "posix/io/sync/fsync"],
};

export class FailingCalls {
  constructor(
    private readonly directory: string,
    private readonly libraries: string,
  ) {
    mkdirSync(directory, { recursive: true });
  }

  environment(): { LD_PRELOAD: string } & Record<string, string> {
    return { LD_PRELOAD: this.libraries, FIU_CTRL_FIFO: join(this.directory, "control"), FIU_ENABLE: "" };
  }

  /** Every such call of the process fails with EIO from now on. */
  async begin(pid: number, what: "write" | "sync" | "both"): Promise<void> {
    await this.tell(
      pid,
      pointsOf(what).map((name) => `enable name=${name},failinfo=${EIO}`),
    );
  }

  async end(pid: number): Promise<void> {
    await this.tell(
      pid,
      pointsOf("both").map((name) => `disable name=${name}`),
    );
  }

  private async tell(pid: number, commands: readonly string[]): Promise<void> {
    // One that has just started, or ended, has no pipe: then nothing fails, and nothing has to be undone.
    await sh(
      "timeout",
      "2",
      "fiu-ctrl",
      "-f",
      join(this.directory, "control"),
      ...commands.flatMap((command) => ["-c", command]),
      String(pid),
    ).catch(() => undefined);
  }
}

const pointsOf = (what: "write" | "sync" | "both") =>
  what === "both" ? [...points.write, ...points.sync] : points[what];
